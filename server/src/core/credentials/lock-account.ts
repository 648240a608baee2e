import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Guess, Transaction } from '../ports.ts'
import type { UserId } from '../users/user.ts'

/** What the owner is told: a code is asked of nobody but who has sent the right password. */
type Told = 'account_locked' | 'codes_locked'

/**
 * Locks the account when this wrong guess was the last one that it allows; called after the answer, for each wrong guess. Where there is nobody
 * (null) as much is done, but for what there is nobody to write down for.
 */
export async function lockIfLast(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  guess: Pick<Guess, 'lock'>,
  { id, told }: { id: UserId | null; told: Told },
): Promise<void> {
  const lock = await guess.lock()
  if (lock !== null && id !== null) await core.commit('record-lock', { actor, id, told, forMs: lock.forMs })
}

/** Run once for each lock, however many go on guessing. Whoever could sign in otherwise is told by mail. */
export async function commitRecordLock(
  transaction: Transaction,
  { actor, id, told, forMs }: { actor: Actor; id: UserId; told: Told; forMs: number },
): Promise<Outcome<null, never>> {
  const { store, nowMs } = transaction
  const user = await store.users.byId(id)
  if (user === null) return grant(null)
  await record(transaction, actor, id, 'locked')
  await tellOwner(transaction, user, { kind: told, ip: actor.origin.ip, untilMs: nowMs + forMs })
  return grant(null)
}
