import { purgeUsers } from '../core/erasures/purge-users.ts'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import type { OpenDirectory } from './directory.ts'
import { keepErasedIds, openFinisher } from './erasures.ts'
import type { Log } from './log.ts'

const minute = 60 * 1000

type Forgetful =
  | 'forget-activity'
  | 'forget-api-tokens'
  | 'forget-imports'
  | 'forget-links'
  | 'forget-mail'
  | 'forget-requests'
  | 'forget-sessions'

/** Bit by bit, until nothing is left that is old enough. */
async function forgetAll({ commit, policy }: Pick<Core, 'commit' | 'policy'>, what: Forgetful): Promise<void> {
  const input = { keptMs: policy.activityRetentionMs }
  for (let done = await commit(what, input); done.ok && done.value.forgotten > 0; ) done = await commit(what, input)
}

/** What a node does now and then, by itself. A job that fails is logged, and tried again when it is due; one that takes long is not begun twice. */
export function startJobs({ core, engine, tokens }: OpenDirectory, log: Log): { close(): Promise<void> } {
  const under = new Map<string, Promise<void>>()
  const run = (event: string, work: () => Promise<unknown>) => {
    if (under.has(event)) return
    const running = work()
      .then(() => undefined)
      .catch((fault: unknown) => log.error('job-failed', { code: event, fault }))
      .finally(() => under.delete(event))
    under.set(event, running)
  }
  const every = (ms: number, event: string, work: () => Promise<unknown>) =>
    setInterval(() => run(event, work), ms).unref()
  const stopping = new AbortController()
  const finishErasures = openFinisher(
    { core, engine },
    { stop: stopping.signal, onLeft: (code) => log.warn('erasures-unfinished', { code }) },
  )
  const finishOwed = () => finishErasures(core.clock() - limits.requestsUnderWayMs)
  run('keep-erased-ids', () => keepErasedIds({ core }))
  run('finish-erasures', finishOwed)
  const timers = [
    every(minute, 'finish-erasures', finishOwed),
    every(60 * minute, 'purge-users', () => purgeUsers(core)),
    every(60 * minute, 'forget-activity', () => forgetAll(core, 'forget-activity')),
    every(60 * minute, 'forget-api-tokens', () => forgetAll(core, 'forget-api-tokens')),
    every(minute, 'fold-counts', () => core.commit('fold-counts', {})),
    every(10 * minute, 'forget-requests', () => forgetAll(core, 'forget-requests')),
    every(10 * minute, 'forget-sessions', () => forgetAll(core, 'forget-sessions')),
    every(10 * minute, 'forget-begun', () => core.commit('forget-begun', {})),
    every(60 * minute, 'forget-mail', () => forgetAll(core, 'forget-mail')),
    every(10 * minute, 'forget-links', () => forgetAll(core, 'forget-links')),
    every(60 * minute, 'forget-imports', () => forgetAll(core, 'forget-imports')),
    every(60 * minute, 'rotate-signing-keys', () => tokens.rotate()),
  ]
  return {
    async close() {
      stopping.abort()
      for (const timer of timers) clearInterval(timer)
      await Promise.all(under.values())
    },
  }
}
