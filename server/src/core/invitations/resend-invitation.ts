import type { Actor } from '../actor.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { holdInvitation } from './hold-invitation.ts'
import { type InvitationId, type Invited, parseInvitationId } from './invitation.ts'
import { inviterOf, renewInvitation, type Sending } from './send-invitation.ts'

type Refusals = 'invitation_not_found' | 'invitation_over' | 'not_invitable' | 'sent_just_now'

/** Sends an invitation again, to the address that its user has by now, with a new link; from here on it is good for as long as it was. */
export async function resendInvitation(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Invited, 'not_allowed' | 'invalid' | Refusals>> {
  if (!may(actor, 'invitations:manage')) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const id = parseInvitationId(wanted)
  if (!id.ok) return id
  return core.commit('resend-invitation', { actor, id: id.value, inviter: await inviterOf(core, actor) })
}

export async function commitResendInvitation(
  transaction: Transaction,
  { id, actor, inviter }: Pick<Sending, 'actor' | 'inviter'> & { id: InvitationId },
): Promise<Outcome<Invited, Refusals>> {
  const held = await holdInvitation(transaction, id)
  if (!held.ok) return held
  const { invitation, user } = held.value
  const restMs = invitation.sentAtMs + limits.invitationRestMs - transaction.nowMs
  if (restMs > 0) return refuse({ code: 'sent_just_now', retryAfterSeconds: Math.ceil(restMs / 1000) })
  if (user.email === null) return refuse({ code: 'not_invitable', because: 'no_email' })
  const lifetimeMs = invitation.expiresAtMs - invitation.sentAtMs
  return grant(await renewInvitation(transaction, user, invitation, { actor, inviter, lifetimeMs }))
}
