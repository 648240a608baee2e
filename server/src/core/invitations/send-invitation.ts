import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import type { Core, Transaction } from '../ports.ts'
import type { User } from '../users/user.ts'
import type { Invitation, Invited } from './invitation.ts'

export interface Sending {
  readonly actor: Actor
  readonly lifetimeMs: number
  /** Who the mail says has invited them; null when that is nobody with a name. */
  readonly inviter: string | null
}

/** The name of whoever sends an invitation; who acts in somebody's stead does not send it in their name. */
export async function inviterOf({ directory }: Pick<Core, 'directory'>, actor: Actor): Promise<string | null> {
  const user =
    actor.kind === 'user' && actor.means.kind !== 'impersonation' ? await directory.users.byId(actor.id) : null
  const names = [user?.firstName, user?.lastName].filter((name) => typeof name === 'string')
  return names.length === 0 ? null : names.join(' ')
}

export async function addInvitation(
  transaction: Transaction,
  user: User,
  sending: Sending,
  whose: 'made for it' | 'there before',
): Promise<Invited> {
  const { store, nowMs } = transaction
  const invitation = await store.invitations.add({
    userId: user.id,
    madeUser: whose === 'made for it',
    invitedBy: actorId(sending.actor),
    createdAtMs: nowMs,
    sentAtMs: nowMs,
    expiresAtMs: nowMs + sending.lifetimeMs,
    into: null,
  })
  return send(transaction, user, invitation, sending)
}

/** Links that were sent before stay good as long as they were. */
export async function renewInvitation(
  transaction: Transaction,
  user: User,
  open: Invitation,
  sending: Sending,
): Promise<Invited> {
  const { store, nowMs } = transaction
  const sent = { invitedBy: actorId(sending.actor), sentAtMs: nowMs, expiresAtMs: nowMs + sending.lifetimeMs }
  await store.invitations.renew(open.id, sent)
  return send(transaction, user, { ...open, ...sent }, sending)
}

/** Whoever was there before may be a stranger's invention, and is not greeted by a name that the stranger wrote. */
async function send(
  transaction: Transaction,
  user: User,
  invitation: Invitation,
  { actor, inviter }: Sending,
): Promise<Invited> {
  const { store, nowMs } = transaction
  const { id: userId, email, firstName, lastName, role } = user
  if (email === null) throw new Error('whoever is invited has an address')
  const { expiresAtMs } = invitation
  const link = await store.links.issue({ userId, purpose: 'invitation', email, createdAtMs: nowMs, expiresAtMs })
  const message = { kind: 'invitation', link, invitedBy: inviter } as const
  const name = invitation.madeUser ? firstName : null
  await store.mail.add({ userId, to: email, name, message, atMs: nowMs })
  await record(transaction, actor, userId, 'invited')
  return { invitation, invitee: { email, firstName, lastName, role } }
}
