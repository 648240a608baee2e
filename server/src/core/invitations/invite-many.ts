import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { reachedAsAdmin } from '../organizations/reach-organization.ts'
import { type Granted, grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import { canonical } from '../users/text.ts'
import { type Email, nobody } from '../users/user.ts'
import { type Invited, isInvitable } from './invitation.ts'
import { commitInvite, draftInvitation, type InvitationDraft, type InvitationValues, type Sent } from './invite.ts'
import type { Into, IntoRefusal } from './invite-into.ts'
import { inviterOf } from './send-invitation.ts'

export interface InvitationBatchValues {
  /** Tells what would come of it, and does nothing. */
  dryRun: boolean
  invitations: readonly Form<InvitationValues>[]
}

/** What came of one invitation, or would: of one that was only tried there is nothing to show. */
export type LineDone = Outcome<
  { isNew: boolean; invited: Invited | null },
  'unauthenticated' | 'account_inactive' | 'invalid' | 'email_taken' | IntoRefusal
>

type BatchCore = Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'clock' | 'ids' | 'policy'>

/** One of them, as far as it can be told without a transaction. */
type Line = Outcome<InvitationDraft, 'unauthenticated' | 'account_inactive' | 'not_allowed' | 'invalid'>

/** Invites many, each as if alone, in order: one that is refused stops no other. Of two for one address the second is refused. */
export async function inviteMany(
  core: BatchCore,
  actor: Actor,
  { values, faults }: Form<InvitationBatchValues>,
): Promise<Outcome<readonly LineDone[], 'not_allowed' | 'invalid'>> {
  const isAllowed =
    may(actor, 'invitations:manage') || (await reachedAsAdmin(core.directory, actor, 'invitations:manage')).length > 0
  if (!isAllowed) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  if (faults.length > 0) return invalid(faults)
  const { dryRun = false, invitations = [] } = values
  const done: LineDone[] = []
  const inviter = await inviterOf(core, actor)
  const invited = new Set<string>()
  for (let from = 0; from < invitations.length; from += limits.invitationsAtOnce) {
    const lines = await draftLines(core, actor, invitations.slice(from, from + limits.invitationsAtOnce))
    if (dryRun) for (const line of lines) done.push(line.ok ? await tryOut(core, line.value, invited) : line)
    else done.push(...(await core.commit('invite-many', { lines, inviter }, from)).value)
  }
  return grant(done)
}

/** A batch may outlive the standing of its caller. */
async function draftLines(
  core: BatchCore,
  actor: Actor,
  invitations: readonly Form<InvitationValues>[],
): Promise<readonly Line[]> {
  const present = await presentStanding(core, actor)
  const lines: Line[] = []
  for (const form of invitations) lines.push(present.ok ? await draftInvitation(core, present.value, form) : present)
  return lines
}

/**
 * Some lines of a batch, of which each that is refused is taken back alone. They are taken in the order of their addresses, so that no two batches wait
 * for each other in a circle.
 */
export async function commitInviteMany(
  { store, nowMs }: Transaction,
  { lines, inviter }: { lines: readonly Line[]; inviter: string | null },
): Promise<Granted<readonly LineDone[]>> {
  const done: LineDone[] = []
  for (const { line, place } of inOrderOfAddress(lines)) {
    if (!line.ok) done[place] = line
    else
      await store.attempt(async (store) => {
        const transaction = { store, nowMs }
        const sent = await commitInvite(transaction, { ...line.value, inviter })
        done[place] = sent.ok ? shown(sent.value) : sent
        return sent.ok
      })
  }
  return grant(done)
}

function shown({ isNew, ...invited }: Sent): LineDone {
  return grant({ isNew, invited })
}

function inOrderOfAddress(lines: readonly Line[]): { line: Line; place: number }[] {
  const addressed = lines.map((line, place) => ({ line, place, address: line.ok ? addressIn(line.value) : '' }))
  return addressed.sort((one, other) => (one.address < other.address ? -1 : Number(one.address > other.address)))
}

/** As it is compared. */
function addressIn({ user: { email } }: InvitationDraft): string {
  return canonical(email ?? '')
}

/** Looks at what the transaction would look at; `invited` are the addresses to which the lines before would have sent. */
async function tryOut(
  { directory, clock }: BatchCore,
  draft: InvitationDraft,
  invited: Set<string>,
): Promise<LineDone> {
  const { into, user } = draft
  if (into !== null) return tryOutInto(directory, into, user.email, { invited, nowMs: clock() })
  const address = addressIn(draft)
  const holder = await directory.users.byClaim('email', address)
  const open = holder === null ? null : await directory.invitations.openOf(holder.id)
  const isFree = holder === null || isInvitable(holder, open, clock())
  if (!isFree || invited.has(address)) return refuse({ code: 'email_taken' })
  invited.add(address)
  return grant({ isNew: open === null, invited: null })
}

async function tryOutInto(
  { users, members, organizations, invitations }: Core['directory'],
  { organizationId, address }: Into,
  email: Email | null,
  { invited, nowMs }: { readonly invited: Set<string>; readonly nowMs: number },
): Promise<LineDone> {
  const holder = email === null ? null : await users.byClaim('email', email)
  if ((await organizations.byId(organizationId)) === null) return refuse({ code: 'organization_not_found' })
  if ((await members.roleIn(organizationId, holder?.id ?? nobody)) !== null) return refuse({ code: 'already_member' })
  const within = { organizationIds: [organizationId], address }
  const question = { state: 'pending', email: null, within, atMs: nowMs, offset: 0, limit: 1 } as const
  const isInvited = (await invitations.page(question)).total > 0
  const name = `${organizationId} ${address}`
  if (isInvited || invited.has(name)) return refuse({ code: 'not_invitable', because: 'invited' })
  invited.add(name)
  return grant({ isNew: true, invited: null })
}
