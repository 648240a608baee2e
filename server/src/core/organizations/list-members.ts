import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import { oneOf } from '../users/values.ts'
import { type Member, organizationRoles, parseOrganizationId } from './organization.ts'
import { mayIn } from './reach-organization.ts'

export interface MemberListValues extends PageValues {
  role: string
}

/** A page of whoever belongs to an organization, for its admins; whoever has belonged to it longest comes first. */
export async function listMembers(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
  { values, faults }: Form<MemberListValues>,
): Promise<Outcome<Page<Member>, 'not_allowed' | 'invalid' | 'organization_not_found'>> {
  if (!(await mayIn(directory, actor, 'organizations:manage', wanted)))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const reading = startReading(faults)
  const organizationId = reading.read('id', wanted, parseOrganizationId)
  const { page, limit } = readPage(values, reading, limits.membersPageSizeDefault)
  const role = reading.read('role', values.role, (sent) => oneOf(organizationRoles, sent)) ?? null
  if (reading.faults.length > 0 || organizationId === undefined) return invalid(reading.faults)
  if ((await directory.organizations.byId(organizationId)) === null) return refuse({ code: 'organization_not_found' })
  const found = await directory.members.page({ organizationId, role, offset: (page - 1) * limit, limit })
  return grant({ ...found, page, limit })
}
