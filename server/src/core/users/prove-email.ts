import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import type { Transaction } from '../ports.ts'
import type { User } from './user.ts'

/** Notes that the user reads mail at their address, which is what a pending account waits for. */
export async function proveEmail(transaction: Transaction, actor: Actor, user: User): Promise<void> {
  const { store, nowMs } = transaction
  if (user.emailVerified && user.status !== 'pending') return
  const status = user.status === 'pending' ? 'active' : user.status
  const proved = { ...user, status, emailVerified: true, version: user.version + 1, updatedAtMs: nowMs } as const
  const saved = await store.users.save(user, proved)
  if (!saved.ok) throw new Error('proving an address claims no name and bars no admin')
  if (!user.emailVerified) await record(transaction, actor, user.id, 'email_verified')
  if (status === user.status) return
  await record(transaction, actor, user.id, 'status_changed', { from: user.status, to: status })
}
