import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { houseRule } from '../credentials/password-rule.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { addresseeOf, issueLink } from '../links/send-link.ts'
import { takesNotices } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { readNewUser } from './create-user.ts'
import { type Email, type NewUser, standIn } from './user.ts'

export interface RegistrationValues {
  email: string
  password: string
  firstName: string
  lastName: string
}

/**
 * Asks for an account: a pending user of role user, who is mailed a link that activates it. Whether the address is known already shows neither
 * in the answer nor in the work done for it: the password is hashed and as many rows are written in either case.
 */
export async function registerUser(
  core: Pick<Core, 'commit' | 'passwords' | 'linkTokens' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  form: Form<RegistrationValues>,
): Promise<Outcome<null, 'registration_closed' | 'invalid' | 'busy'>> {
  if (!core.policy.registrationIsOpen) return refuse({ code: 'registration_closed' })
  const reading = startReading(form.faults)
  const { user, password } = readNewUser(core, form.values, reading, houseRule, await core.passwords.common())
  reading.need('password', form.values.password)
  const { email } = user
  if (reading.faults.length > 0 || password === undefined || email === null) return invalid(reading.faults)
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  const request = core.linkTokens.requestName('verify_email', email)
  return core.commit('register-user', { actor, user: { ...user, email }, passwordHash: hashed.value, request })
}

export interface Registration {
  readonly actor: Actor
  readonly user: NewUser & { readonly email: Email }
  readonly passwordHash: string
  /** Under which the mail is counted. */
  readonly request: string
}

/**
 * Whoever has the address is written to instead, and keeps the password they have: if they are pending, they get their link once more. A
 * stranger's password is worth nothing without the link, and void once the link is followed with another. That somebody asked again is noted as often as it
 * is mailed: strangers fill neither a mailbox nor the record.
 */
export async function commitRegisterUser(
  transaction: Transaction,
  { actor, user, passwordHash, request }: Registration,
): Promise<Outcome<null, never>> {
  const { store, nowMs } = transaction
  const isHeeded = await store.links.countRequest(request, nowMs)
  const holder = await store.users.byClaim('email', user.email)
  const isAdded = await store.attempt(async (store) => {
    const added = await store.users.add(holder === null ? user : { ...user, email: standIn(user) })
    await store.credentials.setPassword(user.id, passwordHash, nowMs)
    return added.ok && holder === null
  })
  // Whoever was added is read as the holder was, so that neither takes more work than the other.
  const whose = holder ?? (await store.users.byId(user.id))
  await store.attempt(async (store) => {
    const transaction = { store, nowMs }
    const type = isAdded ? 'created' : 'registration_repeated'
    if (whose !== null) await record(transaction, actor, whose.id, type)
    return isAdded || isHeeded
  })
  const addressee = addresseeOf(whose, user.email)
  await store.attempt(async (store) => {
    const transaction = { store, nowMs }
    // Nobody is told of a link that is issued for somebody who has an account.
    const link = await issueLink(transaction, addressee, 'verify_email')
    const message = whose?.status === 'active' ? registeredAlready : ({ kind: 'verify_email', link } as const)
    await store.mail.add({ ...addressee, message, atMs: nowMs })
    return isHeeded && whose !== null && isWrittenTo(whose)
  })
  return grant(null)
}

const registeredAlready = { kind: 'already_registered' } as const

/** Whoever is pending asked for it, or is to be asked. */
function isWrittenTo(user: NewUser): boolean {
  return user.status === 'pending' || takesNotices(user)
}
