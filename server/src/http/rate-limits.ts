import { type RateLimiterAbstract, RateLimiterRes } from '#rate-limiter-flexible'
import { type Actor, actorId } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import { addressKey } from './addresses.ts'
import type { ProblemOf } from './phrasebook.ts'

/** What a bucket holds, and how often it is filled again. */
export interface Rate {
  readonly points: number
  readonly seconds: number
  /** Whether that holds of any stretch of so many seconds, and nothing is said of what is left; else of stretches that begin with a call. */
  readonly sliding?: boolean
}

export interface RateLimits {
  /** The bucket of one contract by the name that its routes use. Throws when nobody set its rate. */
  bucket(contract: string, name: string): Bucket
  readonly failures: FailedAuthentications
}

export interface Bucket {
  /** Takes points of the caller's, one unless said: all of them or, where they are too many, none. */
  take(actor: Actor, points?: number): Promise<Taken>
}

export interface Taken {
  readonly refusal: ProblemOf<'rate_limited'> | null
  /** For every answer of this request. */
  readonly headers: Readonly<Record<string, string>>
}

/** Bad tokens, counted by address. An address that sent too many waits until its window is over. */
export interface FailedAuthentications {
  /** Seconds that the address has to wait; 0 when it need not. */
  waitSeconds(key: string, nowMs: number): number
  note(key: string, nowMs: number): Promise<void>
}

/** A limiter as the server's one process, or all of its nodes, count with. */
export type OpenLimiter = (of: {
  readonly prefix: string
  readonly points: number
  readonly seconds: number
}) => RateLimiterAbstract

export function openRateLimits({
  rates,
  failedAuthentications,
  limiter,
}: {
  readonly rates: Readonly<Record<string, Rate>>
  readonly failedAuthentications: Rate
  readonly limiter: OpenLimiter
}): RateLimits {
  const buckets = new Map<string, Bucket>()
  return {
    bucket(contract, name) {
      const prefix = `${contract}:${name}`
      const known = buckets.get(prefix)
      if (known) return known
      const rate = Object.hasOwn(rates, name) ? rates[name] : undefined
      if (rate === undefined) throw new RangeError(`contract ${contract} names a rate limit that nobody set: ${name}`)
      const bucket = rate.sliding
        ? openPlaces(rate, limiter({ prefix, points: 1, seconds: rate.seconds }))
        : openBucket(name, rate, limiter({ prefix, ...rate }))
      buckets.set(prefix, bucket)
      return bucket
    },
    failures: countFailures(limiter({ prefix: 'failed-authentication', ...failedAuthentications })),
  }
}

/** For tests and benchmarks. */
export const noRateLimits: RateLimits = {
  bucket: () => ({ take: () => Promise.resolve(taken) }),
  failures: { waitSeconds: () => 0, note: () => Promise.resolve() },
}

const taken: Taken = { refusal: null, headers: {} }

/** Fields as in draft-ietf-httpapi-ratelimit-headers: quota, window; what remains, and when the bucket is full again. */
function openBucket(name: string, { points, seconds }: Rate, limiter: RateLimiterAbstract): Bucket {
  const policy = `"${name}";q=${points};w=${seconds}`
  const fields = (remaining: number, resetSeconds: number) => ({
    'ratelimit-policy': policy,
    ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  })

  return {
    async take(actor, wanted = 1) {
      const key = callerKey(actor)
      try {
        const left = await limiter.consume(key, wanted)
        return { refusal: null, headers: fields(left.remainingPoints, secondsUntil(left.msBeforeNext)) }
      } catch (thrown) {
        if (!(thrown instanceof RateLimiterRes)) throw thrown
        const retryAfterSeconds = secondsUntil(thrown.msBeforeNext)
        const left = wanted > 1 ? (await limiter.reward(key, wanted)).remainingPoints : 0
        return { refusal: { code: 'rate_limited', retryAfterSeconds }, headers: fields(left, retryAfterSeconds) }
      }
    },
  }
}

/**
 * A sliding window: each call takes one of so many places, and the place is free again when the window has passed since. So in no stretch of the
 * window's length do more calls get one, however they come. Whoever found none waits for the next, without looking again.
 */
function openPlaces({ points }: Rate, limiter: RateLimiterAbstract): Bucket {
  const waiting = new Map<string, number>()

  return {
    async take(actor) {
      const key = callerKey(actor)
      const untilMs = waiting.get(key) ?? 0
      const restMs = untilMs - performance.now()
      if (restMs > 0) return full(restMs)
      waiting.delete(key)
      const first = Math.floor(Math.random() * points)
      let soonestMs = Number.POSITIVE_INFINITY
      for (let step = 0; step < points; step += 1) {
        const waitMs = await takePlace(limiter, `${key} ${(first + step) % points}`)
        if (waitMs === 0) return taken
        soonestMs = Math.min(soonestMs, waitMs)
      }
      wait(waiting, key, performance.now() + soonestMs)
      return full(soonestMs)
    },
  }
}

/** 0, or the milliseconds until the place is free. */
async function takePlace(limiter: RateLimiterAbstract, place: string): Promise<number> {
  try {
    await limiter.consume(place)
    return 0
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(1, thrown.msBeforeNext)
    throw thrown
  }
}

function full(waitMs: number): Taken {
  return { refusal: { code: 'rate_limited', retryAfterSeconds: secondsUntil(waitMs) }, headers: {} }
}

/** Users by id, everybody else by address: nothing that a caller can word. Whoever acts in somebody's stead uses up their own. */
function callerKey(actor: Actor): string {
  return actorId(actor) ?? addressKey(actor.origin.ip)
}

/** Never 0, and rounded up, so that whoever waits as long is served. */
function secondsUntil(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

/** Who has to wait is known without asking the limiter, so requests that are well pay a look-up in a map that is mostly empty. */
function countFailures(limiter: RateLimiterAbstract): FailedAuthentications {
  const waiting = new Map<string, number>()

  return {
    waitSeconds(key, nowMs) {
      const untilMs = waiting.get(key)
      if (untilMs === undefined) return 0
      if (untilMs > nowMs) return secondsUntil(untilMs - nowMs)
      waiting.delete(key)
      return 0
    },
    async note(key, nowMs) {
      try {
        const left = await limiter.consume(key)
        if (left.remainingPoints > 0) return
        wait(waiting, key, nowMs + left.msBeforeNext)
      } catch (thrown) {
        if (!(thrown instanceof RateLimiterRes)) throw thrown
        wait(waiting, key, nowMs + thrown.msBeforeNext)
      }
    },
  }
}

/** The one who has waited longest makes room: only a flood from as many addresses gets that far. */
function wait(waiting: Map<string, number>, key: string, untilMs: number) {
  const [oldest] = waiting.size >= limits.addressesWaitingMax ? waiting.keys() : []
  if (oldest !== undefined) waiting.delete(oldest)
  waiting.set(key, untilMs)
}
