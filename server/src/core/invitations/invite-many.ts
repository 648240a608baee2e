import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { type Granted, grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import { canonical } from '../users/text.ts'
import { type Invited, isInvitable } from './invitation.ts'
import { commitInvite, draftInvitation, type InvitationDraft, type InvitationValues, type Sent } from './invite.ts'
import { inviterOf } from './send-invitation.ts'

export interface InvitationBatchValues {
  /** Tells what would come of it, and does nothing. */
  dryRun: boolean
  invitations: readonly Form<InvitationValues>[]
}

/** What came of one invitation, or would: of one that was only tried there is nothing to show. */
export type LineDone = Outcome<
  { isNew: boolean; invited: Invited | null },
  'unauthenticated' | 'account_inactive' | 'not_allowed' | 'invalid' | 'email_taken'
>

type BatchCore = Pick<Core, 'commit' | 'directory' | 'clock' | 'ids' | 'policy'>

/** One of them, as far as it can be told without a transaction. */
type Line = Outcome<InvitationDraft, 'unauthenticated' | 'account_inactive' | 'not_allowed' | 'invalid'>

/** Invites many, each as if alone, in order: one that is refused stops no other. Of two for one address the second is refused. */
export async function inviteMany(
  core: BatchCore,
  actor: Actor,
  { values, faults }: Form<InvitationBatchValues>,
): Promise<Outcome<readonly LineDone[], 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'invitations:manage')) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
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
  return invitations.map((form) => (present.ok ? draftInvitation(core, present.value, form) : present))
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
  const address = addressIn(draft)
  const holder = await directory.users.byClaim('email', address)
  const open = holder === null ? null : await directory.invitations.openOf(holder.id)
  const isFree = holder === null || isInvitable(holder, open, clock())
  if (!isFree || invited.has(address)) return refuse({ code: 'email_taken' })
  invited.add(address)
  return grant({ isNew: open === null, invited: null })
}
