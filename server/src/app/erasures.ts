import type { Erasure } from '../core/erasures/erasure.ts'
import { sweepTraces } from '../core/erasures/sweep.ts'
import { limits } from '../core/limits.ts'
import type { UserId } from '../core/users/user.ts'
import type { Cleaning, Cleanliness } from '../store/engines/engine.ts'
import type { OpenDirectory } from './directory.ts'

export interface FinisherOptions {
  readonly stop?: AbortSignal
  /** Told why files could not be cleaned, as often as that is tried. */
  readonly onLeft?: (why: Exclude<Cleanliness, 'clean'>) => void
}

/** How long what could not be cleaned is left, where that does not change by itself: one waits for the process to start anew, the other for the operator. */
const restMs = { when_opened: Number.POSITIVE_INFINITY, not_allowed: limits.erasuresLeftMs }

/** Whose traces are being taken out of files, which may take several tries. */
interface Begun {
  readonly userIds: readonly UserId[]
  readonly clean: Cleaning
}

/**
 * Does what is owed to whoever was erased at the latest at `untilMs`: goes through what others did with them, and then has files cleaned. It may be broken off
 * at any time, and run by any number of nodes. Tells whether nothing is owed any more.
 */
export function openFinisher(
  { core, engine }: Pick<OpenDirectory, 'core' | 'engine'>,
  { stop = new AbortController().signal, onLeft = () => {} }: FinisherOptions = {},
) {
  const { erasures } = core.directory
  /** Whom it is no use to try for, and until when. */
  const left = new Map<UserId, number>()
  const isLeft = ({ userId }: Erasure) => (left.get(userId) ?? 0) > core.clock()
  let begun: Begun | null = null

  async function sweep(owed: readonly Erasure[]): Promise<void> {
    const unswept = owed.filter(({ sweptAtMs }) => sweptAtMs === null).map(({ userId }) => userId)
    if (unswept.length > 0) await sweepTraces(core, unswept)
  }

  /** Not when another node has finished it. */
  async function isOwed({ userIds }: Begun): Promise<boolean> {
    for (const id of userIds) if ((await erasures.ofUser(id))?.finishedAtMs === null) return true
    return false
  }

  async function end(userIds: readonly UserId[], cleaned: 'clean' | keyof typeof restMs): Promise<void> {
    if (cleaned === 'clean') await core.commit('finish-erasures', { userIds })
    for (const id of userIds)
      if (cleaned === 'clean') left.delete(id)
      else left.set(id, core.clock() + restMs[cleaned])
  }

  return async function finishErasures(untilMs: number): Promise<boolean> {
    for (;;) {
      const owed = await erasures.unfinished(untilMs, limits.erasuresFinishedAtOnce)
      await sweep(owed)
      if (begun !== null && !(await isOwed(begun))) begun = null
      if (begun === null && owed.every(isLeft)) return owed.length === 0
      begun ??= { userIds: owed.map(({ userId }) => userId), clean: engine.beginCleaning() }
      const cleaned = await begun.clean(stop)
      if (cleaned !== 'clean' && !stop.aborted) onLeft(cleaned)
      if (cleaned === 'not_now' || cleaned === 'still_seen') return false
      await end(begun.userIds, cleaned)
      begun = null
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
