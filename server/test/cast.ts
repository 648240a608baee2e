import type { Role } from '../src/core/permissions.ts'
import { noParticulars } from '../src/core/users/create-user.ts'
import type { Email, NewUser, Status, User, UserId, Username } from '../src/core/users/user.ts'

/** One of the people that tests are about. Passwords are fixtures, good under the house's rule. */
export interface Member {
  readonly user: NewUser
  readonly password: string
}

export const startedAtMs = Date.parse('2026-01-05T09:00:00.000Z')

/** ada administers, grace is a user, linus only looks. Fixed ids, so that recorded exchanges can name them. */
export const cast = {
  ada: member(1, { firstName: 'Ada', lastName: 'Lovelace', role: 'admin' }, 'Analytical-Engine-1843'),
  grace: member(2, { firstName: 'Grace', lastName: 'Hopper', role: 'user' }, 'Nanosecond-Wire-1952'),
  linus: member(3, { firstName: 'Linus', lastName: 'Torvalds', role: 'viewer' }, 'Penguin-Bite-1991!'),
} as const

export type CastName = keyof typeof cast

function member(
  place: number,
  { firstName, lastName, role }: { firstName: string; lastName: string; role: Role },
  password: string,
): Member {
  const email = `${firstName.toLowerCase()}@example.com`
  return { user: person({ place, email, firstName, lastName, role }), password }
}

/** A user as the store takes one; `place` makes the id. */
export function person(facts: {
  place: number
  email?: string | null
  username?: string | null
  firstName?: string | null
  lastName?: string | null
  role?: Role
  status?: Status
  createdAtMs?: number
  particulars?: Partial<User['particulars']>
}): NewUser {
  const { place, email = `person${place}@example.com`, username = null } = facts
  const createdAtMs = facts.createdAtMs ?? startedAtMs
  return {
    id: `01900000-0000-7000-8000-${place.toString(16).padStart(12, '0')}` as UserId,
    email: email as Email | null,
    username: username as Username | null,
    firstName: facts.firstName ?? null,
    lastName: facts.lastName ?? null,
    role: facts.role ?? 'user',
    status: facts.status ?? 'active',
    emailVerified: true,
    version: 1,
    createdAtMs,
    updatedAtMs: createdAtMs,
    lastLoginAtMs: null,
    deletion: null,
    particulars: { ...noParticulars, ...facts.particulars },
  }
}
