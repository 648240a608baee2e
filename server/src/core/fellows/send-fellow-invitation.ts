import type { Actor } from '../actor.ts'
import { dayMs, inviteHolder } from '../invitations/invite.ts'
import { inviterOf, renewInvitation, type Sending } from '../invitations/send-invitation.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { findOwnOrMember } from './charge.ts'
import type { Wanted } from './sight.ts'

type Refusals = 'not_allowed' | 'user_not_found' | 'not_invitable' | 'sent_just_now'

/** Mails somebody who is pending an invitation, in place of those before; for an organization's admin a few times a day. */
export async function sendFellowInvitation(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens'>,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<null, Refusals>> {
  const found = await findOwnOrMember(core.directory, actor, wanted, 'invitations:manage')
  if (!found.ok) return found
  const { email } = found.value
  const isBounded = email !== null && !may(actor, 'users:list')
  const request = isBounded ? core.linkTokens.requestName('invitation', email) : null
  const sending = { actor, lifetimeMs: limits.invitationDaysDefault * dayMs, inviter: await inviterOf(core, actor) }
  return core.commit('send-fellow-invitation', { wanted, request, ...sending })
}

/**
 * A password that an admin gave them stays good; one of somebody who was never invited may be a stranger's, and is forgotten. `request` is the name
 * under which it is counted; null where it is not.
 */
export async function commitSendFellowInvitation(
  transaction: Transaction,
  { wanted, request, ...sending }: Sending & { wanted: Wanted; request: string | null },
): Promise<Outcome<null, Refusals>> {
  const { store, nowMs } = transaction
  const found = await findOwnOrMember(store, sending.actor, wanted, 'invitations:manage')
  if (!found.ok) return found
  const user = found.value
  if (user.status !== 'pending') return refuse({ code: 'not_invitable', because: 'not_pending' })
  if (user.email === null) return refuse({ code: 'not_invitable', because: 'no_email' })
  if (request !== null && !(await store.links.countRequest(request, nowMs)))
    return refuse({ code: 'sent_just_now', retryAfterSeconds: limits.linkRequestsApartMs / 1000 })
  const open = await store.invitations.openOf(user.id)
  await store.links.voidAll(user.id, 'invitation', nowMs)
  if (open === null) await inviteHolder(transaction, user, null, sending)
  else await renewInvitation(transaction, user, open, sending)
  return grant(null)
}
