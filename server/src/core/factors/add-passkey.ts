import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { parseGivenPassword } from '../credentials/password-rule.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, inPerson, stillInPerson } from '../sessions/in-person.ts'
import { signInName, type User } from '../users/user.ts'
import type { Challenge, PasskeyCreation } from './challenge.ts'
import type { Factor, FactorId, Passkey } from './factor.ts'
import { parseFactorName } from './factor-name.ts'
import { ownerProved, provePasswordAgain } from './fresh-proof.ts'
import type { PasskeyCreationAnswer, PasskeyCreationOptions } from './ports.ts'
import { type AddedFactor, firstFactor, newRecoveryCodes } from './recovery-codes.ts'

export interface PasskeyOfferValues {
  currentPassword: string
}

type OfferRefusal =
  | 'not_in_person'
  | 'invalid'
  | 'unauthenticated'
  | 'too_many_guesses'
  | 'busy'
  | 'wrong_current_password'
  | 'proof_needed'
  | 'too_many_passkeys'
  | 'passkeys_impossible'

/** What a browser needs to make a passkey for the caller. */
export async function offerPasskey(
  core: Core,
  actor: Actor,
  form: Form<PasskeyOfferValues>,
): Promise<Outcome<PasskeyCreationOptions, OfferRefusal>> {
  const owner = inPerson(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  const password = reading.read('currentPassword', form.values.currentPassword, parseGivenPassword)
  if (reading.faults.length > 0) return invalid(reading.faults)
  const { trouble } = core.passkeys
  if (trouble !== null) return refuse({ code: 'passkeys_impossible', because: trouble })

  const proved = await provePasswordAgain(core, owner, password)
  if (!proved.ok) return proved
  const challengeId = core.secrets.newChallengeId()
  const offered = await core.commit('offer-passkey', {
    owner,
    verifiedHash: proved.value,
    digest: core.secrets.digest('challenge', challengeId),
    expiresAtMs: core.clock() + limits.challengeMs,
  })
  if (!offered.ok) return offered
  const { user, known } = offered.value
  const displayName = [user.firstName, user.lastName].filter((name) => name !== null).join(' ')
  return grant(core.passkeys.toCreate(challengeId, { id: user.id, name: signInName(user), displayName }, known))
}

export async function commitOfferPasskey(
  transaction: Transaction,
  question: { owner: InPerson; verifiedHash: string | null; digest: string; expiresAtMs: number },
): Promise<
  Outcome<{ user: User; known: readonly Passkey[] }, 'unauthenticated' | 'proof_needed' | 'too_many_passkeys'>
> {
  const { store } = transaction
  const { owner, verifiedHash, digest, expiresAtMs } = question
  const user = await ownerProved(transaction, owner, verifiedHash)
  if (!user.ok) return user
  const known = await passkeysOf(transaction, owner)
  if (known.length >= limits.passkeysPerUserMax)
    return refuse({ code: 'too_many_passkeys', max: limits.passkeysPerUserMax })
  const challenge: PasskeyCreation = { purpose: 'passkey_creation', userId: owner.id, sessionId: owner.sessionId }
  await store.challenges.add(digest, challenge, expiresAtMs)
  return grant({ user: user.value, known })
}

async function passkeysOf({ store }: Transaction, { id }: InPerson): Promise<readonly Passkey[]> {
  const kept = await store.factors.keptOf(id)
  return kept.flatMap((one) => (one.kind === 'passkey' ? [one.passkey] : []))
}

export interface NewPasskeyValues {
  name: string
  credential: PasskeyCreationAnswer
}

/** Keeps a passkey that a browser has just made, in the session for which it was offered. It guards the account from here on. */
export async function addPasskey(
  core: Core,
  actor: Actor,
  form: Form<NewPasskeyValues>,
): Promise<
  Outcome<
    AddedFactor,
    'not_in_person' | 'invalid' | 'unauthenticated' | 'challenge_over' | 'wrong_passkey' | 'too_many_passkeys'
  >
> {
  const owner = inPerson(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  const { credential } = form.values
  reading.need('credential', credential)
  const name = reading.read('name', form.values.name ?? 'Passkey', parseFactorName)
  if (reading.faults.length > 0 || credential === undefined || name === undefined) return invalid(reading.faults)

  const challenge = core.passkeys.challengeIn(credential) ?? ''
  const digest = core.secrets.digest('challenge', challenge)
  const taken = await core.commit('take-challenge', { digest, purpose: 'passkey_creation' })
  if (!taken.ok) return taken
  if (!isOfferedTo(owner, taken.value)) return refuse({ code: 'challenge_over' })
  const passkey = await core.passkeys.verifyCreation(challenge, credential)
  if (passkey === null) return refuse({ code: 'wrong_passkey', while: 'enrolling' })
  const nowMs = core.clock()
  const factor: Factor = {
    id: core.ids.next() as FactorId,
    userId: owner.id,
    kind: 'passkey',
    name,
    createdAtMs: nowMs,
    confirmedAtMs: nowMs,
    lastUsedAtMs: null,
  }
  const { codes, digests } = newRecoveryCodes(core, owner.id)
  const credentialDigest = core.secrets.digest('passkey', passkey.credentialId)
  const added = await core.commit('add-passkey', { owner, factor, passkey, credentialDigest, digests })
  return added.ok ? grant({ factor, recoveryCodes: added.value.isFirst ? codes : null }) : added
}

function isOfferedTo({ id, sessionId }: InPerson, challenge: Challenge): boolean {
  return challenge.purpose === 'passkey_creation' && challenge.userId === id && challenge.sessionId === sessionId
}

interface NewPasskey {
  readonly owner: InPerson
  readonly factor: Factor
  readonly passkey: Passkey
  readonly credentialDigest: string
  /** Of the recovery codes, should this be the first factor. */
  readonly digests: readonly string[]
}

export async function commitAddPasskey(
  transaction: Transaction,
  { owner, factor, passkey, credentialDigest, digests }: NewPasskey,
): Promise<Outcome<{ isFirst: boolean }, 'unauthenticated' | 'wrong_passkey' | 'too_many_passkeys'>> {
  const { store } = transaction
  const stands = await stillInPerson(transaction, owner)
  if (!stands.ok) return stands
  const isFirst = !(await store.factors.guards(owner.id))
  if ((await passkeysOf(transaction, owner)).length >= limits.passkeysPerUserMax)
    return refuse({ code: 'too_many_passkeys', max: limits.passkeysPerUserMax })
  if (!(await store.factors.addPasskey(factor, passkey, credentialDigest)))
    return refuse({ code: 'wrong_passkey', while: 'enrolling' })
  await record(transaction, owner.actor, owner.id, 'factor_added', { changed: ['passkey'] })
  if (isFirst) await firstFactor(transaction, owner, digests)
  await tellOwner(transaction, stands.value.user, {
    kind: 'factor_added',
    factor: 'passkey',
    ip: owner.actor.origin.ip,
  })
  return grant({ isFirst })
}
