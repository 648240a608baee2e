import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'
import { type Organization, parseOrganizationId } from './organization.ts'
import { mayAsMember } from './reach-organization.ts'

/** For whoever belongs to it, or manages organizations. */
export async function readOrganization(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Organization, 'not_allowed' | 'invalid' | 'organization_not_found'>> {
  if (!(await mayAsMember(directory, actor, 'organizations:manage', wanted)))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const id = parseOrganizationId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const organization = await directory.organizations.byId(id.value)
  return organization === null ? refuse({ code: 'organization_not_found' }) : grant(organization)
}
