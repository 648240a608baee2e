import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { guessesAtCode } from '../credentials/guessed-at.ts'
import { lockIfLast } from '../credentials/lock-account.ts'
import type { HalfSignIn } from '../factors/challenge.ts'
import { type Code, readCode } from '../factors/code.ts'
import type { FactorId, KeptFactor } from '../factors/factor.ts'
import type { PasskeySignatureAnswer } from '../factors/ports.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Guess, Transaction } from '../ports.ts'
import type { User, UserId } from '../users/user.ts'
import { actedBy, type OpenedSession, type Opening, openSession, prepareSession, signOpened } from './open-session.ts'

export interface CodeValues {
  challengeId: string
  /** Of an authenticator app, or a recovery code. */
  code: string
}

/** Finishes a sign-in by a code. Wrong ones are counted, for the half sign-in and for the account, before any is looked at. */
export async function finishSignInByCode(
  core: Core,
  actor: Actor,
  form: Form<CodeValues>,
): Promise<Outcome<OpenedSession, 'invalid' | 'challenge_over' | 'too_many_guesses' | 'wrong_code'>> {
  const reading = startReading(form.faults)
  const { challengeId, code } = form.values
  reading.need('challengeId', challengeId)
  reading.need('code', code)
  if (reading.faults.length > 0 || challengeId === undefined || code === undefined) return invalid(reading.faults)

  const attempt = await beginAttempt(core, challengeId)
  if (!attempt.ok) return attempt
  const { half } = attempt.value
  const guess = await core.guesses.begin([guessesAtCode(half.userId)], actor.origin.ip)
  if (!guess.ok) return guess
  const proof = await proofByCode(core, attempt.value, readCode(code))
  const finished = proof && (await finish(core, actor, attempt.value, proof))
  if (finished !== null) {
    await (finished.ok ? guess.value.forgive() : guess.value.withdraw())
    return finished
  }
  core.later(noteWrong(core, actor, guess.value, half.userId))
  return refuse({ code: 'wrong_code', while: 'signing_in' })
}

async function noteWrong(core: Pick<Core, 'commit'>, actor: Actor, guess: Guess, id: UserId): Promise<void> {
  await core.commit('record-sign-in-failure', { actor, id })
  await lockIfLast(core, actor, guess, { id, told: 'codes_locked' })
}

/** Finishes a sign-in by a passkey of the user who began it. */
export async function finishSignInByPasskey(
  core: Core,
  actor: Actor,
  challengeId: string,
  answer: PasskeySignatureAnswer,
): Promise<Outcome<OpenedSession, 'challenge_over' | 'wrong_passkey'>> {
  const attempt = await beginAttempt(core, challengeId)
  if (!attempt.ok) return attempt
  const { half, factors } = attempt.value
  const proof = await proofByPasskey(core, challengeId, half.userId, factors, answer)
  const finished = proof && (await finish(core, actor, attempt.value, proof))
  if (finished !== null) return finished
  core.later(core.commit('record-sign-in-failure', { actor, id: half.userId }))
  return refuse({ code: 'wrong_passkey', while: 'signing_in' })
}

/** One attempt at the second step, counted. */
interface Attempt {
  readonly digest: string
  readonly half: HalfSignIn
  /** The confirmed ones. */
  readonly factors: readonly KeptFactor[]
}

async function beginAttempt(
  core: Pick<Core, 'commit' | 'secrets'>,
  challengeId: string,
): Promise<Outcome<Attempt, 'challenge_over'>> {
  const digest = core.secrets.digest('challenge', challengeId)
  const counted = await core.commit('count-second-step', { digest })
  return counted.ok ? grant({ digest, ...counted.value }) : counted
}

export async function commitCountSecondStep(
  { store, nowMs }: Transaction,
  { digest }: { digest: string },
): Promise<Outcome<Omit<Attempt, 'digest'>, 'challenge_over'>> {
  const half = await store.challenges.attempt(digest, nowMs, limits.secondStepAttemptsMax)
  if (half?.purpose !== 'half_sign_in') return refuse({ code: 'challenge_over' })
  const kept = await store.factors.keptOf(half.userId)
  return grant({ half, factors: kept.filter(({ factor }) => factor.confirmedAtMs !== null) })
}

