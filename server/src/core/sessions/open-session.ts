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
  readonly refreshTokenDigest: string
}

export interface PreparedSession {
  readonly opening: Opening
  readonly refreshToken: string
}

export type OpenedSession = SignedTokens & { readonly user: User }

export function prepareSession(
  core: Pick<Core, 'tokens' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  userId: UserId,
): PreparedSession {
  const nowMs = core.clock()
  const { token, digest } = core.tokens.newRefreshToken()
  const session: Session = {
    id: core.ids.next() as SessionId,
    userId,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
    expiresAtMs: nowMs + core.policy.refreshTokenTtlMs,
    endedAtMs: null,
    origin: actor.origin,
  }
  return { opening: { actor, session, refreshTokenDigest: digest }, refreshToken: token }
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

export async function signOpened(
  core: Pick<Core, 'tokens' | 'clock'>,
  { opening, refreshToken }: PreparedSession,
  user: User,
): Promise<OpenedSession> {
  return { ...(await signTokens(core, opening.session, refreshToken)), user }
}
