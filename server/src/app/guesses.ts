import { type RateLimiterAbstract, RateLimiterRes } from '#rate-limiter-flexible'
import { grant, refuse } from '../core/outcome.ts'
import type { Guess, Guesses } from '../core/ports.ts'
import { addressKey } from '../http/addresses.ts'
import type { Engine } from '../store/engines/engine.ts'

const windowSeconds = 15 * 60
/** Weighs more than all the guesses of a window, so that whoever adds it first knows that they are the first. */
const lockWeight = 1_000_000

/**
 * Counts each attempt before the password is looked at and takes it back when the password was right, so that of any number of parallel
 * attempts only as many are verified as there are wrong ones allowed.
 */
export function openGuesses(
  engine: Pick<Engine, 'limiter'>,
  { perAccount, perAddress }: { perAccount: number; perAddress: number },
): Guesses {
  const accounts = engine.limiter({ prefix: 'guesses-account', points: perAccount, seconds: windowSeconds })
  const addresses = engine.limiter({ prefix: 'guesses-address', points: perAddress, seconds: windowSeconds })
  const forget = async (guessedAt: Iterable<string>) => {
    await Promise.all([...guessedAt].map((account) => accounts.delete(account)))
  }

  return {
    async begin(guessedAt, ip) {
      const fromAddress = await count(addresses, addressKey(ip))
      if (fromAddress.waitMs > 0) return tooMany(fromAddress.waitMs)
      const [called = '', ...others] = guessedAt
      const first = await count(accounts, called)
      if (first.waitMs > 0) {
        await fromAddress.takeBack()
        return tooMany(first.waitMs)
      }
      const counted = [first, ...(await Promise.all(others.map((account) => count(accounts, account))))]
      const isSpent = counted.some(({ waitMs }) => waitMs > 0)
      return grant<Guess>({
        isSpent,
        async forgive(other = []) {
          await Promise.all([fromAddress.takeBack(), forget(new Set([...guessedAt, ...other]))])
        },
        async withdraw() {
          await Promise.all([fromAddress, ...counted].map(({ takeBack }) => takeBack()))
        },
        async lock() {
          if (isSpent || !counted.some(({ isLast }) => isLast)) return null
          // One attempt may be the last under a name, and another the last at the account: they meet at the account.
          return shut(accounts, guessedAt.at(-1) ?? called)
        },
      })
    },
    async areSpent(guessedAt) {
      const counts = await Promise.all(guessedAt.map((account) => accounts.get(account)))
      return counts.some((known) => known !== null && known.msBeforeNext > 0 && known.remainingPoints <= 0)
    },
    forget,
  }
}

/** Null for whoever is not the first, and where all guesses were forgotten in the meantime. */
async function shut(limiter: RateLimiterAbstract, key: string): Promise<{ forMs: number } | null> {
  const { consumedPoints, msBeforeNext } = await limiter.penalty(key, lockWeight)
  if (consumedPoints >= 2 * lockWeight) return null
  if (consumedPoints > lockWeight) return { forMs: msBeforeNext }
  await limiter.reward(key, lockWeight)
  return null
}

interface Counted {
  /** 0, or how many milliseconds to wait before the next attempt. */
  readonly waitMs: number
  /** Nobody is let through after this one. */
  readonly isLast: boolean
  /** Unless the count has begun anew, so that there is nothing to be taken back. */
  takeBack(): Promise<void>
}

async function count(limiter: RateLimiterAbstract, key: string): Promise<Counted> {
  const { isWithin, remainingPoints, msBeforeNext } = await consume(limiter, key)
  const endsAtMs = performance.now() + msBeforeNext
  return {
    waitMs: isWithin ? 0 : Math.max(1, msBeforeNext),
    isLast: isWithin && remainingPoints === 0,
    async takeBack() {
      if (performance.now() >= endsAtMs) return
      const { consumedPoints } = await limiter.reward(key, 1)
      if (consumedPoints < 0) await limiter.penalty(key, 1)
    },
  }
}

async function consume(limiter: RateLimiterAbstract, key: string) {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(key, 1)
    return { isWithin: true, remainingPoints, msBeforeNext }
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown
    return { isWithin: false, remainingPoints: 0, msBeforeNext: thrown.msBeforeNext }
  }
}

function tooMany(waitMs: number) {
  return refuse({ code: 'too_many_guesses' as const, retryAfterSeconds: Math.ceil(waitMs / 1000) })
}
