import { AssertionError } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 5
/** Whatever takes longer hangs. */
const hangsMs = 30_000
const attemptsMax = 5

/** Waits until it holds, however slow the machine is. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + hangsMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`did not happen within ${hangsMs} ms: ${holds}`)
    await sleep(pollMs)
  }
}

/**
 * For what asserts how long something takes. What a busy machine adds differs from one attempt to the next; what the program itself takes
 * too long is there in each of them.
 */
export async function inOneOfFive(attempt: () => Promise<void> | void): Promise<void> {
  for (let nth = 1; ; nth += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof AssertionError) || nth === attemptsMax) throw error
    }
  }
}

export async function msOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedAtMs = performance.now()
  await work()
  return performance.now() - startedAtMs
}
