import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { parseGivenPassword } from '../credentials/password-rule.ts'
import { type Proved, provePassword } from '../credentials/prove-password.ts'
import { type Form, invalid, startReading } from '../form.ts'
import type { LinkId } from '../links/link.ts'
import { addresseeOf, sendLink } from '../links/send-link.ts'
import { type Found, type LinkAndPasswordValues, spendLink } from '../links/spend-link.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, permissionsOf } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, inPerson, stillInPerson } from '../sessions/in-person.ts'
import { applyChanges, changedFields } from './changes.ts'
import { parseEmail } from './names.ts'
import { type Email, nobody, type User } from './user.ts'

export interface EmailChangeValues {
  email: string
  password: string
}

type Proving = Parameters<typeof provePassword>[0]
type RequestRefusal =
  | 'not_allowed'
  | 'not_in_person'
  | 'unauthenticated'
  | 'invalid'
  | 'too_many_guesses'
  | 'busy'
  | 'wrong_password'

/**
 * Asks for another address of one's own, which takes a session of one's own and the password. A link goes to the new address, and nothing
 * changes before it is followed. Whether somebody has the address already shows neither in the answer nor in the work.
 */
export async function requestEmailChange(
  core: Proving & Pick<Core, 'linkTokens'>,
  actor: Actor,
  form: Form<EmailChangeValues>,
): Promise<Outcome<null, RequestRefusal>> {
  if (!may(actor, 'users:update')) return refuse({ code: 'not_allowed', needs: 'users:update' })
  const person = inPerson(actor)
  if (person === null) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  reading.need('email', form.values.email)
  reading.need('password', form.values.password)
  const email = reading.read('email', form.values.email, parseEmail)
  const password = reading.read('password', form.values.password, parseGivenPassword)
  if (reading.faults.length > 0 || email === undefined || password === undefined) return invalid(reading.faults)
  const user = await core.directory.users.byId(person.id)
  if (user === null) return refuse({ code: 'unauthenticated', token: 'over' })
  const proved = await proveOwnPassword(core, actor, user, password)
  if (!proved.ok) return proved
  return core.commit('request-email-change', {
    person,
    verifiedHash: proved.value.verifiedHash,
    email,
    requests: [email, person.id].map((whose) => core.linkTokens.requestName('change_email', whose)),
  })
}

export interface EmailChangeRequest {
  readonly person: InPerson
  readonly verifiedHash: string
  readonly email: Email
  /** Under which it is counted: by the address, and by whoever asks, who could have others written to otherwise. */
  readonly requests: readonly string[]
}

export async function commitRequestEmailChange(
  transaction: Transaction,
  { person, verifiedHash, email, requests }: EmailChangeRequest,
): Promise<Outcome<null, 'unauthenticated' | 'wrong_password'>> {
  const { store, nowMs } = transaction
  const { actor, id } = person
  let isHeeded = true
  for (const name of requests) isHeeded = (await store.links.countRequest(name, nowMs)) && isHeeded
  const stands = await stillInPerson(transaction, person)
  if (!stands.ok) return stands
  const { user } = stands.value
  if ((await store.credentials.passwordHash(id)) !== verifiedHash) return refuse({ code: 'wrong_password' })
  const holder = (await store.users.byClaim('email', email)) ?? (await store.users.byId(nobody))
  const isFree = holder === null || holder.id === id
  await store.attempt(async (store) => {
    const transaction = { store, nowMs }
    await sendLink(transaction, { ...addresseeOf(null, email), userId: id }, 'change_email')
    await record(transaction, actor, id, 'email_change_requested')
    return isHeeded && isFree && email !== user.email
  })
  return grant(null)
}

export type ConfirmationRefusal = 'too_many_guesses' | 'busy' | 'wrong_password' | 'email_taken'

/** The link shows that somebody reads mail at the new address, the password that it is the user who wants it. */
export async function confirmEmailChange(
  core: Proving,
  actor: Actor,
  form: Form<LinkAndPasswordValues>,
  { link, user }: Found,
): Promise<Outcome<null, 'invalid' | 'link_over' | ConfirmationRefusal>> {
  const reading = startReading(form.faults)
  reading.need('password', form.values.password)
  const password = reading.read('password', form.values.password, parseGivenPassword)
  if (reading.faults.length > 0 || password === undefined) return invalid(reading.faults)
  const proved = await proveOwnPassword(core, actor, user, password)
  if (!proved.ok) return proved
  return core.commit('change-email', { actor, link: link.id, verifiedHash: proved.value.verifiedHash })
}

async function proveOwnPassword(
  core: Proving,
  actor: Actor,
  user: User,
  password: string,
): Promise<Outcome<Proved, 'too_many_guesses' | 'busy' | 'wrong_password'>> {
  const proved = await provePassword(core, actor, { name: null, user, password })
  if (proved.ok) return proved
  const { refusal } = proved
  return refuse(refusal.code === 'wrong_credentials' ? { code: 'wrong_password' } : refusal)
}

/** The old address is told. Sessions stay: whoever has one could not have done this without the password. */
export async function commitChangeEmail(
  transaction: Transaction,
  { actor, link, verifiedHash }: { actor: Actor; link: LinkId; verifiedHash: string },
): Promise<Outcome<null, 'link_over' | 'wrong_password' | 'email_taken'>> {
  const { store, nowMs } = transaction
  const spent = await spendLink(transaction, link, 'change_email')
  if (!spent.ok) return spent
  const { user, link: sent } = spent.value
  if (!permissionsOf[user.role].includes('users:update')) return refuse({ code: 'link_over' })
  if ((await store.credentials.passwordHash(user.id)) !== verifiedHash) return refuse({ code: 'wrong_password' })
  const applied = applyChanges(user, { email: sent.email })
  if (!applied.ok) throw new Error('an address that was parsed once is good for a user who has one')
  const changed: User = { ...applied.value, emailVerified: true, version: user.version + 1, updatedAtMs: nowMs }
  const saved = await store.users.save(user, changed)
  if (!saved.ok) return saved.refusal.code === 'email_taken' ? refuse(saved.refusal) : neverRefused()
  await record(transaction, actor, user.id, 'updated', { changed: changedFields(user, changed) })
  await record(transaction, actor, user.id, 'email_verified')
  const message = { kind: 'email_was_changed' } as const
  if (user.email !== null)
    await store.mail.add({ userId: user.id, to: user.email, name: user.firstName, message, atMs: nowMs })
  return grant(null)
}

function neverRefused(): never {
  throw new Error('another address claims no username and bars no admin')
}
