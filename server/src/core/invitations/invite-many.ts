import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import { canonical } from '../users/text.ts'
import { type Invited, isInvitable } from './invitation.ts'
import { draftInvitation, type InvitationDraft, type InvitationValues } from './invite.ts'
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
  for (const [place, form] of invitations.entries()) {
    const draft = await draftAlone(core, actor, form)
    if (!draft.ok) done.push(draft)
    else if (dryRun) done.push(await tryOut(core, draft.value, invited))
    else done.push(await sendOut(core, { ...draft.value, inviter }, place))
  }
  return grant(done)
}

/** A batch may outlive the standing of its caller. */
async function draftAlone(core: BatchCore, actor: Actor, form: Form<InvitationValues>) {
  const present = await presentStanding(core, actor)
  return present.ok ? draftInvitation(core, present.value, form) : present
}

async function sendOut(
  { commit }: BatchCore,
  draft: InvitationDraft & { inviter: string | null },
  place: number,
): Promise<LineDone> {
  const sent = await commit('invite', draft, place)
  if (!sent.ok) return sent
  const { isNew, ...invited } = sent.value
  return grant({ isNew, invited })
}

/** Looks at what the transaction would look at; `invited` are the addresses to which the lines before would have sent. */
async function tryOut(
  { directory, clock }: BatchCore,
  { user: { email } }: InvitationDraft,
  invited: Set<string>,
): Promise<LineDone> {
  const address = canonical(email ?? '')
  const holder = await directory.users.byClaim('email', address)
  const open = holder === null ? null : await directory.invitations.openOf(holder.id)
  const isFree = holder === null || isInvitable(holder, open, clock())
  if (!isFree || invited.has(address)) return refuse({ code: 'email_taken' })
  invited.add(address)
  return grant({ isNew: open === null, invited: null })
}
