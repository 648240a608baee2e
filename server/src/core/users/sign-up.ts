import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import type { PasswordRule } from '../credentials/password-rule.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { addresseeOf, sendLink } from '../links/send-link.ts'
import { type Outcome, refuse } from '../outcome.ts'
import type { Core, TakenCode, Transaction } from '../ports.ts'
import { readNewUser } from './create-user.ts'
import { addNamed, type NamePlan, planName } from './name-user.ts'
import type { Email, NewUser, User } from './user.ts'

export interface SignUpValues {
  email: string
  password: string
  firstName: string
  lastName: string
  username: string
}

type Refusals = 'registration_closed' | 'invalid' | 'busy' | TakenCode

/** What a contract asks of new users besides. */
export interface SignUpRules {
  readonly rule: PasswordRule
  /** Usernames that are not made of anybody's name. */
  readonly reserved: readonly string[]
}

/**
 * Makes a pending user for a stranger, who is shown the user they are: so that an address is known already cannot be hidden here. A link is mailed that
 * activates the account. Whoever sends no username is given one.
 */
export async function signUp(
  core: Pick<Core, 'commit' | 'passwords' | 'linkTokens' | 'clock' | 'ids' | 'policy' | 'toAscii'>,
  actor: Actor,
  form: Form<SignUpValues>,
  { rule, reserved }: SignUpRules,
): Promise<Outcome<User, Refusals>> {
  if (!core.policy.registrationIsOpen) return refuse({ code: 'registration_closed' })
  const reading = startReading(form.faults)
  const { user, password } = readNewUser(core, form.values, reading, rule, await core.passwords.common())
  reading.need('email', form.values.email)
  reading.need('password', form.values.password)
  const { email } = user
  if (reading.faults.length > 0 || password === undefined || email === null) return invalid(reading.faults)
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  const plan = user.username === null ? await planName(core, user, reserved) : null
  const request = core.linkTokens.requestName('verify_email', email)
  return core.commit('sign-up', { actor, user: { ...user, email }, plan, passwordHash: hashed.value, request })
}

export interface SigningUp {
  readonly actor: Actor
  readonly user: NewUser & { readonly email: Email }
  /** Null where they brought a username. */
  readonly plan: NamePlan | null
  readonly passwordHash: string
  /** Under which the mail is counted. */
  readonly request: string
}

/** The address is written to as often as strangers may have it written to, and no more. */
export async function commitSignUp(
  transaction: Transaction,
  { actor, user, plan, passwordHash, request }: SigningUp,
): Promise<Outcome<User, 'busy' | TakenCode>> {
  const { store, nowMs } = transaction
  const added = plan === null ? await store.users.add(user) : await addNamed(transaction, user, plan)
  if (!added.ok) return added
  await store.credentials.setPassword(user.id, passwordHash, nowMs)
  await record(transaction, actor, user.id, 'created')
  if (await store.links.countRequest(request, nowMs))
    await sendLink(transaction, addresseeOf(user, user.email), 'verify_email')
  return added
}
