import type { Actor } from '../actor.ts'
import type { PasskeySignIn } from '../factors/challenge.ts'
import type { Factor } from '../factors/factor.ts'
import type { PasskeyRequestOptions, PasskeySignatureAnswer } from '../factors/ports.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { nobody, type User } from '../users/user.ts'
import { finishSignInByPasskey } from './finish-sign-in.ts'
import { type OpenedSession, type Opening, openSession, prepareSession, signOpened } from './open-session.ts'

export interface PasskeyRequestValues {
  challengeId: string
}

/**
 * What a browser needs to have a passkey sign: for a sign-in that was begun one of the user's, else any of this site. That answer names nobody and
 * is the same for everybody, so it tells nothing about who is known here.
 */
export async function requestPasskey(
  core: Pick<Core, 'commit' | 'clock' | 'directory' | 'passkeys' | 'secrets'>,
  form: Form<PasskeyRequestValues>,
): Promise<Outcome<PasskeyRequestOptions, 'invalid' | 'challenge_over' | 'passkeys_impossible'>> {
  if (form.faults.length > 0) return invalid(form.faults)
  const { trouble } = core.passkeys
  if (trouble !== null) return refuse({ code: 'passkeys_impossible', because: trouble })
  const { challengeId } = form.values
  if (challengeId === undefined) return requestAnyPasskey(core)
  const half = await core.directory.challenges.byDigest(core.secrets.digest('challenge', challengeId), core.clock())
  if (half?.purpose !== 'half_sign_in') return refuse({ code: 'challenge_over' })
  const kept = await core.directory.factors.keptOf(half.userId)
  const known = kept.flatMap((one) => (one.kind === 'passkey' ? [one.passkey] : []))
  return grant(core.passkeys.toSign(challengeId, known))
}

async function requestAnyPasskey(
  core: Pick<Core, 'commit' | 'clock' | 'passkeys' | 'secrets'>,
): Promise<Outcome<PasskeyRequestOptions, never>> {
  const id = core.secrets.newChallengeId()
  const challenge: PasskeySignIn = { purpose: 'passkey_sign_in', userId: nobody }
  const expiresAtMs = core.clock() + limits.challengeMs
  const kept = await core.commit('request-passkey', {
    digest: core.secrets.digest('challenge', id),
    challenge,
    expiresAtMs,
  })
  return kept.ok ? grant(core.passkeys.toSign(id, null)) : kept
}

export async function commitRequestPasskey(
  { store }: Transaction,
  { digest, challenge, expiresAtMs }: { digest: string; challenge: PasskeySignIn; expiresAtMs: number },
): Promise<Outcome<null, never>> {
  await store.challenges.add(digest, challenge, expiresAtMs)
  return grant(null)
}

export interface PasskeySignInValues extends PasskeyRequestValues {
  credential: PasskeySignatureAnswer
}

type AloneRefusal = 'challenge_over' | 'wrong_passkey' | 'account_inactive' | 'password_needed'

/** Finishes a sign-in that was begun, or opens a session for whoever the passkey says it belongs to, if it made sure of the person itself. */
export async function signInByPasskey(
  core: Core,
  actor: Actor,
  form: Form<PasskeySignInValues>,
): Promise<Outcome<OpenedSession, 'invalid' | AloneRefusal>> {
  const reading = startReading(form.faults)
  const { challengeId, credential } = form.values
  reading.need('credential', credential)
  if (reading.faults.length > 0 || credential === undefined) return invalid(reading.faults)
  return challengeId === undefined
    ? signInByPasskeyAlone(core, actor, credential)
    : finishSignInByPasskey(core, actor, challengeId, credential)
}

/** What it signed is spent before anything is verified: it serves one attempt. */
async function signInByPasskeyAlone(
  core: Core,
  actor: Actor,
  answer: PasskeySignatureAnswer,
): Promise<Outcome<OpenedSession, AloneRefusal>> {
  const challenge = core.passkeys.challengeIn(answer) ?? ''
  const taken = await core.commit('take-challenge', {
    digest: core.secrets.digest('challenge', challenge),
    purpose: 'passkey_sign_in',
  })
  if (!taken.ok) return taken
  const kept = await core.directory.factors.passkeyBy(core.secrets.digest('passkey', answer.id))
  if (kept === null) return refuse({ code: 'wrong_passkey', while: 'signing_in' })
  const { userId } = kept.factor
  const wanted = { passkey: kept.passkey, owner: userId, alone: true }
  const signCount = await core.passkeys.verifySignature(challenge, answer, wanted)
  if (signCount === null) {
    core.later(core.commit('record-sign-in-failure', { actor, id: userId }))
    return refuse({ code: 'wrong_passkey', while: 'signing_in' })
  }
  const prepared = prepareSession(core, actor, userId)
  const opened = await core.commit('sign-in-by-passkey', { opening: prepared.opening, factor: kept.factor, signCount })
  return opened.ok ? grant(await signOpened(core, prepared, opened.value)) : opened
}

/**
 * Opens the session unless the user is gone, may not sign in, or has removed the passkey while it was being verified. Whoever got into an account
 * and left a passkey there is shut out by another password, as they are by the end of sessions.
 */
export async function commitSignInByPasskey(
  transaction: Transaction,
  { opening, factor, signCount }: { opening: Opening; factor: Factor; signCount: number },
): Promise<Outcome<User, Exclude<AloneRefusal, 'challenge_over'>>> {
  const { store, nowMs } = transaction
  const user = await store.users.byId(opening.session.userId)
  if (user === null) return refuse({ code: 'wrong_passkey', while: 'signing_in' })
  if (user.status !== 'active') return refuse({ code: 'account_inactive' })
  const shownAtMs = Math.max(factor.confirmedAtMs ?? 0, factor.lastUsedAtMs ?? 0)
  if (shownAtMs < ((await store.credentials.changedAtMs(user.id)) ?? 0)) return refuse({ code: 'password_needed' })
  if (!(await store.factors.usePasskey(factor.id, signCount, nowMs)))
    return refuse({ code: 'wrong_passkey', while: 'signing_in' })
  return grant(await openSession(transaction, opening, user))
}
