import { access, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, getPriority, setPriority } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { limits } from '../core/limits.ts'
import { readPasswordHash } from './hashes/read-hash.ts'
import { type Busy, openLine } from './line.ts'

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. Argon2id is the library's default algorithm. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }
const ownBytes = cost.memoryCost * 1024

/** The salt has sixteen bytes, the digest thirty-two; the last digit of either has bits that are always zero. */
const own = new RegExp(
  `^\\$argon2id\\$v=19\\$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}\\$[A-Za-z0-9+/]{21}[AQgw]\\$[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$`,
)

/** Nobody's hash, of the same cost as everybody's: its salt is sixteen and its digest thirty-two zero bytes. */
const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

export interface PasswordHasher extends AsyncDisposable {
  /** A PHC string. The password is taken as it comes: NFC and the length limit are the caller's. */
  hash(password: string): Promise<{ readonly hash: string } | Busy>
  /**
   * Without a hash, or with one of unknown form, the same work is done and nothing matches. A hash from elsewhere costs that work besides its own,
   * so that a cheap one does not tell by the time that somebody is there.
   */
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
  const line = openLine(running, waiting, limits.passwordHashesBytesMax)
  letPoolGiveWay()
  return {
    hash: (password) => line.take(ownBytes, async () => ({ hash: await hash(password, cost) })),
    verify(stored, password) {
      const isKnown = stored !== null && isOwnHash(stored)
      const read = stored === null || isKnown ? null : readPasswordHash(stored)
      const foreign = read !== null && 'value' in read ? read.value : null
      return line.take(Math.max(ownBytes, foreign?.memoryBytes ?? 0), async () => {
        const foreignMatched = foreign !== null && (await foreign.matches(password))
        const matched = await verify(isKnown ? stored : decoy, password)
        return { matches: foreignMatched || (isKnown && matched) }
      })
    },
    close: line.close,
    [Symbol.asyncDispose]: line.close,
  }
}

/** Whether a hash is of the form and the cost that are made here: any other is to be replaced once its password is known. */
export function isOwnHash(stored: string): boolean {
  return own.test(stored)
}

/** On Linux a thread has a priority of its own. Elsewhere the pool shares the processors with the event loop as equals. */
function letPoolGiveWay(): void {
  if (process.platform !== 'linux') return
  // The pool starts with the first work for it.
  access('/', () => {
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8')
      if (name.startsWith('libuv-worker'))
        setPriority(Number(thread), Math.max(getPriority(Number(thread)), limits.niceness))
    }
  })
}
