import type { Activity, ActivityType } from './activity/activity.ts'
import type { Scope } from './actor.ts'
import type { Commits } from './commits.ts'
import type { Eventually, Outcome } from './outcome.ts'
import type { Role } from './permissions.ts'
import type { AccessClaims, Session, SessionId } from './sessions/session.ts'
import type { NewUser, Status, User, UserId } from './users/user.ts'

/** What every use-case may need; each names the part it uses. */
export interface Core {
  readonly directory: Directory
  readonly commit: Commit
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly guesses: Guesses
  readonly clock: Clock
  readonly ids: Ids
  readonly policy: Policy
  /** Lets work go on after the answer, where waiting for it would tell a stranger something; a fault in it is logged. */
  readonly later: (work: Promise<unknown>) => void
}

/** Runs a commit function by its name in a transaction of its own; a refusal rolls it back. Resolves when the result is durable. */
export type Commit = <Name extends keyof Commits>(
  name: Name,
  input: Parameters<Commits[Name]>[1],
) => Promise<Awaited<ReturnType<Commits[Name]>>>

/** What a commit function works with. Nothing but the store may be awaited while it runs. */
export interface Transaction {
  readonly store: Store
  readonly nowMs: number
}

/** Milliseconds since 1970. */
export type Clock = () => number

export interface Ids {
  /** A fresh UUIDv7 in lower case. */
  next(): string
}

export interface Policy {
  /** The house's password rule holds in every contract. */
  readonly houseFloorEverywhere: boolean
  readonly retentionMs: number
  readonly refreshTokenTtlMs: number
}

// ── what is kept ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Reads of bounded cost. What they return may be shared with other callers. */
export interface Directory {
  readonly users: UserReads & UserLists
  readonly credentials: CredentialReads
  readonly activity: ActivityLists
  /** The user and whether the session still stands, as the caller of each request is looked up. Null when there is no such live user. */
  standing(userId: UserId, sessionId: SessionId): Eventually<Standing | null>
}

export interface Standing {
  readonly user: User
  readonly sessionStands: boolean
}

export interface UserReads {
  /** The live user. */
  byId(id: UserId): Eventually<User | null>
  /** The live user who holds the claim, compared ignoring case. */
  byClaim(kind: ClaimKind, value: string): Eventually<User | null>
}

export type ClaimKind = 'email' | 'username'

export interface UserLists {
  /** Live users in order of creation or newest first; `total` is exact. */
  page(question: PageQuestion): Promise<{ users: readonly User[]; total: number }>
  activeAdmins(): Promise<number>
}

export interface PageQuestion {
  readonly scope: Scope
  readonly filter: UserFilter
  readonly order: 'oldest' | 'newest'
  readonly offset: number
  readonly limit: number
}

/** All of it must hold. */
export interface UserFilter {
  readonly role: Role | null
  readonly status: Status | null
  /** Folded like sort keys; each must occur in the e-mail, the username, a name, or “first last”. */
  readonly words: readonly string[]
}

export interface CredentialReads {
  /** The password hash in PHC string form; null when the user has no password. */
  passwordHash(userId: UserId): Eventually<string | null>
}

export interface ActivityLists {
  page(question: ActivityQuestion): Promise<{ entries: readonly Activity[]; total: number }>
}

export interface ActivityQuestion {
  readonly userId: UserId
  readonly type: ActivityType | null
  /** Inclusive. */
  readonly fromMs: number | null
  /** Exclusive. */
  readonly toMs: number | null
  readonly offset: number
  readonly limit: number
}

/** The directory inside one transaction. */
export interface Store {
  readonly users: UserStore
  readonly credentials: CredentialStore
  readonly sessions: SessionStore
  readonly activity: ActivityStore
  readonly signingKeys: SigningKeyStore
  readonly counts: CountStore
}

/** Inside a transaction `byId` holds the row until the transaction ends. */
export interface UserStore extends UserReads {
  /** The user who was deleted and has not been purged. */
  deletedById(id: UserId): Eventually<User | null>
  add(user: NewUser): Promise<Outcome<User, TakenCode>>
  /**
   * Keeps `after` in place of `before`: claims follow its names, counters its role and status, and the last active admin stays.
   * `version` is the caller's business.
   */
  save(before: User, after: User): Promise<Outcome<User, TakenCode | 'last_admin'>>
  /** Notes a sign-in: no new version, no conflict with anybody's edit. */
  signedIn(id: UserId, atMs: number): Promise<void>
  isEmpty(): Promise<boolean>
}

export type TakenCode = 'email_taken' | 'username_taken'

export interface CredentialStore extends CredentialReads {
  setPassword(userId: UserId, hash: string, atMs: number): Promise<void>
  forget(userId: UserId): Promise<void>
}

export interface SessionStore {
  open(session: Session, refreshTokenDigest: string): Promise<void>
  /** Spends the token: of any number of callers exactly one is told `spent`. */
  spendRefreshToken(digest: string, atMs: number): Promise<SpentToken>
  addRefreshToken(sessionId: SessionId, userId: UserId, digest: string, atMs: number): Promise<void>
  end(id: SessionId, userId: UserId, atMs: number): Promise<void>
  /** Ends every session of the user but the one to keep. */
  endAll(userId: UserId, atMs: number, keep: SessionId | null): Promise<void>
}

export type SpentToken =
  | { readonly kind: 'spent'; readonly session: Session }
  /** It was spent before: its family ends. */
  | { readonly kind: 'reused'; readonly session: Session }
  | { readonly kind: 'unknown' }

export interface ActivityStore {
  add(entry: Omit<Activity, 'id'>): Promise<void>
}

/** Reading them for a change makes every other change wait for this one. */
export interface SigningKeyStore {
  /** Newest first. */
  all(): Promise<readonly KeptSigningKey[]>
  add(key: KeptSigningKey): Promise<void>
  retire(kid: string, atMs: number): Promise<void>
  forget(kid: string): Promise<void>
}

/** An Ed25519 key pair; the JWKs as JSON text. A retired key signs nothing more. */
export interface KeptSigningKey {
  readonly kid: string
  readonly privateJwk: string
  readonly publicJwk: string
  readonly createdAtMs: number
  readonly retiredAtMs: number | null
}

export interface CountStore {
  /** Sums up what was appended, so that totals stay cheap. */
  fold(): Promise<void>
}

// ── what is asked of the world ────────────────────────────────────────────────────────────────────────────────────────

export interface Passwords {
  /** A PHC string. */
  hash(password: string): Promise<Outcome<string, 'busy'>>
  /** Null stands for a user without a password, or no user: the same work, never a match. */
  verify(hash: string | null, password: string): Promise<Outcome<boolean, 'busy'>>
  /** Tells whether the whole password, ignoring case, stands in the list of common passwords; the list is read when first asked for. */
  common(): Promise<(password: string) => boolean>
}

export interface Tokens {
  readonly accessTokenTtlSeconds: number
  sign(claims: AccessClaims): Promise<string>
  /** Opaque, 256 bits, with the digest that is kept of it. */
  newRefreshToken(): { readonly token: string; readonly digest: string }
  refreshTokenDigest(token: string): string
}

/** Counts wrong passwords per account and per address; shared by every door that takes a password, exact under parallel attempts. */
export interface Guesses {
  /** Counts the attempt, under everything that `accounts` names, before the password is looked at. */
  begin(accounts: readonly string[], ip: string | null): Promise<Outcome<Guess, 'too_many_guesses'>>
}

export interface Guess {
  /** The password was right: the attempt does not count. */
  forgive(): Promise<void>
}
