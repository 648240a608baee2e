import type { Eventually } from '../outcome.ts'
import type { UserId } from '../users/user.ts'
import type { ApiToken, ApiTokenGrant, ApiTokenId } from './api-token.ts'

export interface ApiTokenReads {
  /** What a token that was given out is for, which never changes; null when there is none of this digest. */
  byDigest(digest: string): Eventually<ApiTokenGrant | null>
  /** Newest first. */
  page(question: ApiTokenQuestion): Promise<{ tokens: readonly ApiToken[]; total: number }>
}

export interface ApiTokenQuestion {
  readonly userId: UserId
  readonly offset: number
  readonly limit: number
}

export interface ApiTokenStore {
  add(token: ApiToken, digest: string): Promise<void>
  count(userId: UserId): Promise<number>
  /** Null when there is no such token. */
  ownerOf(id: ApiTokenId): Promise<UserId | null>
  /** Notes the use, unless one was noted in the last `limits.useNotedMsMin`. Nobody has to forget anything for it. */
  noteUse(id: ApiTokenId, atMs: number): Promise<void>
  /** Of any number of callers exactly one is told whose it was and what it was called. With an owner, of theirs only. */
  revoke(id: ApiTokenId, owner: UserId | null): Promise<Pick<ApiToken, 'userId' | 'name'> | null>
  revokeAll(userId: UserId): Promise<void>
  /** Forgets some of what expired before, whosever it was, and tells how many that were. */
  forgetAllExpired(beforeMs: number): Promise<number>
  forgetExpired(userId: UserId, nowMs: number): Promise<void>
}

/** What a program holds in place of a password. Shown once; what is kept of it lets nobody in. */
export interface ApiTokens {
  /** 256 random bits in a form that scanners for lost secrets know, with the digest that is kept. */
  newToken(): { readonly token: string; readonly digest: string }
  /** Null for what cannot have been made here. */
  digestOf(token: string): string | null
}
