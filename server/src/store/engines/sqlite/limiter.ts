import { RateLimiterMemory } from '#rate-limiter-flexible'
import type { Engine } from '../engine.ts'

/** One process serves the directory, so its memory is where everybody counts. */
export const limiter: Engine['limiter'] = ({ prefix, points, seconds }) =>
  new RateLimiterMemory({ keyPrefix: prefix, points, duration: seconds })
