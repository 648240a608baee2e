import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { isExpired } from '../invitations/invitation.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseEmail } from '../users/names.ts'
import { type Email, nobody, type User } from '../users/user.ts'
import { addresseeOf, sendLink } from './send-link.ts'

export interface AddressValues {
  email: string
}

/** What a stranger may have mailed to somebody. */
type Requestable = 'verify_email' | 'reset_password'

/**
 * Has a link mailed to whoever has the address, if there is anybody to whom it is of use, and not too often. What becomes of it shows neither
 * in the answer nor in the work: as many rows are written, and taken back where nothing is to be sent.
 */
export async function requestLink(
  core: Pick<Core, 'commit' | 'linkTokens' | 'policy'>,
  actor: Actor,
  form: Form<AddressValues>,
  purpose: Requestable,
): Promise<Outcome<null, 'invalid'>> {
  const reading = startReading(form.faults)
  reading.need('email', form.values.email)
  const email = reading.read('email', form.values.email, parseEmail)
  if (reading.faults.length > 0 || email === undefined) return invalid(reading.faults)
  const request = core.linkTokens.requestName(purpose, email)
  return core.commit('request-link', { actor, email, purpose, request, isOpen: core.policy.registrationIsOpen })
}

export interface LinkRequest {
  readonly actor: Actor
  readonly email: Email
  readonly purpose: Requestable
  /** Under which it is counted. */
  readonly request: string
  /** Whether whoever was not invited may have an account. */
  readonly isOpen: boolean
}

export async function commitRequestLink(
  { store, nowMs }: Transaction,
  { actor, email, purpose, request, isOpen }: LinkRequest,
): Promise<Outcome<null, never>> {
  const isHeeded = await store.links.countRequest(request, nowMs)
  const user = (await store.users.byClaim('email', email)) ?? (await store.users.byId(nobody))
  const addressee = addresseeOf(user, email)
  const cameTooLate = isExpired(await store.invitations.openOf(addressee.userId), nowMs)
  await store.attempt(async (store) => {
    const transaction = { store, nowMs }
    await sendLink(transaction, addressee, purpose)
    const type = purpose === 'verify_email' ? 'verification_requested' : 'reset_requested'
    await record(transaction, actor, addressee.userId, type)
    return isHeeded && user !== null && isOfUse[purpose](user) && (isOpen || !cameTooLate)
  })
  return grant(null)
}

/** Whoever has yet to prove their address may do so by setting a password, too. */
const isOfUse: Readonly<Record<Requestable, (user: User) => boolean>> = {
  verify_email: ({ status, emailVerified }) => status === 'pending' || (status === 'active' && !emailVerified),
  reset_password: ({ status }) => status !== 'inactive',
}
