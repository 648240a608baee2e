import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { isExpired } from '../invitations/invitation.ts'
import { leaveAllJoinedAt } from '../organizations/remove-member.ts'
import type { Transaction } from '../ports.ts'
import type { User } from './user.ts'

/**
 * Notes that the user reads mail at their address, which is what a pending account waits for. An invitation that has expired has nothing to give any
 * more: whoever comes in all the same comes in as if nobody had invited them.
 */
export async function proveEmail(transaction: Transaction, actor: Actor, user: User): Promise<void> {
  const { store, nowMs } = transaction
  if (user.emailVerified && user.status !== 'pending') return
  const status = user.status === 'pending' ? 'active' : user.status
  const open = await store.invitations.openOf(user.id)
  const expired = isExpired(open, nowMs) ? open : null
  const role = expired === null ? user.role : 'user'
  const proved = { ...user, role, status, emailVerified: true, version: user.version + 1, updatedAtMs: nowMs } as const
  const saved = await store.users.save(user, proved)
  if (!saved.ok) throw new Error('proving an address claims no name and bars no admin')
  if (!user.emailVerified) await record(transaction, actor, user.id, 'email_verified')
  if (expired !== null) await leaveAllJoinedAt(transaction, actor, user.id, expired.createdAtMs)
  if (role !== user.role) await record(transaction, actor, user.id, 'role_changed', { from: user.role, to: role })
  if (status === user.status) return
  await record(transaction, actor, user.id, 'status_changed', { from: user.status, to: status })
}
