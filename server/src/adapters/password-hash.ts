import { access, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, setPriority } from 'node:os'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { limits } from '../core/limits.ts'

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. Argon2id is the library's default algorithm. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** A hash brought along from elsewhere may ask for this many times our work; a dearer one counts as of unknown form. */
const importedWorkMax = 8

/** Nobody's hash, of the same cost as everybody's: its salt is sixteen and its digest thirty-two zero bytes. */
const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** The line is full: nothing was computed, and it is worth asking again after this long. */
export interface Busy {
  readonly busyForSeconds: number
}

export interface PasswordHasher extends AsyncDisposable {
  /** A PHC string. The password is taken as it comes: NFC and the length limit are the caller's. */
  hash(password: string): Promise<{ readonly hash: string } | Busy>
  /** Without a hash, or with one of unknown form, the same work is done and nothing matches. */
  verify(hash: string | null, password: string): Promise<{ readonly matches: boolean } | Busy>
  /** Takes no more, and waits for what was taken. */
  close(): Promise<void>
}

/**
 * Hashes on the runtime's pool of native threads, so the event loop goes on. The pool has four, shared with files, name look-ups and token
 * signatures: at most three hash at once. Every processor may hash, and gives way to whatever else there is to do.
 */
export function openPasswordHasher({
  running = Math.min(3, availableParallelism()),
  waiting = limits.passwordHashesWaitingMax as number,
} = {}): PasswordHasher {
  const line = openLine(running, waiting)
  letPoolGiveWay()
  return {
    hash: (password) => line.take(async () => ({ hash: await hash(password, cost) })),
    verify: (stored, password) =>
      line.take(async () => {
        const known = stored !== null && costOf(stored) !== null ? stored : null
        const matched = await verify(known ?? decoy, password)
        return { matches: known !== null && matched }
      }),
    close: line.close,
    [Symbol.asyncDispose]: line.close,
  }
}

const niceness = 10

/** On Linux a thread has a priority of its own. Elsewhere the pool shares the processors with the event loop as equals. */
function letPoolGiveWay(): void {
  if (process.platform !== 'linux') return
  // The pool starts with the first work for it.
  access('/', () => {
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8')
      if (name.startsWith('libuv-worker')) setPriority(Number(thread), niceness)
    }
  })
}

/** Whether a hash that has just matched should be replaced by one of today's cost. */
export function needsRehash(stored: string): boolean {
  const found = costOf(stored)
  if (found === null || !stored.startsWith('$argon2id$v=19$')) return true
  return Object.entries(cost).some(([part, value]) => found[part as keyof typeof cost] !== value)
}

/** Null for a hash of unknown form, or one too dear to try. */
function costOf(stored: string): typeof cost | null {
  try {
    const found = parseOptions(stored)
    const affordable = found.memoryCost * found.timeCost <= importedWorkMax * cost.memoryCost * cost.timeCost
    return affordable ? found : null
  } catch {
    return null
  }
}

interface Line {
  take<T>(work: () => Promise<T>): Promise<T | Busy>
  close(): Promise<void>
}

/** First come, first served: `running` at once, `waiting` behind them, everybody else is sent away. */
function openLine(running: number, waiting: number): Line {
  const turns: (() => void)[] = []
  const taken = new Set<Promise<unknown>>()
  let free = running
  let closed = false
  let lastWorkMs = 50

  async function work<T>(task: () => Promise<T>): Promise<T> {
    if (free > 0) free -= 1
    else await new Promise<void>((turn) => turns.push(turn))
    const startedAt = performance.now()
    try {
      return await task()
    } finally {
      lastWorkMs = performance.now() - startedAt
      const next = turns.shift()
      if (next === undefined) free += 1
      else next()
    }
  }

  return {
    async take(task) {
      if (closed || (free === 0 && turns.length >= waiting)) {
        return { busyForSeconds: Math.max(1, Math.ceil((turns.length * lastWorkMs) / running / 1000)) }
      }
      const outcome = work(task)
      taken.add(outcome)
      try {
        return await outcome
      } finally {
        taken.delete(outcome)
      }
    },
    async close() {
      closed = true
      await Promise.allSettled(taken)
    },
  }
}
