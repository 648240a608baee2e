import type { ActivityLists, ActivityStore } from './activity/ports.ts'
import type { ApiTokenId } from './api-tokens/api-token.ts'
import type { ApiTokenReads, ApiTokenStore, ApiTokens } from './api-tokens/ports.ts'
import type { AvatarReads, AvatarStore, AvatarWorld } from './avatars/ports.ts'
import type { Commits } from './commits.ts'
import type { CredentialReads, CredentialStore, Passwords } from './credentials/ports.ts'
import type { ErasedIds, ErasureReads, ErasureStore } from './erasures/ports.ts'
import type * as factors from './factors/ports.ts'
import type { FactReads, FactStore } from './facts/ports.ts'
import type { ImportReads, ImportStore } from './imports/ports.ts'
import type { InvitationLists, InvitationReads, InvitationStore } from './invitations/ports.ts'
import type { LinkReads, LinkStore, LinkTokens } from './links/ports.ts'
import type { MailReads, MailStore, Post } from './mail/ports.ts'
import type { OrganizationId } from './organizations/organization.ts'
import type * as organizations from './organizations/ports.ts'
import type { Eventually, Outcome } from './outcome.ts'
import type { Role } from './permissions.ts'
import type { PersonalDataReads } from './personal-data/ports.ts'
import type { Policy } from './policy.ts'
import type { RestoreStore } from './restores/ports.ts'
import type { SessionLists, SessionStore } from './sessions/ports.ts'
import type { AccessClaims, Impersonator, SessionId } from './sessions/session.ts'
import type { SettingShown } from './settings/setting-shown.ts'
import type { StandingCount } from './stats/stats.ts'
import type { Arrival } from './users/arrival.ts'
import type { ExportAnswer, ExportQuestion } from './users/export-users.ts'
import type { Filter } from './users/filter.ts'
import type { Cursors } from './users/page.ts'
import type { Called, NewUser, Status, User, UserId, UserInBrief } from './users/user.ts'

/** What every use-case may need; each names the part it uses. */
export interface Core extends factors.FactorWorld, AvatarWorld {
  readonly directory: Directory
  readonly commit: Commit
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly linkTokens: LinkTokens
  readonly apiTokens: ApiTokens
  readonly guesses: Guesses
  readonly post: Post
  readonly cursors: Cursors
  readonly clock: Clock
  readonly ids: Ids
  readonly erasedIds: ErasedIds
  readonly toAscii: ToAscii
  readonly policy: Policy
  readonly settings: readonly SettingShown[]
  /** Lets work go on after the answer, where waiting for it would tell a stranger something; a fault in it is logged. */
  readonly later: (work: Promise<unknown>) => void
  /** The program ends: what goes on after answers is to come to an end, too. */
  readonly isClosing: () => boolean
  /** The same, not bound to the request that is to take effect once: for what goes on after its answer. */
  readonly apart: Core
}

/**
 * Runs a commit function by its name in a transaction of its own; a refusal rolls it back. Resolves when the result is durable. Whoever
 * commits more than once for one request says which part of it this is (`once`).
 */
