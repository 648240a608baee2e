import { clock } from './clock.ts'
import { ConnectionError } from './errors.ts'

/** What decides whether a request may be sent again. */
export interface Repeatability {
  readonly method: string
  /** It carries an `Idempotency-Key`. */
  readonly hasKey: boolean
  /** It spends something that is good once. */
  readonly spends: boolean
  /** Its body is gone once it was sent. */
  readonly isStreamed: boolean
}

const firstMsMax = 500
const waitMsMax = 8000
const lateMsMax = 250

/** Whether what came of an attempt may be different the next time, and doing it twice does no harm. `outcome` is a status or why there is none. */
export function mayRepeat({ method, hasKey, spends, isStreamed }: Repeatability, outcome: number | unknown): boolean {
  if (isStreamed) return false
  if (outcome === 429) return true
  if (spends) return false
  if (outcome === 503) return method !== 'POST' || hasKey
  const isUnknown = outcome === 502 || outcome === 504 || isLost(outcome)
  return isUnknown && (method === 'GET' || hasKey)
}

function isLost(outcome: unknown): boolean {
  return outcome instanceof ConnectionError && outcome.code !== 'ABORTED'
}

/** How long to wait before the repetition of this number, from 1; what the server says counts. */
export function waitMs(repetition: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) return retryAfterMs + clock.random() * lateMsMax
  return clock.random() * Math.min(waitMsMax, firstMsMax * 2 ** (repetition - 1))
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3); null when it is neither. */
export function readRetryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const atMs = /[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - clock.nowMs())
}
