import type { Eventually, Outcome } from '../outcome.ts'
import type { Parsed } from '../users/text.ts'
import type { UserId } from '../users/user.ts'

export interface CredentialReads {
  /** Null when the user has no password. */
  passwordHash(userId: UserId): Eventually<string | null>
}

export interface CredentialStore extends CredentialReads {
  /** When the user was last given another password; null when they have none. */
  changedAtMs(userId: UserId): Promise<number | null>
  setPassword(userId: UserId, hash: string, atMs: number): Promise<void>
  /** Of people who never had one. */
  addPasswords(
    passwords: readonly { readonly userId: UserId; readonly hash: string; readonly atMs: number }[],
  ): Promise<void>
  /** Another hash of the same password: nothing that anybody could notice. */
  renewHash(userId: UserId, hash: string): Promise<void>
  forget(userId: UserId): Promise<void>
}

export interface Passwords {
  /** A PHC string. */
  hash(password: string): Promise<Outcome<string, 'busy'>>
  /** Null stands for a user without a password, or no user: the same work, never a match. The hash may have been made elsewhere. */
  verify(hash: string | null, password: string): Promise<Outcome<boolean, 'busy'>>
  /** Whether the hash is one that `hash` could have made today. Any other is replaced when its password is next proved. */
  isOwn(hash: string): boolean
  /** A hash that was made elsewhere, if it can be verified at a cost that a sign-in may have. */
  readForeign(hash: string): Parsed<string>
  /** Tells whether the whole password, ignoring case, stands in the list of common passwords; the list is read when first asked for. */
  common(): Promise<(password: string) => boolean>
}