export type Commit = <Name extends keyof Commits>(
  name: Name,
  input: Parameters<Commits[Name]>[1],
  part?: number,
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

/** Spells a text of any script in ASCII, as well as that can be done; what cannot be spelled is left out. */
export type ToAscii = (text: string) => Promise<string>

// ── what is kept ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Reads of bounded cost. What they return may be shared with other callers. */
export interface Directory {
  readonly users: UserReads & UserLists
  readonly credentials: CredentialReads
  readonly factors: factors.FactorReads
  readonly challenges: factors.ChallengeReads
  readonly activity: ActivityLists
  readonly sessions: SessionLists
  readonly facts: FactReads
  readonly links: LinkReads
  readonly apiTokens: ApiTokenReads
  readonly mail: MailReads
  readonly invitations: InvitationReads & InvitationLists
  readonly organizations: organizations.OrganizationReads & organizations.OrganizationLists
  readonly members: organizations.MemberReads & organizations.MemberLists
  readonly avatars: AvatarReads
  readonly imports: ImportReads
  readonly erasures: ErasureReads
  readonly personalData: PersonalDataReads
  /** The user and whether the session still stands, as the caller of each request is looked up. Null when there is no such live user. */
  standing(userId: UserId, sessionId: SessionId): Eventually<Standing | null>
  /** The same of the user's API token; whether it has expired is told by what `apiTokens.byDigest` says of it. */
  standingOfApiToken(userId: UserId, tokenId: ApiTokenId): Eventually<Standing | null>
}

export interface Standing {
  readonly user: User
  /** Whether the session, or the token, has not been ended. */
  readonly stands: boolean
  /** Of a session that somebody else has in the user's stead. */
  readonly impersonator: Impersonator | null
  /** As of when this was looked up; null when that is not known. */
  readonly lastUsedAtMs: number | null
}

export interface UserReads {
  /** The live user. */
  byId(id: UserId): Eventually<User | null>
  byNumber(number: number): Eventually<User | null>
  /** The live user who holds the claim, compared ignoring case. */
  byClaim(kind: ClaimKind, value: string): Eventually<User | null>
  /** Whether somebody who is deleted, and not yet purged, had the address, compared ignoring case. */
  wasHeldBefore(email: string): Eventually<boolean>
  /** Which of the ids somebody has or had. */
  everAmong(ids: readonly UserId[]): Promise<readonly UserId[]>
  /** Which of the names somebody has, compared ignoring case; as they are compared, not as they were asked. */
  heldAmong(names: readonly Name[]): Promise<readonly Name[]>
}

export type ClaimKind = 'email' | 'username'

/** A name that only one live user can have. */
export interface Name {
  readonly kind: ClaimKind
  readonly value: string
}

export interface UserLists {
  /** Live users as a list shows them. */
  page(question: ListQuestion): Promise<ListAnswer>
  /** Up to `limit` live users whose number is greater, in order of creation; for reading all of them without remembering any. */
  following(number: number, limit: number): Promise<readonly UserInBrief[]>
  /** A stretch of the live users whose number is greater, in order of creation, with everything that goes into a file. */
  exported(question: ExportQuestion): Promise<ExportAnswer>
  /** Live users that a condition is true of. Whatever it asks, it holds up nobody else: at worst it is given up. */
  matching(question: MatchQuestion): Promise<Outcome<Matches, 'filter_too_slow'>>
  /** What those of them are called who are live users; with `within`, who belong to one of these organizations besides. */
  called(ids: readonly UserId[], within: readonly OrganizationId[] | null): Promise<readonly Called[]>
  activeAdmins(): Promise<number>
  /** How many live users there are of each role and status; exact. */
  totals(): Promise<readonly StandingCount[]>
}

export interface ListQuestion {
  readonly filter: ListFilter
  readonly order: ListOrder
  /** After a position, null being the beginning, a list neither repeats nor skips whoever stays as they are, whatever comes between. */
  readonly from: { readonly offset: number } | { readonly after: Position | null }
  readonly limit: number
  /** Whether the answer says how many match in all. */
  readonly count: boolean
}

/** All of it must hold; null leaves nobody out. */
export interface ListFilter {
  readonly role: Role | null
  readonly status: Status | null
  /** As they were typed, compared ignoring case; each must occur in the e-mail, the username, a name, or “first last”. */
  readonly words: readonly string[]
  readonly where: Filter | null
}

/**
 * Texts by their sort key, then the id in the same direction. Users without the value come last in either direction. By number there is no
 * filter and nothing but an offset: it is the order of creation.
 */
export interface ListOrder {
  readonly by: ListKey
  readonly direction: 'asc' | 'desc'
}

export type ListKey = 'createdAt' | 'updatedAt' | 'lastLoginAt' | 'email' | 'firstName' | 'lastName' | 'number'

/** Where a row stands in its order, whether or not it is there any more: what it is sorted by, null for no value, and its id. */
export interface Position {
  readonly key: string | number | null
  readonly id: UserId
}

export interface ListAnswer {
  readonly users: readonly User[]
  /** How many match in all; null when that was not asked. */
  readonly total: number | null
  /** Counting that takes too long is broken off: then there are at least `total`. */
  readonly totalIsExact: boolean
  /** The last row shown, if there are more after it. */
  readonly next: Position | null
}

export interface MatchQuestion {
  readonly among: Circle
  /** Null is true of everybody. */
  readonly where: Filter | null
  /** The first counts most. Those whom it leaves together, and all when it is empty, are in the order of their numbers. */
  readonly order: readonly MatchOrder[]
  /** Up to `limits.pageMax`. */
  readonly skip: number
  /** Up to `limits.matchesShownMax`. */
  readonly top: number
  /** Whether the answer says how many match in all. */
  readonly count: boolean
}

/** Everybody, or the user themself and whoever shares an organization with them. */
export type Circle = 'everybody' | { readonly fellowsOf: UserId }

/** Names and e-mail by their sort key, the username by what uniqueness compares; whoever has none comes first in `asc` and last in `desc`. */
export interface MatchOrder {
  readonly by: MatchKey
  readonly direction: 'asc' | 'desc'
}

export type MatchKey =
  | 'number'
  | 'username'
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'status'
  | 'createdAtMs'
  | 'updatedAtMs'

export interface Matches {
  readonly users: readonly User[]
  /** How many match in all; null when that was not asked. */
  readonly total: number | null
  /** Counting that takes too long is broken off: then there are at least `total`. */
  readonly totalIsExact: boolean
}

/** The directory inside one transaction. */
export interface Store {
  readonly users: UserStore
  readonly credentials: CredentialStore
  readonly sessions: SessionStore
  readonly factors: factors.FactorStore
  readonly challenges: factors.ChallengeStore
  readonly activity: ActivityStore
  readonly signingKeys: SigningKeyStore
  readonly counts: CountStore
  readonly requests: RequestStore
  readonly facts: FactStore
  readonly restores: RestoreStore
  readonly links: LinkStore
  readonly invitations: InvitationStore
  readonly organizations: organizations.OrganizationStore
  readonly members: organizations.MemberStore
  readonly mail: MailStore
  readonly apiTokens: ApiTokenStore
  readonly avatars: AvatarStore
  readonly imports: ImportStore
  readonly erasures: ErasureStore
  /**
   * Does the work and, where it answers false, takes it back: that nothing is kept shows in neither the number nor the kind of writes. Not
   * while names and admins are put off.
   */
  attempt(work: (store: Store) => Promise<boolean>): Promise<boolean>
}

/** Inside a transaction `byId` holds the row until the transaction ends. */
export interface UserStore extends UserReads {
  /** The user who was deleted and has not been purged. */
  deletedById(id: UserId): Eventually<User | null>
  add(user: NewUser): Promise<Outcome<User, TakenCode>>
  /**
   * Adds people who had an id elsewhere, and perhaps a number, which stays theirs if it is free; later numbers are greater. Answers the places of those
   * whose id somebody has. What else is in the way is found by `settle`: they are to be put off.
   */
  arrive(people: readonly Pick<Arrival, 'user' | 'number' | 'searched'>[]): Promise<readonly number[]>
  /**
   * Keeps `after` in place of `before`: claims follow its names, counters its role and status, and the last active admin stays.
   * `version` is the caller's business, and so is whom the directory can do without where it spares nobody.
   */
  save(before: User, after: User, spares?: Spared): Promise<Outcome<User, TakenCode | 'last_admin'>>
  /** Has everybody forget what they remember of the user, as after a change. */
  touch(id: UserId): void
  /** Notes a sign-in: no new version, no conflict with anybody's edit. */
  signedIn(id: UserId, atMs: number): Promise<void>
  isEmpty(): Promise<boolean>
  /** Holds the rows of all these users, in an order that every transaction takes, so that no two wait for each other in a circle. */
  hold(ids: readonly UserId[]): Promise<void>
  /** Holds what usernames are numbered from until the transaction ends: whoever else makes one of it waits, in place of trying the same name. */
  holdStem(stem: string): Promise<void>
  /** From here on who has which name and whether an admin is left is not asked of each change, but of what all of them come to. */
  putOff(): void
  /** Asks it: names that are given up are free before any is claimed. Answers whoever cannot stay as they are; none of them, and all is well. */
  settle(): Promise<readonly Unsettled[]>
}

export type Spared = 'the_last_admin' | 'nobody'

export type TakenCode = 'email_taken' | 'username_taken'

export interface Unsettled {
  readonly userId: UserId
  readonly code: TakenCode | 'last_admin'
}

/** What was done for requests that may be sent again. Sealed. */
export interface RequestStore {
  /** Makes the request the caller's own until the transaction ends, and tells what is known of this part of it. */
  recall(request: KnownRequest, part: number, nowMs: number): Promise<Recalled>
  /** Keeps the outcome of a part that `recall` called fresh; whoever was touched in this transaction is touched again by recalling it. */
  keep(request: KnownRequest, part: number, outcome: unknown): Promise<void>
  /** Forgets some of what is older, and tells how much that was. */
  forget(beforeMs: number): Promise<number>
}

/** A request that is to take effect once, however often it is sent. */
export interface KnownRequest {
  readonly caller: UserId
  /** Stands for the caller, the route and the key together. */
  readonly name: string
  /** Of everything that was sent with it. */
  readonly digest: string
}

export type Recalled =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'known'; readonly outcome: unknown }
  /** The name stands for a request that sent something else. */
  | { readonly kind: 'another' }

