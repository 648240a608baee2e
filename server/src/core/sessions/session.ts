import type { Origin } from '../actor.ts'
import type { UserId } from '../users/user.ts'

/** UUIDv7 in lower case. */
export type SessionId = string & { readonly brand: 'SessionId' }

/** One sign-in of one person on one device. Its refresh tokens are its family: the reuse of a spent one ends it. */
export interface Session {
  readonly id: SessionId
  readonly userId: UserId
  readonly createdAtMs: number
  readonly lastUsedAtMs: number
  readonly expiresAtMs: number
  readonly endedAtMs: number | null
  readonly origin: Origin
}

/** What an access token says, once its signature has been verified. Times are seconds, as in RFC 7519. */
export interface AccessClaims {
  readonly sub: UserId
  readonly sid: SessionId
  readonly iat: number
  readonly exp: number
}
