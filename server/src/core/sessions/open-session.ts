import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import type { Core, Transaction } from '../ports.ts'
import type { User, UserId } from '../users/user.ts'
import type { Session, SessionId } from './session.ts'
import { type SignedTokens, signTokens } from './sign-tokens.ts'

/** What the transaction that lets somebody in opens the session with. */
export interface Opening {
  readonly actor: Actor
  readonly session: Session
  /** Null for a session that cannot be prolonged. */
  readonly refreshTokenDigest: string | null
}

export interface PreparedSession<RefreshToken extends string | null = string> {
  readonly opening: Opening
  readonly refreshToken: RefreshToken
}

export type OpenedSession<RefreshToken extends string | null = string> = SignedTokens<RefreshToken> & {
  readonly user: User
}

type Preparing = Pick<Core, 'tokens' | 'clock' | 'ids' | 'policy'>

export function prepareSession(core: Preparing, actor: Actor, userId: UserId): PreparedSession {
  const { token, digest } = core.tokens.newRefreshToken()
  const session = newSession(core, actor, userId, core.policy.refreshTokenTtlMs)
  return { opening: { actor, session, refreshTokenDigest: digest }, refreshToken: token }
}

/** For doors that hand out no refresh token: the session is over with its only access token. */
export function prepareBriefSession(core: Preparing, actor: Actor, userId: UserId): PreparedSession<null> {
  const session = newSession(core, actor, userId, core.tokens.accessTokenTtlSeconds * 1000)
  return { opening: { actor, session, refreshTokenDigest: null }, refreshToken: null }
}

function newSession({ clock, ids }: Preparing, { origin }: Actor, userId: UserId, lifetimeMs: number): Session {
  const nowMs = clock()
  return {
    id: ids.next() as SessionId,
    userId,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
    expiresAtMs: nowMs + lifetimeMs,
    endedAtMs: null,
    origin,
  }
}

/** The last step of every way to sign in, in the transaction that found nothing in the way. */
export async function openSession(
  transaction: Transaction,
  { actor, session, refreshTokenDigest }: Opening,
  user: User,
): Promise<User> {
  const { store, nowMs } = transaction
  await store.sessions.open(session, refreshTokenDigest)
  await store.users.signedIn(user.id, nowMs)
  await record(transaction, actedBy(actor, user, session.id), user.id, 'login')
  return { ...user, lastLoginAtMs: nowMs }
}

/** Whoever has shown that they are the user is the user from here on. */
export function actedBy({ origin }: Actor, { id, role }: User, sessionId: SessionId): Actor {
  return { kind: 'user', id, role, means: { kind: 'session', sessionId }, origin }
}

export async function signOpened<RefreshToken extends string | null>(
  core: Pick<Core, 'tokens' | 'clock'>,
  { opening, refreshToken }: PreparedSession<RefreshToken>,
  user: User,
): Promise<OpenedSession<RefreshToken>> {
  return { ...(await signTokens(core, opening.session, refreshToken)), user }
}
