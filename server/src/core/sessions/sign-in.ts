import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { parseGivenPassword } from '../credentials/password-rule.ts'
import { provePassword } from '../credentials/prove-password.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseText } from '../users/text.ts'
import { nobody, type User, type UserId } from '../users/user.ts'
import type { Session, SessionId } from './session.ts'
import { type SignedTokens, signTokens } from './sign-tokens.ts'

/** One of `email` and `username`, and the password. */
export interface SignInValues {
  email: string
  username: string
  password: string
}

type SignInRefusal = 'invalid' | 'too_many_guesses' | 'busy' | 'wrong_credentials' | 'account_inactive'

/**
 * Opens a session for whoever knows the password. Unknown accounts cost the same work as known ones and get the same answer; that an account
 * is pending or inactive is told only to somebody who knows its password.
 */
export async function signIn(
  core: Core,
  actor: Actor,
  form: Form<SignInValues>,
): Promise<Outcome<SignedTokens & { user: User }, SignInRefusal>> {
  const reading = startReading(form.faults)
  const { email, username } = form.values
  const name = email ?? username
  if (username === undefined) reading.need('email', email)
  reading.need('password', form.values.password)
  const password = reading.read('password', form.values.password, parseGivenPassword)
  if (reading.faults.length > 0 || name === undefined || password === undefined) return invalid(reading.faults)

  const user = (await findByName(core, { email, username })) ?? (await core.directory.users.byId(nobody))
  const proved = await provePassword(core, actor, { name, user, password })
  if (!proved.ok) return proved
  if (proved.value.user.status !== 'active') return refuse({ code: 'account_inactive' })
  const { verifiedHash } = proved.value
  const renewedHash = await proved.value.renew()
  const opened = await openSession(core, actor, proved.value.user.id, { verifiedHash, renewedHash })
  const isRenewedElsewhere = !opened.ok && opened.refusal.code === 'wrong_credentials' && renewedHash !== null
  // Of several who sign in at once with a hash from elsewhere, one replaces it. The others find the new one.
  return isRenewedElsewhere ? signIn(core, actor, form) : opened
}

async function openSession(
  core: Pick<Core, 'commit' | 'tokens' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  userId: UserId,
  hashes: { verifiedHash: string; renewedHash: string | null },
): Promise<Outcome<SignedTokens & { user: User }, 'wrong_credentials' | 'account_inactive'>> {
  const nowMs = core.clock()
  const refresh = core.tokens.newRefreshToken()
  const session: Session = {
    id: core.ids.next() as SessionId,
    userId,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
    expiresAtMs: nowMs + core.policy.refreshTokenTtlMs,
    endedAtMs: null,
    origin: actor.origin,
  }
  const opened = await core.commit('sign-in', { actor, session, refreshTokenDigest: refresh.digest, ...hashes })
  if (!opened.ok) return opened
  return grant({ ...(await signTokens(core, session, refresh.token)), user: opened.value })
}

/**
 * Opens the session unless the account or its password changed while the password was being verified. A `renewedHash` takes the place of the one
 * that was verified: the same password, so no session ends and nobody is told.
 */
export async function commitSignIn(
  transaction: Transaction,
  question: {
    actor: Actor
    session: Session
    refreshTokenDigest: string
    verifiedHash: string
    renewedHash?: string | null
  },
): Promise<Outcome<User, 'wrong_credentials' | 'account_inactive'>> {
  const { store, nowMs } = transaction
  const { session, refreshTokenDigest, verifiedHash, renewedHash = null } = question
  const user = await store.users.byId(session.userId)
  const hash = await store.credentials.passwordHash(session.userId)
  if (user === null || hash !== verifiedHash) return refuse({ code: 'wrong_credentials' })
  if (user.status !== 'active') return refuse({ code: 'account_inactive' })
  if (renewedHash !== null) await store.credentials.renewHash(user.id, renewedHash)
  await store.sessions.open(session, refreshTokenDigest)
  await store.users.signedIn(user.id, nowMs)
  await record(transaction, actedBy(question.actor, user), user.id, 'login')
  return grant({ ...user, lastLoginAtMs: nowMs })
}

export async function commitRecordSignInFailure(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: UserId },
): Promise<Outcome<null, never>> {
  await record(transaction, actor, id, 'login_failed')
  return grant(null)
}

/** Whoever knew the password is the user from here on. */
function actedBy(actor: Actor, user: User): Actor {
  const means = { kind: 'half_signed_in', challengeId: '' } as const
  return { kind: 'user', id: user.id, role: user.role, means, origin: actor.origin }
}

/** What cannot be a name is not looked up: it may be of any length, and hold what no database takes. */
function findByName(
  { directory }: Pick<Core, 'directory'>,
  { email, username }: { email: string | undefined; username: string | undefined },
) {
  const name = parseText(email ?? username ?? '', limits.emailLengthMax)
  if ('flaw' in name) return null
  return email === undefined ? findByUsername(directory, name.value) : directory.users.byClaim('email', name.value)
}

async function findByUsername({ users }: Core['directory'], username: string): Promise<User | null> {
  const [byUsername, byEmail] = await Promise.all([
    users.byClaim('username', username),
    users.byClaim('email', username),
  ])
  return byUsername ?? (byEmail?.username === null ? byEmail : null)
}
