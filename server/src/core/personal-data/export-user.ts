import { type Activity, type ActivityType, leftByInvitations } from '../activity/activity.ts'
import { withoutOthersOrigin } from '../activity/list-activity.ts'
import { record } from '../activity/record.ts'
import { type Actor, nowhere } from '../actor.ts'
import { invalid } from '../form.ts'
import type { Invitation } from '../invitations/invitation.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may, mayReach } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import { NoLongerAllowed } from '../users/every-user.ts'
import { parseUserId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import type { PersonalData } from './personal-data.ts'

/** Everything that is kept of one person. What may be long comes in stretches, and ends with a `NoLongerAllowed` when the caller loses the right to it. */
export interface PersonalExport extends PersonalData {
  readonly exportedAtMs: number
  /** From where others acted is not told: it is about them. */
  readonly activity: AsyncIterable<readonly Activity[]>
  /** But for what came of invitations, unless the caller may look for people: whether anybody had an address is not told to who invited it. */
  readonly acts: AsyncIterable<readonly Activity[]>
  readonly invitationsSent: AsyncIterable<readonly Invitation[]>
}

/** One's own data, or anybody's for an admin, of somebody deleted too. That it was asked for is written down first, so that it is in what is sent. */
export async function exportUser(
  core: Pick<Core, 'directory' | 'commit' | 'clock'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<PersonalExport, 'not_allowed' | 'not_in_person' | 'invalid' | 'user_not_found'>> {
  if (!mayReach(actor, 'users:read', wanted.toLowerCase())) return refuse({ code: 'not_allowed', needs: 'users:read' })
  if (!isInPerson(actor)) return refuse({ code: 'not_in_person' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const exportedAtMs = core.clock()
  const noted = await core.commit('note-export', { actor, id: id.value })
  if (!noted.ok) return noted
  const { personalData } = core.directory
  const held = await personalData.of(id.value)
  if (held === null) return refuse({ code: 'user_not_found', wanted })
  const sessions = held.sessions.map((session) =>
    session.impersonator === undefined ? session : { ...session, origin: nowhere },
  )
  const own = (entries: readonly Activity[]) => entries.map((entry) => withoutOthersOrigin(entry, id.value))
  const stretches = <T>(read: (userId: UserId, after: T | null) => Promise<readonly T[]>) =>
    inStretches(core, actor, (after: T | null) => read(id.value, after))
  const acts = stretches(personalData.actsAfter)
  const mayLook = may(actor, 'users:list')
  return grant({
    ...held,
    sessions,
    exportedAtMs,
    activity: stretches(async (userId, after: Activity | null) => own(await personalData.activityAfter(userId, after))),
    acts: mayLook ? acts : without(acts, leftByInvitations),
    invitationsSent: stretches(personalData.invitationsSentAfter),
  })
}

async function* inStretches<T>(
  core: Pick<Core, 'directory' | 'clock'>,
  actor: Actor,
  read: (after: T | null) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let after: T | null = null; ; ) {
    const some: readonly T[] = await read(after)
    const last = some.at(-1)
    if (last === undefined) return
    yield some
    after = last
    const present = await presentStanding(core, actor)
    const isAsBefore = present.ok && may(present.value, 'users:list') === may(actor, 'users:list')
    if (!isAsBefore) throw new NoLongerAllowed()
  }
}

async function* without(stretches: AsyncIterable<readonly Activity[]>, types: readonly ActivityType[]) {
  for await (const some of stretches) {
    const kept = some.filter(({ type }) => !types.includes(type))
    if (kept.length > 0) yield kept
  }
}

export async function commitNoteExport(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: UserId },
): Promise<Outcome<null, 'user_not_found'>> {
  const { store } = transaction
  const user = await store.erasures.user(id)
  if (user === null || (await store.erasures.ofUser(id)) !== null) return refuse({ code: 'user_not_found', wanted: id })
  await record(transaction, actor, id, 'exported')
  return grant(null)
}
