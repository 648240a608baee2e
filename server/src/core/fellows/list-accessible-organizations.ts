import type { Actor } from '../actor.ts'
import { limits } from '../limits.ts'
import type { Organization, OrganizationRole } from '../organizations/organization.ts'
import { grant, type Outcome } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import type { User } from '../users/user.ts'
import { findOwnOrMember } from './charge.ts'
import type { Wanted } from './sight.ts'

export interface Access {
  readonly organization: Pick<Organization, 'number' | 'name'>
  /** `directory_admin`: they may do there what they may do everywhere. */
  readonly role: OrganizationRole | 'directory_admin'
}

/**
 * Where somebody has access: an admin of the directory everywhere, others where they belong. Whoever asks about somebody else without seeing
 * everybody is told of the organizations that they have in common, and of no other.
 */
export async function listAccessibleOrganizations(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<readonly Access[], 'not_allowed' | 'user_not_found'>> {
  const found = await findOwnOrMember(directory, actor, wanted, 'organizations:manage')
  if (!found.ok) return found
  const user = found.value
  const accesses = user.role === 'admin' ? await everyAccess(directory) : await accessesOf(directory, user)
  if (may(actor, 'users:list') || actor.kind !== 'user' || actor.id === user.id) return grant(accesses)
  const own = new Set((await directory.members.ofUser(actor.id)).map(({ organization }) => organization.number))
  return grant(accesses.filter(({ organization }) => own.has(organization.number)))
}

async function accessesOf({ members }: Core['directory'], { id }: User): Promise<Access[]> {
  return (await members.ofUser(id)).map(({ organization, role }) => ({ organization, role }))
}

async function everyAccess({ organizations }: Core['directory']): Promise<Access[]> {
  const all: Access[] = []
  const limit = limits.organizationsReadAtOnce
  for (let offset = 0; offset < limits.accessibleOrganizationsMax; offset += limit) {
    const { items } = await organizations.page({ offset, limit })
    all.push(...items.map((organization) => ({ organization, role: 'directory_admin' }) as const))
    if (items.length < limit) break
  }
  return all
}
