import { sweepTraces } from '../core/erasures/sweep.ts'
import { limits } from '../core/limits.ts'
import type { UserId } from '../core/users/user.ts'
import type { Cleanliness } from '../store/engines/engine.ts'
import type { OpenDirectory } from './directory.ts'

export interface FinisherOptions {
  readonly stop?: AbortSignal
  /** Told why files could not be cleaned, as often as that is tried. */
  readonly onLeft?: (why: Exclude<Cleanliness, 'clean'>) => void
}

/** How long what could not be cleaned is left, where that does not change by itself: one waits for the process to start anew, the other for the operator. */
const restMs = { when_opened: Number.POSITIVE_INFINITY, not_allowed: limits.erasuresLeftMs }

/**
 * Does what is owed to whoever was erased at the latest at `untilMs`: goes through what others did with them, and then has files cleaned. It may be broken off
 * at any time, and run by any number of nodes. Tells whether nothing is owed any more.
 */
export function openFinisher(
  { core, engine }: Pick<OpenDirectory, 'core' | 'engine'>,
  { stop = new AbortController().signal, onLeft = () => {} }: FinisherOptions = {},
) {
  /** Whom it is no use to try for, and until when. */
  const left = new Map<UserId, number>()
  return async function finishErasures(untilMs: number): Promise<boolean> {
    for (;;) {
      const owed = await core.directory.erasures.unfinished(untilMs, limits.erasuresFinishedAtOnce)
      const due = owed.filter(({ userId }) => (left.get(userId) ?? 0) <= core.clock())
      if (due.length === 0) return owed.length === 0
      const unswept = due.filter(({ sweptAtMs }) => sweptAtMs === null).map(({ userId }) => userId)
      if (unswept.length > 0) await sweepTraces(core, unswept)
      const cleaned = await engine.clean(stop)
      if (cleaned !== 'clean' && !stop.aborted) onLeft(cleaned)
      if (cleaned === 'not_now') return false
      const userIds = owed.map(({ userId }) => userId)
      if (cleaned === 'clean') await core.commit('finish-erasures', { userIds })
      for (const id of userIds)
        if (cleaned === 'clean') left.delete(id)
        else left.set(id, core.clock() + restMs[cleaned])
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
