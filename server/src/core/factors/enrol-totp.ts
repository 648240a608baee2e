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
import { readCode } from './code.ts'
import type { Factor, FactorId } from './factor.ts'
import { parseFactorName } from './factor-name.ts'
import { ownerProved, provePasswordAgain } from './fresh-proof.ts'
import type { TotpHandover } from './ports.ts'
import { type AddedFactor, firstFactor, newRecoveryCodes } from './recovery-codes.ts'

export interface TotpEnrolmentValues {
  name: string
  currentPassword: string
}

/** The one time that anybody is told the secret. */
export interface TotpEnrolment extends TotpHandover {
  readonly factor: Factor
  /** Base32. */
  readonly secret: string
}

type EnrolmentRefusal =
  | 'not_in_person'
  | 'invalid'
  | 'unauthenticated'
  | 'too_many_guesses'
  | 'busy'
  | 'wrong_current_password'
  | 'proof_needed'
  | 'totp_enrolled'

/** Begins to set up an authenticator app, in place of one that was begun before. It guards nothing until `confirmTotp`. */
export async function enrolTotp(
  core: Core,
  actor: Actor,
  form: Form<TotpEnrolmentValues>,
): Promise<Outcome<TotpEnrolment, EnrolmentRefusal>> {
  const owner = inPerson(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  const name = reading.read('name', form.values.name ?? 'Authenticator app', parseFactorName)
  const password = reading.read('currentPassword', form.values.currentPassword, parseGivenPassword)
  if (reading.faults.length > 0 || name === undefined) return invalid(reading.faults)

  const proved = await provePasswordAgain(core, owner, password)
  if (!proved.ok) return proved
  const secret = await core.totp.newSecret()
  const factor: Factor = {
    id: core.ids.next() as FactorId,
    userId: owner.id,
    kind: 'totp',
    name,
    createdAtMs: core.clock(),
    confirmedAtMs: null,
    lastUsedAtMs: null,
  }
  const enrolled = await core.commit('enrol-totp', { owner, verifiedHash: proved.value, factor, secret })
  if (!enrolled.ok) return enrolled
  return grant({ factor, secret, ...(await core.totp.handover(secret, signInName(enrolled.value))) })
}

export async function commitEnrolTotp(
  transaction: Transaction,
  { owner, verifiedHash, factor, secret }: TotpEnrolmentWanted,
): Promise<Outcome<User, 'unauthenticated' | 'proof_needed' | 'totp_enrolled'>> {
  const user = await ownerProved(transaction, owner, verifiedHash)
  if (!user.ok) return user
  const isAdded = await transaction.store.factors.addTotp(factor, secret)
  return isAdded ? user : refuse({ code: 'totp_enrolled' })
}

interface TotpEnrolmentWanted {
  readonly owner: InPerson
  readonly verifiedHash: string | null
  readonly factor: Factor
  readonly secret: string
}

export interface ConfirmationValues {
  code: string
}

/** Shows that the app makes the right codes. */
export async function confirmTotp(
  core: Core,
  actor: Actor,
  form: Form<ConfirmationValues>,
): Promise<Outcome<AddedFactor, 'not_in_person' | 'invalid' | 'unauthenticated' | 'factor_not_found' | 'wrong_code'>> {
  const owner = inPerson(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  reading.need('code', form.values.code)
  if (reading.faults.length > 0 || form.values.code === undefined) return invalid(reading.faults)

  const kept = (await core.directory.factors.keptOf(owner.id)).find((one) => one.kind === 'totp')
  const nowMs = core.clock()
  if (kept === undefined || kept.factor.confirmedAtMs !== null) return refuse({ code: 'factor_not_found' })
  if (kept.factor.createdAtMs + limits.enrolmentMs < nowMs) return refuse({ code: 'factor_not_found' })
  const code = readCode(form.values.code)
  const step = code?.kind === 'totp' ? await core.totp.stepOf(kept.secret, code.text, nowMs) : null
  if (step === null) return refuse({ code: 'wrong_code', while: 'enrolling' })
  const { codes, digests } = newRecoveryCodes(core, owner.id)
  const confirmed = await core.commit('confirm-totp', { owner, factor: kept.factor, step, digests })
  if (!confirmed.ok) return confirmed
  const { factor, isFirst } = confirmed.value
  return grant({ factor, recoveryCodes: isFirst ? codes : null })
}

export async function commitConfirmTotp(
  transaction: Transaction,
  { owner, factor, step, digests }: { owner: InPerson; factor: Factor; step: number; digests: readonly string[] },
): Promise<Outcome<{ factor: Factor; isFirst: boolean }, 'unauthenticated' | 'factor_not_found'>> {
  const { store, nowMs } = transaction
  const stands = await stillInPerson(transaction, owner)
  if (!stands.ok) return stands
  const isFirst = !(await store.factors.guards(owner.id))
  if (!(await store.factors.confirmTotp(factor.id, step, nowMs))) return refuse({ code: 'factor_not_found' })
  await record(transaction, owner.actor, owner.id, 'factor_added', { changed: ['totp'] })
  if (isFirst) await firstFactor(transaction, owner, digests)
  await tellOwner(transaction, stands.value.user, { kind: 'factor_added', factor: 'totp', ip: owner.actor.origin.ip })
  return grant({ factor: { ...factor, confirmedAtMs: nowMs, lastUsedAtMs: nowMs }, isFirst })
}
