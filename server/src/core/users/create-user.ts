import { recordOfAll } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type PasswordRule, parseNewPassword, ruleInForce } from '../credentials/password-rule.ts'
import { type Form, invalid, type Reading, startReading } from '../form.ts'
import { sendLink } from '../links/send-link.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, TakenCode, Transaction } from '../ports.ts'
import { parseEmail, parseUsername } from './names.ts'
import { defaultPreferences, type Email, type NewUser, type Particulars, type User, type UserId } from './user.ts'
import { parseName, parseRole, parseStatus, parseUrl } from './values.ts'

/** What a new user may come with. Which of them are required is the contract's to say; an e-mail or a username always is. */
export interface NewUserValues {
  email: string
  username: string
  password: string
  firstName: string
  lastName: string
  role: string
  status: string
  avatar: string
  redirectUri: string
  /** Whether mail may be sent that the person did not ask for; so unless said otherwise. */
  notifiedByEmail: boolean
}

type Needs = Pick<Core, 'commit' | 'passwords' | 'clock' | 'ids' | 'policy'>

/** Adds a user: pending and of role user unless the form says otherwise, without a password if none is sent. */
export async function createUser(
  core: Needs,
  actor: Actor,
  form: Form<NewUserValues>,
  rule: PasswordRule,
): Promise<Outcome<User, 'not_allowed' | 'invalid' | 'busy' | TakenCode>> {
  const draft = await draftUser(core, actor, form, rule)
  if (!draft.ok) return draft
  const hashed = await hashDraft(core, draft.value)
  return hashed.ok ? core.commit('create-user', hashed.value) : hashed
}

/** A user to be, whose password is still to be hashed. */
export interface UserDraft {
  readonly actor: Actor
  readonly user: NewUser
  readonly password: string | null
}

export async function draftUser(
  core: Omit<Needs, 'commit'>,
  actor: Actor,
  form: Form<NewUserValues>,
  rule: PasswordRule,
): Promise<Outcome<UserDraft, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'users:create')) return refuse({ code: 'not_allowed', needs: 'users:create' })
  const givesRole = (form.values.role ?? 'user') !== 'user'
  if (givesRole && !may(actor, 'users:roles')) return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const reading = startReading(form.faults)
  const { user, password = null } = readNewUser(core, form.values, reading, rule, await core.passwords.common())
  return reading.faults.length > 0 ? invalid(reading.faults) : grant({ actor, user, password })
}

export async function hashDraft(
  { passwords }: Pick<Needs, 'passwords'>,
  { actor, user, password }: UserDraft,
): Promise<Outcome<Creation, 'busy'>> {
  if (password === null) return grant({ actor, user, passwordHash: null })
  const hashed = await passwords.hash(password)
  return hashed.ok ? grant({ actor, user, passwordHash: hashed.value }) : hashed
}

export interface Creation {
  readonly actor: Actor
  readonly user: NewUser
  readonly passwordHash: string | null
}

export async function commitCreateUser(
  transaction: Transaction,
  { actor, user, passwordHash }: Creation,
): Promise<Outcome<User, TakenCode>> {
  const { store, nowMs } = transaction
  const added = await store.users.add(user)
  if (!added.ok) return added
  if (passwordHash !== null) await store.credentials.setPassword(user.id, passwordHash, nowMs)
  await welcome(transaction, actor, user)
  return grant(added.value)
}

/** Writes down that somebody was added, and lets them know if it takes them to be more than pending. */
export function welcome(transaction: Transaction, actor: Actor, user: NewUser): Promise<void> {
  return welcomeAll(transaction, actor, [user])
}

export async function welcomeAll(transaction: Transaction, actor: Actor, users: readonly NewUser[]): Promise<void> {
  const ids = users.map(({ id }) => id)
  await recordOfAll(transaction, actor, ids, 'created')
  for (const user of users)
    if (isToProve(user))
      await sendLink(transaction, { userId: user.id, to: user.email, name: user.firstName }, 'verify_email')
}

/** Whoever is made pending hears of it, unless they are to be sent nothing that they did not ask for. */
export function isToProve(user: NewUser): user is NewUser & { readonly email: Email } {
  return user.status === 'pending' && user.email !== null && user.particulars.preferences.notifications.email
}

/** The user that the values describe; meaningless when the reading ends with faults. */
export function readNewUser(
  core: Pick<Needs, 'clock' | 'ids' | 'policy'>,
  values: Partial<NewUserValues>,
  reading: Reading,
  rule: PasswordRule,
  isCommon: (password: string) => boolean,
): { user: NewUser; password: string | undefined } {
  const email = reading.read('email', values.email, parseEmail) ?? null
  const username = reading.read('username', values.username, (sent) => parseUsername(sent, email)) ?? null
  if (values.username === undefined) reading.need('email', values.email)
  const firstName = reading.read('firstName', values.firstName, parseName) ?? null
  const lastName = reading.read('lastName', values.lastName, parseName) ?? null
  const password = reading.read('password', values.password, (sent) =>
    parseNewPassword(sent, ruleInForce(rule, core.policy), { email, username, firstName, lastName }, isCommon),
  )
  const nowMs = core.clock()
  const user: NewUser = {
    id: core.ids.next() as UserId,
    email,
    username,
    firstName,
    lastName,
    role: reading.read('role', values.role, parseRole) ?? 'user',
    status: reading.read('status', values.status, parseStatus) ?? 'pending',
    emailVerified: false,
    version: 1,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    lastLoginAtMs: null,
    deletion: null,
    particulars: {
      ...noParticulars,
      avatar: reading.read('avatar', values.avatar, parseUrl) ?? null,
      redirectUri: reading.read('redirectUri', values.redirectUri, parseUrl) ?? null,
      preferences: values.notifiedByEmail === false ? withoutMail : defaultPreferences,
    },
  }
  return { user, password }
}

const withoutMail = { ...defaultPreferences, notifications: { ...defaultPreferences.notifications, email: false } }

export const noParticulars: Particulars = {
  avatar: null,
  redirectUri: null,
  profile: {},
  preferences: defaultPreferences,
  attributes: {},
}
