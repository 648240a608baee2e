import { system } from '../actor.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { UserId } from '../users/user.ts'
import { commitEraseUser } from './erase-user.ts'
import type { ErasureId } from './erasure.ts'

/** Erases whoever was deleted so long ago that nobody may take it back any more. */
export async function purgeUsers(
  core: Pick<Core, 'commit' | 'ids' | 'policy' | 'erasedIds'>,
): Promise<{ readonly purged: number }> {
  let purged = 0
  for (;;) {
    const erasureIds = Array.from({ length: limits.purgedAtOnce }, () => core.ids.next() as ErasureId)
    const done = await core.commit('purge-users', { erasureIds, retentionMs: core.policy.retentionMs })
    if (!done.ok || done.value.purged.length === 0) return { purged }
    await core.erasedIds.add(done.value.purged)
    purged += done.value.purged.length
  }
}

/** As many as there are ids for. Several nodes at once purge different people. */
export async function commitPurgeUsers(
  transaction: Transaction,
  { erasureIds, retentionMs }: { erasureIds: readonly ErasureId[]; retentionMs: number },
): Promise<Outcome<{ purged: readonly UserId[] }, never>> {
  const { store, nowMs } = transaction
  const purged = await store.erasures.overdue(nowMs - retentionMs, erasureIds.length)
  for (const [place, id] of purged.entries()) {
    const erasureId = erasureIds[place]
    if (erasureId === undefined) break
    const erased = await commitEraseUser(transaction, {
      actor: system,
      id,
      erasureId,
      versions: null,
      cause: 'retention',
    })
    if (!erased.ok) throw new Error('whoever is deleted bars no erasure')
  }
  return grant({ purged })
}
