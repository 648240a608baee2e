import { RateLimiterMemory, RateLimiterRes } from '#rate-limiter-flexible'
import { limits } from '../../../core/limits.ts'
import type { Engine } from '../engine.ts'

/** One process serves the directory, so its memory is where everybody counts. */
export const limiter: Engine['limiter'] = (rules) => openLimiter(rules)

export function openLimiter(
  { prefix, points, seconds }: Parameters<Engine['limiter']>[0],
  keysMax: number = limits.limiterKeysMax,
): RateLimiterMemory {
  return new BoundedLimiter({ keyPrefix: prefix, points, duration: seconds }, keysMax)
}

/** The library counts as many keys as come. Here the one whose window began first makes room: only a flood from as many addresses gets that far. */
class BoundedLimiter extends RateLimiterMemory {
  readonly #keysMax: number
  /** In the order in which their windows began; some of these may be over. */
  readonly #begun = new Set<string | number>()

  constructor(rules: ConstructorParameters<typeof RateLimiterMemory>[0], keysMax: number) {
    super(rules)
    this.#keysMax = keysMax
  }

  override async consume(...[key, ...asked]: Parameters<RateLimiterMemory['consume']>): Promise<RateLimiterRes> {
    return this.#counted(key, super.consume(key, ...asked))
  }

  override async penalty(...[key, ...asked]: Parameters<RateLimiterMemory['penalty']>): Promise<RateLimiterRes> {
    return this.#counted(key, super.penalty(key, ...asked))
  }

  override async reward(...[key, ...asked]: Parameters<RateLimiterMemory['reward']>): Promise<RateLimiterRes> {
    return this.#counted(key, super.reward(key, ...asked))
  }

  override async delete(key: string | number): Promise<boolean> {
    this.#begun.delete(key)
    return super.delete(key)
  }

  async #counted(key: string | number, counting: Promise<RateLimiterRes>): Promise<RateLimiterRes> {
    try {
      const counted = await counting
      if (counted.isFirstInDuration) this.#makeRoomFor(key)
      return counted
    } catch (thrown) {
      if (thrown instanceof RateLimiterRes && thrown.isFirstInDuration) this.#makeRoomFor(key)
      throw thrown
    }
  }

  #makeRoomFor(key: string | number): void {
    this.#begun.delete(key)
    this.#begun.add(key)
    const [first] = this.#begun.size > this.#keysMax ? this.#begun : []
    if (first !== undefined) void this.delete(first)
  }
}
