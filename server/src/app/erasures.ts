import { sweepTraces } from '../core/erasures/sweep.ts'
import { limits } from '../core/limits.ts'
import type { UserId } from '../core/users/user.ts'
import type { OpenDirectory } from './directory.ts'

/**
 * Does what is owed to whoever was erased at the latest at `untilMs`: goes through what others did with them, and then has files cleaned. It may be broken off
 * at any time, and run by any number of nodes. Tells whether nothing is owed any more.
 */
export function openFinisher(
  { core, engine }: Pick<OpenDirectory, 'core' | 'engine'>,
  stop: AbortSignal = new AbortController().signal,
) {
  /** What cannot be cleaned before the directory is opened again need not be tried before. */
  const waiting = new Set<UserId>()
  return async function finishErasures(untilMs: number): Promise<boolean> {
    for (;;) {
      const owed = await core.directory.erasures.unfinished(untilMs, limits.erasuresFinishedAtOnce)
      const fresh = owed.filter(({ userId }) => !waiting.has(userId))
      if (fresh.length === 0) return owed.length === 0
      const userIds = fresh.map(({ userId }) => userId)
      const unswept = fresh.filter(({ sweptAtMs }) => sweptAtMs === null).map(({ userId }) => userId)
      if (unswept.length > 0) await sweepTraces(core, unswept)
      const cleaned = await engine.clean(stop)
      if (cleaned === 'not_now') return false
      if (cleaned === 'when_opened') for (const id of userIds) waiting.add(id)
      else await core.commit('finish-erasures', { userIds })
    }
  }
}

/** Ids that only the directory has, since a crash came between the two. */
export async function keepErasedIds({ core }: Pick<OpenDirectory, 'core'>): Promise<void> {
  const { erasures } = core.directory
  for (let ids = await erasures.following(null, limits.erasuresFinishedAtOnce); ids.length > 0; ) {
    await core.erasedIds.add(ids)
    ids = await erasures.following(ids.at(-1) ?? null, limits.erasuresFinishedAtOnce)
  }
}