/** What is so of the directory as a whole, once it has been noted. Names hold nothing about anybody that could be read. */
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
  activeAdmins(): Promise<number>
}

// ── what is asked of the world ────────────────────────────────────────────────────────────────────────────────────────

export interface Tokens {
  readonly accessTokenTtlSeconds: number
  sign(claims: AccessClaims): Promise<string>
  /** Opaque, 256 bits, with the digest that is kept of it. */
  newRefreshToken(): { readonly token: string; readonly digest: string }
  refreshTokenDigest(token: string): string
}

/**
 * Counts wrong passwords and codes per account and per address; shared by every door that takes one, exact under parallel attempts. Accounts go
 * by the names in `credentials/guessed-at.ts`.
 */
export interface Guesses {
  /**
   * Counts the attempt, under everything that `accounts` names, before the password is looked at. The last of them stands for the account itself,
   * the first for how it was called: only who used up the guesses of that one is told so.
   */
  begin(accounts: readonly string[], ip: string | null): Promise<Outcome<Guess, 'too_many_guesses'>>
  /** Whether one of these has no guess left. */
  areSpent(accounts: readonly string[]): Promise<boolean>
  forget(accounts: readonly string[]): Promise<void>
}

export interface Guess {
  /** Too many guesses were made at this account under another name: the password must not be looked at, and nobody told why. */
  readonly isSpent: boolean
  /** The password was right: neither this attempt nor those before it count against the account, by whatever `other` name. */
  forgive(other?: readonly string[]): Promise<void>
  /** The password was not looked at: the attempt does not count. */
  withdraw(): Promise<void>
  /**
   * The password was wrong. If it was the last guess that the account allows, no attempt that is taken back gives it another, and of all who find
   * that out exactly one is told for how long.
   */
  lock(): Promise<{ readonly forMs: number } | null>
}
