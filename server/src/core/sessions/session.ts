import type { Origin } from '../actor.ts'
import { looksLikeId } from '../users/names.ts'
import type { Parsed } from '../users/text.ts'
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
  /** From where it was used last. */
  readonly origin: Origin
  /** Absent from a session of one's own. */
  readonly impersonator?: Impersonator
}

/** Who acts in the stead of the session's user, and the session of their own with which that ends. */
export interface Impersonator {
  readonly id: UserId
  readonly sessionId: SessionId
}

export function parseSessionId(sent: string): Parsed<SessionId> {
  return looksLikeId(sent) ? { value: sent.toLowerCase() as SessionId } : { flaw: { flaw: 'bad_id' } }
}

/** Whether none of its tokens is good any more. */
export function isOver({ endedAtMs, expiresAtMs }: Pick<Session, 'endedAtMs' | 'expiresAtMs'>, nowMs: number): boolean {
  return endedAtMs !== null || expiresAtMs <= nowMs
}

/** What an access token says, once its signature has been verified. Times are seconds, as in RFC 7519. */
export interface AccessClaims {
  readonly sub: UserId
  readonly sid: SessionId
  readonly iat: number
  readonly exp: number
  /** Who acts in the stead of the subject (RFC 8693, section 4.1). */
  readonly act?: UserId
}
