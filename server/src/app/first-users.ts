import { system } from '../core/actor.ts'
import { houseRule } from '../core/credentials/password-rule.ts'
import { form } from '../core/form.ts'
import type { Role } from '../core/permissions.ts'
import type { Core } from '../core/ports.ts'
import { createUser, noParticulars } from '../core/users/create-user.ts'
import type { Email, UserId } from '../core/users/user.ts'
import type { Settings } from './settings.ts'

/** The test users that the house contract documents for development, passwords and all: never in production. */
export const testUsers: readonly { email: string; password: string; role: Role; firstName: string }[] = [
  { email: 'admin@sudigital.com', password: 'admin123', role: 'admin', firstName: 'Admin' },
  { email: 'user@sudigital.com', password: 'user123', role: 'user', firstName: 'Regular' },
  { email: 'viewer@sudigital.com', password: 'viewer123', role: 'viewer', firstName: 'Viewer' },
]

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
  const flaws =
    refusal.code === 'invalid' ? refusal.faults.map(({ field, flaw }) => `${field} (${flaw})`).join(', ') : refusal.code
  throw new UserTrouble(`The first admin cannot be made from ADMIN_EMAIL and ADMIN_PASSWORD: ${flaws}.`)
}
