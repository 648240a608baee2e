import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import { isInvitable } from './invitation.ts'
import { dayMs, inviteHolder, type Sent } from './invite.ts'
import { inviterOf, type Sending } from './send-invitation.ts'

/** Invites a pending user, who has no invitation yet, or one that has expired. */
export async function inviteUser(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Sent, 'not_allowed' | 'invalid' | 'user_not_found' | 'not_invitable'>> {
  if (!may(actor, 'invitations:manage')) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const lifetimeMs = limits.invitationDaysDefault * dayMs
  return core.commit('invite-user', { actor, id: id.value, lifetimeMs, inviter: await inviterOf(core, actor) })
}

export async function commitInviteUser(
  transaction: Transaction,
  { id, ...sending }: Sending & { id: UserId },
): Promise<Outcome<Sent, 'user_not_found' | 'not_invitable'>> {
  const { store, nowMs } = transaction
  const user = await store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  const open = await store.invitations.openOf(id)
  if (user.status !== 'pending') return refuse({ code: 'not_invitable', because: 'not_pending' })
  if (!isInvitable(user, open, nowMs)) return refuse({ code: 'not_invitable', because: 'invited' })
  if (user.email === null) return refuse({ code: 'not_invitable', because: 'no_email' })
  return grant(await inviteHolder(transaction, user, open, sending))
}