/** What was verified, and has yet to be used up. */
type Proof =
  | { readonly kind: 'totp'; readonly id: FactorId; readonly step: number }
  | { readonly kind: 'passkey'; readonly id: FactorId; readonly signCount: number }
  | { readonly kind: 'recovery_code'; readonly digest: string }

async function proofByCode(
  { totp, secrets, clock }: Pick<Core, 'totp' | 'secrets' | 'clock'>,
  { half, factors }: Attempt,
  code: Code,
): Promise<Proof | null> {
  if (code?.kind === 'recovery_code')
    return { kind: 'recovery_code', digest: secrets.digest(`recovery code of ${half.userId}`, code.text) }
  const app = factors.find((kept) => kept.kind === 'totp')
  if (code === null || app === undefined) return null
  const step = await totp.stepOf(app.secret, code.text, clock())
  return step === null ? null : { kind: 'totp', id: app.factor.id, step }
}

async function proofByPasskey(
  { passkeys }: Pick<Core, 'passkeys'>,
  challengeId: string,
  owner: UserId,
  factors: readonly KeptFactor[],
  answer: PasskeySignatureAnswer,
): Promise<Proof | null> {
  const kept = factors.find((one) => one.kind === 'passkey' && one.passkey.credentialId === answer.id)
  if (kept?.kind !== 'passkey') return null
  const signCount = await passkeys.verifySignature(challengeId, answer, { passkey: kept.passkey, owner, alone: false })
  return signCount === null ? null : { kind: 'passkey', id: kept.factor.id, signCount }
}

/** Null when what was verified had been used up before. */
async function finish(
  core: Pick<Core, 'commit' | 'tokens' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  { digest, half }: Attempt,
  proof: Proof,
): Promise<Outcome<OpenedSession, 'challenge_over'> | null> {
  const prepared = prepareSession(core, actor, half.userId)
  const finished = await core.commit('finish-sign-in', { opening: prepared.opening, digest, proof })
  if (finished.ok) return grant(await signOpened(core, prepared, finished.value))
  return finished.refusal.code === 'challenge_over' ? refuse({ code: 'challenge_over' }) : null
}

/**
 * Uses up the half sign-in and the code together, or neither. The half sign-in is void if the user was deactivated, deleted, or given another
 * password in between; a factor that was removed proves nothing any more.
 */
export async function commitFinishSignIn(
  transaction: Transaction,
  { opening, digest, proof }: { opening: Opening; digest: string; proof: Proof },
): Promise<Outcome<User, 'challenge_over' | 'wrong_code'>> {
  const { store, nowMs } = transaction
  const { userId, id: sessionId } = opening.session
  const user = await store.users.byId(userId)
  const half = await store.challenges.take(digest, nowMs)
  const isStanding = half?.purpose === 'half_sign_in' && half.userId === userId
  if (!isStanding || user?.status !== 'active') return refuse({ code: 'challenge_over' })
  if ((await store.credentials.passwordHash(userId)) !== half.verifiedHash) return refuse({ code: 'challenge_over' })
  if (!(await useUp(transaction, userId, proof))) return refuse({ code: 'wrong_code', while: 'signing_in' })
  if (proof.kind === 'recovery_code')
    await record(transaction, actedBy(opening.actor, user, sessionId), userId, 'recovery_code_used')
  return grant(await openSession(transaction, opening, user))
}

async function useUp({ store, nowMs }: Transaction, userId: UserId, proof: Proof): Promise<boolean> {
  switch (proof.kind) {
    case 'totp':
      return store.factors.useTotp(proof.id, proof.step, nowMs)
    case 'passkey':
      return store.factors.usePasskey(proof.id, proof.signCount, nowMs)
    case 'recovery_code':
      return store.factors.useRecoveryCode(userId, proof.digest, nowMs)
  }
}
