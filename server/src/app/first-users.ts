import { createHash } from 'node:crypto'
import { system } from '../core/actor.ts'
import { houseRule, type PasswordRule } from '../core/credentials/password-rule.ts'
import type { FactReads } from '../core/facts/ports.ts'
import { form } from '../core/form.ts'
import type { Role } from '../core/permissions.ts'
import type { Core, UserLists, UserReads } from '../core/ports.ts'
import type { Refusal } from '../core/refusals.ts'
import { createUser, noParticulars } from '../core/users/create-user.ts'
import { canonical } from '../core/users/text.ts'
import type { Email, UserId } from '../core/users/user.ts'
import type { Settings } from './settings.ts'

interface TestUser {
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly firstName: string
}

/** The test users that the house contract documents for development, passwords and all: never in production. The first is the admin. */
export const testUsers: readonly [TestUser, ...TestUser[]] = [
  { email: 'admin@sudigital.com', password: 'admin123', role: 'admin', firstName: 'Admin' },
  { email: 'user@sudigital.com', password: 'user123', role: 'user', firstName: 'Regular' },
  { email: 'viewer@sudigital.com', password: 'viewer123', role: 'viewer', firstName: 'Viewer' },
]

/** Addresses of admins whose first password stands in the documentation or in the settings. */
export function defaultAdmins({
  serviceModuleDefaultAdmin: made,
}: Pick<Settings, 'serviceModuleDefaultAdmin'>): Email[] {
  const documented = testUsers.flatMap(({ email, role }) => (role === 'admin' ? [email as Email] : []))
  return made === null ? documented : [...documented, made.email as Email]
}

/** The operator has to do something about the users before Roster can start. */
export class UserTrouble extends Error {
  override readonly name = 'UserTrouble'
}

/** Seeds the documented test users, past the password rule, into a directory that has never held anybody. */
export async function seedTestUsers(core: Core): Promise<void> {
  const people = await Promise.all(
    testUsers.map(async ({ email, password, role, firstName }) => {
      const hashed = await core.passwords.hash(password)
      if (!hashed.ok) throw new UserTrouble('the test users could not be seeded: no room to hash their passwords')
      const nowMs = core.clock()
      const user = {
        id: core.ids.next() as UserId,
        email: email as Email,
        username: null,
        firstName,
        lastName: 'User',
        role,
        status: 'active' as const,
        emailVerified: true,
        version: 1,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        lastLoginAtMs: null,
        deletion: null,
        particulars: noParticulars,
      }
      return { user, passwordHash: hashed.value }
    }),
  )
  await core.commit('add-people', { actor: system, people, onlyIfEmpty: true })
}

/** Production is no place for users whose passwords anybody can read in the documentation. */
export async function refuseTestUsers(core: Core): Promise<void> {
  for (const { email, password } of testUsers) {
    const user = await core.directory.users.byClaim('email', email)
    if (user?.status !== 'active') continue
    const verified = await core.passwords.verify(await core.directory.credentials.passwordHash(user.id), password)
    if (verified.ok && !verified.value) continue
    throw new UserTrouble(
      `${email} is active with its documented password. Change the password or deactivate the user before production.`,
    )
  }
}

/** Makes the admin that `ADMIN_EMAIL` and `ADMIN_PASSWORD` describe, in a directory that has no active admin. */
export async function ensureFirstAdmin(
  core: Core,
  settings: Pick<Settings, 'adminEmail' | 'adminPassword'>,
): Promise<void> {
  const { adminEmail: email, adminPassword: password } = settings
  if (email === null || password === null || (await core.directory.users.activeAdmins()) > 0) return
  const values = { email, password, role: 'admin', status: 'active' }
  const created = await createUser(core, system, form(values), houseRule)
  if (created.ok) return
  const { refusal } = created
  if (refusal.code === 'email_taken') {
    if ((await core.directory.users.activeAdmins()) > 0) return
    throw new UserTrouble('ADMIN_EMAIL belongs to a user who is no active admin: choose another, or promote them.')
  }
  throw new UserTrouble(`The first admin cannot be made from ADMIN_EMAIL and ADMIN_PASSWORD: ${flawsOf(refusal)}.`)
}

/** What an operator wrote into the settings is taken as it is, unless the house's rule is to hold everywhere. */
const anyPassword: PasswordRule = { lengthMin: 1, fourKinds: false, uncommon: false, impersonal: false }

/**
 * Makes the admin of `SERVICE_MODULE_DEFAULT_ADMIN` unless somebody has the address, whoever that is, or had it: who was deleted, or has another
 * address by now, stays so while another admin is active.
 */
export async function ensureDefaultAdmin(
  core: Core,
  { mounts, serviceModuleDefaultAdmin: login }: Pick<Settings, 'mounts' | 'serviceModuleDefaultAdmin'>,
): Promise<void> {
  if (login === null || mounts['service-module'] === null) return
  const { email, password } = login
  if (await isDefaultAdminDue(core.directory, email)) {
    const values = { email, password, role: 'admin', status: 'active', notifiedByEmail: false }
    const created = await createUser(core, system, form(values), anyPassword)
    if (!created.ok && created.refusal.code !== 'email_taken') {
      const flaws = flawsOf(created.refusal)
      throw new UserTrouble(`The default admin cannot be made from SERVICE_MODULE_DEFAULT_ADMIN: ${flaws}.`)
    }
  }
  if (!(await core.directory.facts.isNoted(heldBy(email)))) await core.commit('note-fact', { name: heldBy(email) })
}

/** Whether the next start makes them. */
export async function isDefaultAdminDue(
  { users, facts }: { users: UserReads & Pick<UserLists, 'activeAdmins'>; facts: FactReads },
  email: string,
): Promise<boolean> {
  if ((await users.byClaim('email', email)) !== null) return false
  const wasHeld = (await facts.isNoted(heldBy(email))) || (await users.wasHeldBefore(email))
  return !wasHeld || (await users.activeAdmins()) === 0
}

/** Outlasts whoever had the address, and does not tell it. */
function heldBy(email: string): string {
  return `default-admin:${createHash('sha256').update(canonical(email)).digest('base64url')}`
}

function flawsOf(refusal: Refusal): string {
  return refusal.code === 'invalid'
    ? refusal.faults.map(({ field, flaw }) => `${field} (${flaw})`).join(', ')
    : refusal.code
}
