import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, permissionsOf } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import type { User } from '../users/user.ts'
import { inPerson, stillInPerson } from './in-person.ts'
import type { Impersonator, Session, SessionId } from './session.ts'

type CommitRefusal = 'unauthenticated' | 'not_allowed' | 'user_not_found' | 'not_impersonable'

export interface Impersonation {
  readonly accessToken: string
  readonly expiresInSeconds: number
  readonly user: User
}

/**
 * Lets an admin see and do what a user may, for a quarter of an hour. The token says who acts, and so does whatever is written down; it cannot
 * be refreshed, and ends with the admin's own session. Who the user is when they sign in stays the user's own affair (`isInPerson`).
 */
export async function impersonateUser(
  core: Pick<Core, 'commit' | 'tokens' | 'clock' | 'ids'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Impersonation, 'not_in_person' | 'own_record' | 'invalid' | CommitRefusal>> {
  if (!may(actor, 'users:impersonate')) return refuse({ code: 'not_allowed', needs: 'users:impersonate' })
  const player = inPerson(actor)
  if (player === null) return refuse({ code: 'not_in_person' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  if (id.value === player.id) return refuse({ code: 'own_record', needs: 'users:impersonate' })
  const nowMs = core.clock()
  const session: Session & { impersonator: Impersonator } = {
    id: core.ids.next() as SessionId,
    userId: id.value,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
    expiresAtMs: nowMs + limits.impersonationMs,
    endedAtMs: null,
    origin: actor.origin,
    impersonator: { id: player.id, sessionId: player.sessionId },
  }
  const opened = await core.commit('impersonate-user', { actor, session })
  if (!opened.ok) return opened
  const iat = Math.floor(nowMs / 1000)
  const exp = Math.floor(session.expiresAtMs / 1000)
  const accessToken = await core.tokens.sign({ sub: id.value, sid: session.id, iat, exp, act: player.id })
  return grant({ accessToken, expiresInSeconds: exp - iat, user: opened.value })
}

/** Opens the session unless the admin lost the right, or their own session, in the meantime. No sign-in of the user is noted: there was none. */
export async function commitImpersonateUser(
  transaction: Transaction,
  { actor, session }: { actor: Actor; session: Session & { impersonator: Impersonator } },
): Promise<Outcome<User, CommitRefusal>> {
  const { store } = transaction
  const { userId, impersonator } = session
  await store.users.hold([impersonator.id, userId])
  const player = await stillInPerson(transaction, impersonator)
  if (!player.ok) return player
  if (!mayImpersonate(player.value.user)) return refuse({ code: 'not_allowed', needs: 'users:impersonate' })
  const user = await store.users.byId(userId)
  if (user === null) return refuse({ code: 'user_not_found', wanted: userId })
  if (user.status !== 'active') return refuse({ code: 'not_impersonable', because: 'inactive' })
  if (!isImpersonable(user)) return refuse({ code: 'not_impersonable', because: 'admin' })
  await store.sessions.open(session, null)
  await record(transaction, actor, userId, 'impersonated')
  return grant(user)
}

export function mayImpersonate({ role }: Pick<User, 'role'>): boolean {
  return permissionsOf[role].includes('users:impersonate')
}

/** Nobody gets at what an admin may do by way of another. */
export function isImpersonable({ role }: Pick<User, 'role'>): boolean {
  return role !== 'admin'
}
