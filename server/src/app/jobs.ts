import type { Core } from '../core/ports.ts'
import type { OpenDirectory } from './directory.ts'
import type { Log } from './log.ts'

const minute = 60 * 1000

type Forgetful = 'forget-imports' | 'forget-links' | 'forget-mail' | 'forget-requests' | 'forget-sessions'

/** Bit by bit, until nothing is left that is old enough. */
async function forgetAll({ commit }: Pick<Core, 'commit'>, what: Forgetful): Promise<void> {
  for (let done = await commit(what, {}); done.ok && done.value.forgotten > 0; ) done = await commit(what, {})
}

/** What a node does now and then, by itself. A job that fails is logged, and tried again when it is due. */
export function startJobs({ core, tokens }: OpenDirectory, log: Log): { close(): Promise<void> } {
  const under = new Set<Promise<void>>()
  const every = (ms: number, event: string, work: () => Promise<unknown>) =>
    setInterval(() => {
      const run = work()
        .then(() => undefined)
        .catch((fault: unknown) => log.error('job-failed', { code: event, fault }))
        .finally(() => under.delete(run))
      under.add(run)
    }, ms).unref()
  const timers = [
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
      for (const timer of timers) clearInterval(timer)
      await Promise.all(under)
    },
  }
}
