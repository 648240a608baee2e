import type { Actor, Origin } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import type { Eventually } from '../core/outcome.ts'
import type { Directory } from '../core/ports.ts'
import type { AccessClaims } from '../core/sessions/session.ts'
import { addressKey } from './addresses.ts'
import type { ProblemOf, Turned } from './phrasebook.ts'
import type { FailedAuthentications } from './rate-limits.ts'

/** Finds out who sends a request. Not asked for routes that need nobody. */
export type Authenticate = (request: Claimant) => Eventually<Actor | Unknown>

export interface Claimant {
  /** Names and values in turn, as `IncomingMessage` has them: it drops all but the first `Authorization`. */
  readonly rawHeaders: readonly string[]
  readonly origin: Origin
  readonly nowMs: number
}

export type Unknown = Exclude<Turned, { code: 'not_allowed' | 'own_record' }> | ProblemOf<'rate_limited'>

/** The claims of a token that we signed and that has not expired. */
export type Verify = (token: string, nowSeconds: number) => Eventually<AccessClaims | null>

/**
 * Authenticates by bearer token (RFC 6750, section 2.1), and looks up the user's present state every time: a token says who somebody is, never
 * whether they still may. An address that sent too many bad tokens waits before another is looked at. Requests without a token do not count:
 * they cost nothing and guess nothing. Pending and inactive callers are told so even when their session has ended with their account.
 */
export function authenticateByBearer({
  directory,
  verify,
  failures,
}: {
  readonly directory: Pick<Directory, 'standing'>
  readonly verify: Verify
  readonly failures: FailedAuthentications
}): Authenticate {
  return ({ rawHeaders, origin, nowMs }) => {
    const key = addressKey(origin.ip)
    const retryAfterSeconds = failures.waitSeconds(key, nowMs)
    if (retryAfterSeconds > 0) return { code: 'rate_limited', retryAfterSeconds }
    const sent = bearerIn(rawHeaders)
    if (sent === null) return withoutToken
    if (sent.token === null) return noGood(key, nowMs, 'malformed')

    const { token } = sent
    return once(verify(token, Math.floor(nowMs / 1000)), (claims) => {
      if (claims === null) return noGood(key, nowMs, looksSigned(token) ? 'over' : 'malformed')
      return once(directory.standing(claims.sub, claims.sid), (standing) => {
        if (standing !== null && standing.user.status !== 'active') return inactive
        if (!standing?.sessionStands) return noGood(key, nowMs, 'over')
        const { id, role } = standing.user
        return { kind: 'user', id, role, means: { kind: 'session', sessionId: claims.sid }, origin }
      })
    })
  }

  async function noGood(key: string, nowMs: number, token: 'malformed' | 'over'): Promise<Unknown> {
    await failures.note(key, nowMs)
    return { code: 'unauthenticated', token }
  }
}

/** Goes on at once where the value is at hand: most requests are authenticated without waiting for anything. */
function once<T, Next>(value: Eventually<T>, next: (value: T) => Eventually<Next>): Eventually<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}

const withoutToken: Unknown = { code: 'unauthenticated', token: 'none' }
const inactive: Unknown = { code: 'account_inactive' }

/** Whether it is in three parts, as signed tokens are (RFC 7515, section 7.1). */
function looksSigned(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)
}

/**
 * Null when there is no `Authorization`; a null token when there is one that can be no good: two of them, another scheme, none at all, too long.
 * What letters it is made of is not looked at here: of the tokens that are good, most are known.
 */
export function bearerIn(rawHeaders: readonly string[]): { readonly token: string | null } | null {
  let credentials: string | null = null
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length !== nameLength || rawHeaders[index]?.toLowerCase() !== 'authorization') continue
    if (credentials !== null) return { token: null }
    credentials = rawHeaders[index + 1] ?? ''
  }
  if (credentials === null) return null
  if (credentials.length > limits.tokenLengthMax) return { token: null }
  const isUsual = credentials.startsWith(usualScheme) && !credentials.includes(' ', usualScheme.length)
  const token = isUsual ? credentials.slice(usualScheme.length) : /^bearer +([^ ]+)$/i.exec(credentials)?.[1]
  return { token: token || null }
}

const usualScheme = 'Bearer '
const nameLength = 'authorization'.length
