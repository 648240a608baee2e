import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { parseGivenPassword } from '../credentials/password-rule.ts'
import { type Proved, provePassword } from '../credentials/prove-password.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { RefusalCode } from '../refusals.ts'
import { parseText } from '../users/text.ts'
import { nobody, type User, type UserId } from '../users/user.ts'
import { type BegunSignIn, beginSignIn, type Hashes } from './begin-sign-in.ts'
import {
  type OpenedSession,
  type Opening,
  openSession,
  type PreparedSession,
  prepareBriefSession,
  prepareSession,
  signOpened,
} from './open-session.ts'

/** One of `email` and `username`, and the password. */
export interface SignInValues {
  email: string
  username: string
  password: string
}

type ProofRefusal = 'invalid' | 'too_many_guesses' | 'busy' | 'wrong_credentials'
type SignInRefusal = ProofRefusal | 'account_inactive'

/** What the right password comes to. */
export type SignIn =
  | { readonly kind: 'opened'; readonly session: OpenedSession }
  /** The user has a second factor, and goes on from here by `finishSignInByCode` or `signInByPasskey`. */
  | { readonly kind: 'begun'; readonly challenge: BegunSignIn }

/**
 * Opens a session for whoever knows the password, or begins one where the user has a second factor. Unknown accounts cost the same work as known
 * ones and get the same answer; that an account is pending, inactive or has a second factor is told only to somebody who knows its password.
 */
export async function signIn(
  core: Core,
  actor: Actor,
  form: Form<SignInValues>,
): Promise<Outcome<SignIn, SignInRefusal>> {
  const proved = await proveClaim(core, actor, form)
  if (!proved.ok) return proved
  const { user, isGuarded } = proved.value
  if (user.status !== 'active') return refuse({ code: 'account_inactive' })
  const hashes = await hashesOf(proved.value)
  const outcome = isGuarded
    ? await beginSignIn(core, user.id, hashes)
    : await open(core, prepareSession(core, actor, user.id), hashes)
  if (!outcome.ok) return isRenewedElsewhere(outcome, hashes) ? signIn(core, actor, form) : outcome
  const { value } = outcome
  return grant('steps' in value ? { kind: 'begun', challenge: value } : { kind: 'opened', session: value })
}

/** For doors that take a password and nothing else: there whoever has a second factor is told what a wrong password is told. */
export function signInByPasswordAlone(
  core: Core,
  actor: Actor,
  form: Form<SignInValues>,
): Promise<Outcome<OpenedSession, SignInRefusal>> {
  return openByPasswordAlone(core, actor, form, prepareSession)
}

/** The same for a door that hands out an access token and nothing to prolong it by. */
export function signInBriefly(
  core: Core,
  actor: Actor,
  form: Form<SignInValues>,
): Promise<Outcome<OpenedSession<null>, SignInRefusal>> {
  return openByPasswordAlone(core, actor, form, prepareBriefSession)
}

async function openByPasswordAlone<RefreshToken extends string | null>(
  core: Core,
  actor: Actor,
  form: Form<SignInValues>,
  prepare: (core: Core, actor: Actor, userId: UserId) => PreparedSession<RefreshToken>,
): Promise<Outcome<OpenedSession<RefreshToken>, SignInRefusal>> {
  const proved = await proveClaim(core, actor, form)
  if (!proved.ok) return proved
  const { user, isGuarded } = proved.value
  if (isGuarded) {
    core.later(core.commit('record-sign-in-failure', { actor, id: user.id }))
    return refuse({ code: 'wrong_credentials' })
  }
  if (user.status !== 'active') return refuse({ code: 'account_inactive' })
  const hashes = await hashesOf(proved.value)
  const outcome = await open(core, prepare(core, actor, user.id), hashes)
  return isRenewedElsewhere(outcome, hashes) ? openByPasswordAlone(core, actor, form, prepare) : outcome
}

async function proveClaim(core: Core, actor: Actor, form: Form<SignInValues>): Promise<Outcome<Proved, ProofRefusal>> {
  const reading = startReading(form.faults)
  const { email, username } = form.values
  const name = email ?? username
  if (username === undefined) reading.need('email', email)
  reading.need('password', form.values.password)
  const password = reading.read('password', form.values.password, parseGivenPassword)
  if (reading.faults.length > 0 || name === undefined || password === undefined) return invalid(reading.faults)

  const user = (await findByName(core, { email, username })) ?? (await core.directory.users.byId(nobody))
  return provePassword(core, actor, { name, user, password })
}

async function hashesOf({ verifiedHash, renew }: Proved): Promise<Hashes> {
  return { verifiedHash, renewedHash: await renew() }
}

/** Of several who sign in at once with a hash from elsewhere, one replaces it. The others find the new one. */
function isRenewedElsewhere(outcome: Outcome<unknown, RefusalCode>, { renewedHash }: Hashes): boolean {
  return !outcome.ok && outcome.refusal.code === 'wrong_credentials' && renewedHash !== null
}

async function open<RefreshToken extends string | null>(
  core: Core,
  prepared: PreparedSession<RefreshToken>,
  hashes: Hashes,
): Promise<Outcome<OpenedSession<RefreshToken>, 'wrong_credentials' | 'account_inactive'>> {
  const opened = await core.commit('sign-in', { ...prepared.opening, ...hashes })
  return opened.ok ? grant(await signOpened(core, prepared, opened.value)) : opened
}

/**
 * Opens the session unless the account, its password or what guards it changed while the password was being verified. A `renewedHash` takes the
 * place of the one that was verified: the same password, so no session ends and nobody is told.
 */
export async function commitSignIn(
  transaction: Transaction,
  { verifiedHash, renewedHash = null, ...opening }: Opening & { verifiedHash: string; renewedHash?: string | null },
): Promise<Outcome<User, 'wrong_credentials' | 'account_inactive'>> {
  const { store } = transaction
  const { userId } = opening.session
  const user = await store.users.byId(userId)
  const hash = await store.credentials.passwordHash(userId)
  if (user === null || hash !== verifiedHash || (await store.factors.guards(userId)))
    return refuse({ code: 'wrong_credentials' })
  if (user.status !== 'active') return refuse({ code: 'account_inactive' })
  if (renewedHash !== null) await store.credentials.renewHash(userId, renewedHash)
  return grant(await openSession(transaction, opening, user))
}

export async function commitRecordSignInFailure(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: UserId },
): Promise<Outcome<null, never>> {
  await record(transaction, actor, id, 'login_failed')
  return grant(null)
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
