import type { Actor, Means, Origin, SignedIn } from '../core/actor.ts'
import { apiTokenPrefix } from '../core/api-tokens/api-token.ts'
import type { ApiTokens } from '../core/api-tokens/ports.ts'
import { limits } from '../core/limits.ts'
import { andThen, type Eventually } from '../core/outcome.ts'
import type { Directory, Standing } from '../core/ports.ts'
import { whoStands } from '../core/sessions/present-standing.ts'
import type { AccessClaims } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'
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

export type Unknown =
  | Exclude<Turned, { code: 'not_allowed' | 'not_in_person' | 'own_record' }>
  | ProblemOf<'rate_limited'>

/** The claims of a token that we signed and that has not expired. */
export type Verify = (token: string, nowSeconds: number) => Eventually<AccessClaims | null>

/** Told of each request of somebody who stands. */
export type NoteUse = (standing: Standing, by: Pick<SignedIn, 'means' | 'origin'>, nowMs: number) => void

export interface AuthenticationParts {
  readonly directory: Pick<Directory, 'standing' | 'standingOfApiToken'> & {
    readonly apiTokens: Pick<Directory['apiTokens'], 'byDigest'>
  }
  readonly verify: Verify
  readonly apiTokens: Pick<ApiTokens, 'digestOf'>
  readonly failures: FailedAuthentications
  readonly noteUse?: NoteUse
}

/**
 * Authenticates by bearer token (RFC 6750, section 2.1), a signed one or an API token, and looks up the user's present state every time: a token
 * says who somebody is, never whether they still may. An address that sent too many bad tokens waits before another is looked at. Requests without
 * a token do not count: they cost nothing and guess nothing.
 */
export function authenticateByBearer(parts: AuthenticationParts): Authenticate {
  const { directory, failures, noteUse } = parts
  return ({ rawHeaders, origin, nowMs }) => {
    const key = addressKey(origin.ip)
    const retryAfterSeconds = failures.waitSeconds(key, nowMs)
    if (retryAfterSeconds > 0) return { code: 'rate_limited', retryAfterSeconds }
    const sent = bearerIn(rawHeaders)
    if (sent === null) return withoutToken
    if (sent.token === null) return noGood(key, nowMs, 'malformed')

    return andThen(readToken(parts, sent.token, nowMs), (claim) => {
      if (typeof claim === 'string') return noGood(key, nowMs, claim)
      const { id, means } = claim
      return andThen(whoStands(directory, id, means), (standing) => {
        if (standing === 'inactive') return inactive
        if (standing === 'over') return noGood(key, nowMs, 'over')
        const actor = { kind: 'user', id, role: standing.user.role, means, origin } as const
        noteUse?.(standing, actor, nowMs)
        return actor
      })
    })
  }

  async function noGood(key: string, nowMs: number, token: BadToken): Promise<Unknown> {
    await failures.note(key, nowMs)
    return { code: 'unauthenticated', token }
  }
}

type BadToken = 'malformed' | 'over'

/** What a token says that was given out and has not expired; whether it still stands is another question. */
interface Claim {
  readonly id: UserId
  readonly means: Means
}

function readToken(parts: AuthenticationParts, token: string, nowMs: number): Eventually<Claim | BadToken> {
  if (token.startsWith(apiTokenPrefix)) return readApiToken(parts, token, nowMs)
  return andThen(parts.verify(token, Math.floor(nowMs / 1000)), (claims) => {
    if (claims === null) return looksSigned(token) ? 'over' : 'malformed'
    const { sub: id, sid: sessionId, act } = claims
    return {
      id,
      means: act === undefined ? { kind: 'session', sessionId } : { kind: 'impersonation', by: act, sessionId },
    }
  })
}

function readApiToken(
  { apiTokens, directory }: AuthenticationParts,
  token: string,
  nowMs: number,
): Eventually<Claim | BadToken> {
  const digest = apiTokens.digestOf(token)
  if (digest === null) return 'malformed'
  return andThen(directory.apiTokens.byDigest(digest), (granted) => {
    if (granted === null || granted.expiresAtMs <= nowMs) return 'over'
    return { id: granted.userId, means: { kind: 'api_token', tokenId: granted.id, permissions: granted.permissions } }
  })
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
