import type { Actor } from '../actor.ts'
import { actorId } from '../actor.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { type HoldRefusal, holdInvitation } from './hold-invitation.ts'
import type { InvitationId, Invited } from './invitation.ts'
import { countedAs, sendInto } from './invite-into.ts'
import { reachInvitation } from './reach-invitation.ts'
import { inviterOf, renewInvitation, type Sending } from './send-invitation.ts'

type Refusals = HoldRefusal | 'not_invitable' | 'sent_just_now'

/**
 * Sends an invitation again, to the address that its user has by now, with a new link; from here on it is good for as long as it was. One into an
 * organization goes to the address to which it was sent, as long as it is the user's.
 */
export async function resendInvitation(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Invited, 'invalid' | Refusals>> {
  const id = await reachInvitation(core, actor, wanted)
  if (!id.ok) return id
  const request = await requestFor(core, id.value)
  return core.commit('resend-invitation', { actor, id: id.value, request, inviter: await inviterOf(core, actor) })
}

/** Under which mail from the organization to the address is counted; null of an invitation into none. */
async function requestFor({ directory, linkTokens }: Pick<Core, 'directory' | 'linkTokens'>, id: InvitationId) {
  const found = await directory.invitations.byId(id)
  const into = found?.invitation.into ?? null
  const email = found?.invitee.email ?? null
  return into === null || email === null ? null : countedAs(linkTokens, into.organizationId, email)
}

export async function commitResendInvitation(
  transaction: Transaction,
  { id, request, actor, inviter }: Pick<Sending, 'actor' | 'inviter'> & { id: InvitationId; request: string | null },
): Promise<Outcome<Invited, Refusals>> {
  const held = await holdInvitation(transaction, actor, id)
  if (!held.ok) return held
  const { invitation, invitee, user, organization } = held.value
  const { store, nowMs } = transaction
  const restMs = invitation.sentAtMs + limits.invitationRestMs - nowMs
  if (restMs > 0) return refuse({ code: 'sent_just_now', retryAfterSeconds: Math.ceil(restMs / 1000) })
  const lifetimeMs = invitation.expiresAtMs - invitation.sentAtMs
  if (organization !== null) {
    if (request !== null && !(await store.links.countRequest(request, nowMs)))
      return refuse({ code: 'sent_just_now', retryAfterSeconds: limits.invitationRestMs / 1000 })
    const sent = { invitedBy: actorId(actor), sentAtMs: nowMs, expiresAtMs: nowMs + lifetimeMs }
    await store.invitations.renew(invitation.id, sent)
    const invited = { invitation: { ...invitation, ...sent }, invitee }
    await sendInto(transaction, invited, { user, organization }, { actor, inviter })
    return grant(invited)
  }
  if (user.email === null) return refuse({ code: 'not_invitable', because: 'no_email' })
  return grant(await renewInvitation(transaction, user, invitation, { actor, inviter, lifetimeMs }))
}
