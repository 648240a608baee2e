import type { Origin } from '../actor.ts'
import type { UserId } from '../users/user.ts'
import type { Session, SessionId } from './session.ts'

export interface SessionLists {
  /** Sessions that stand, newest use first. */
  page(question: SessionQuestion): Promise<{ readonly sessions: readonly Session[]; readonly total: number }>
}

export interface SessionQuestion {
  readonly userId: UserId
  /** Sessions that end later have not ended. */
  readonly atMs: number
  readonly offset: number
  readonly limit: number
}

export interface SessionStore {
  /** Held until the transaction ends. Whoever ends all sessions of a user holds the user first, so whoever asks this holds the user, too. */
  byId(id: SessionId): Promise<Session | null>
  /** Without a refresh token it cannot be prolonged. */
  open(session: Session, refreshTokenDigest: string | null): Promise<void>
  /** Spends the token: of any number of callers exactly one is told `spent`. */
  spendRefreshToken(digest: string, atMs: number): Promise<SpentToken>
  addRefreshToken(session: Pick<Session, 'id' | 'userId'>, digest: string, atMs: number): Promise<void>
  /** Notes a use, unless a later one is noted or the session has ended. Nobody has to forget anything for it. */
  noteUse(id: SessionId, origin: Origin, atMs: number): Promise<void>
  end(id: SessionId, userId: UserId, atMs: number): Promise<void>
  /** Ends every session of the user but the one to keep, and whatever they have begun and not finished; tells how many sessions stood. */
  endAll(userId: UserId, atMs: number, keep: SessionId | null): Promise<number>
  /** Forgets some of the sessions that ended or expired earlier, and tells how much that was. */
  forget(beforeMs: number): Promise<number>
}

export type SpentToken =
  /** `reused`: it was spent before, and its family ends. */
  | { readonly kind: 'spent' | 'reused'; readonly sessionId: SessionId; readonly userId: UserId }
  | { readonly kind: 'unknown' }
