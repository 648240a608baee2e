import { type RateLimiterAbstract, RateLimiterRes } from '#rate-limiter-flexible'
import { grant, refuse } from '../core/outcome.ts'
import type { Guesses } from '../core/ports.ts'
import { addressKey } from '../http/addresses.ts'
import type { Engine } from '../store/engines/engine.ts'

const windowSeconds = 15 * 60

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
  return {
    async begin(guessedAt, ip) {
      const address = addressKey(ip)
      const addressWaitMs = await consume(addresses, address)
      if (addressWaitMs > 0) return tooMany(addressWaitMs)
      const [typed = '', ...others] = guessedAt
      const waitMs = await consume(accounts, typed)
      if (waitMs > 0) {
        await addresses.reward(address, 1)
        return tooMany(waitMs)
      }
      const otherWaits = await Promise.all(others.map((account) => consume(accounts, account)))
      return grant({
        isSpent: otherWaits.some((wait) => wait > 0),
        async withdraw() {
          await Promise.all([addresses.reward(address, 1), ...guessedAt.map((account) => accounts.reward(account, 1))])
        },
        async forgive() {
          await Promise.all([addresses.reward(address, 1), ...guessedAt.map((account) => accounts.delete(account))])
        },
      })
    },
  }
}

/** 0, or how many milliseconds to wait before the next attempt. */
async function consume(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await limiter.consume(key, 1)
    return 0
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(1, thrown.msBeforeNext)
    throw thrown
  }
}

function tooMany(waitMs: number) {
  return refuse({ code: 'too_many_guesses' as const, retryAfterSeconds: Math.ceil(waitMs / 1000) })
}
