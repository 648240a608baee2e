import assert from 'node:assert/strict'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

const pollMs = 5
/** Whatever takes longer hangs. */
const hangsMs = 30_000
const attemptsMax = 5
const spins = 20_000_000
/** What the spins take on the machine that the bounds were written on. */
const spinsMs = 50

/** Waits until it holds, however slow the machine is. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + hangsMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`did not happen within ${hangsMs} ms: ${holds}`)
    await sleep(pollMs)
  }
}

/**
 * That what the attempt measures lies within the bounds, in one of five attempts: what a busy machine adds differs from one to the next;
 * what the program itself takes too long is there in each of them.
 */
export async function takes({ msMin = 0, msMax }: { msMin?: number; msMax: number }, attempt: () => Promise<number>) {
  const took: number[] = []
  while (took.length < attemptsMax) {
    const tookMs = await attempt()
    if (tookMs > msMin && tookMs < msMax) return
    took.push(Math.round(tookMs))
  }
  assert.fail(`took ${took.join(', ')} ms, not more than ${msMin} and less than ${msMax}`)
}

/** Whether a figure is within its bound, which is stretched as far as this machine is slower at the moment than the one it was written on. */
export function isWithin(figure: number, bound: number): boolean {
  return figure < bound || figure < (bound * msOfSpinning()) / spinsMs
}

function msOfSpinning(): number {
  const startedAtMs = performance.now()
  let sum = 0
  for (let n = 0; n < spins; n += 1) sum = Math.imul(sum, 31) ^ n
  return performance.now() - startedAtMs + (sum & 0)
}

/** Of the processors, for all threads of this process: it does not depend on what else the machine does. */
export async function cpuMsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Of the processor, for each turn of this thread's event loop while the work is under way. What holds the loop up does so by these. */
export async function cpuMsOfTurns(work: () => Promise<unknown>): Promise<number[]> {
  const turns: number[] = []
  let isOver = false
  const end = work().finally(() => {
    isOver = true
  })
  for (let before = process.threadCpuUsage(); !isOver; ) {
    await nextTurn()
    const now = process.threadCpuUsage()
    turns.push((now.user + now.system - before.user - before.system) / 1000)
    before = now
  }
  await end
  return turns
}

export async function msOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedAtMs = performance.now()
  await work()
  return performance.now() - startedAtMs
}
