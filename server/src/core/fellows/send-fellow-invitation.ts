import type { Actor } from '../actor.ts'
import { dayMs, inviteHolder } from '../invitations/invite.ts'
import { inviterOf, renewInvitation, type Sending } from '../invitations/send-invitation.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { findOwnOrMember } from './charge.ts'
import type { Wanted } from './sight.ts'

type Refusals = 'not_allowed' | 'user_not_found' | 'not_invitable'

/** Mails somebody who is pending an invitation, in place of those before. */
export async function sendFellowInvitation(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<null, Refusals>> {
  const found = await findOwnOrMember(core.directory, actor, wanted, 'invitations:manage')
  if (!found.ok) return found
  const lifetimeMs = limits.invitationDaysDefault * dayMs
  return core.commit('send-fellow-invitation', { actor, wanted, lifetimeMs, inviter: await inviterOf(core, actor) })
}

/** A password that an admin gave them stays good; one of somebody who was never invited may be a stranger's, and is forgotten. */
export async function commitSendFellowInvitation(
  transaction: Transaction,
  { wanted, ...sending }: Sending & { wanted: Wanted },
): Promise<Outcome<null, Refusals>> {
  const { store, nowMs } = transaction
  const found = await findOwnOrMember(store, sending.actor, wanted, 'invitations:manage')
  if (!found.ok) return found
  const user = found.value
  if (user.status !== 'pending') return refuse({ code: 'not_invitable', because: 'not_pending' })
  if (user.email === null) return refuse({ code: 'not_invitable', because: 'no_email' })
  const open = await store.invitations.openOf(user.id)
  await store.links.voidAll(user.id, 'invitation', nowMs)
  if (open === null) await inviteHolder(transaction, user, null, sending)
  else await renewInvitation(transaction, user, open, sending)
  return grant(null)
}
