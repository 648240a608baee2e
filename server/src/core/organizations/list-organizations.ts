import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, mayReach, mayWhereAdmin } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { Membership, Organization } from './organization.ts'

/** All organizations for whoever manages them, for everybody else those that they belong to; in order of creation. */
export async function listOrganizations(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  form: Form<PageValues>,
): Promise<Outcome<Page<Organization>, 'not_allowed' | 'invalid'>> {
  if (!mayWhereAdmin(actor, 'organizations:manage'))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const reading = startReading(form.faults)
  const { page, limit } = readPage(form.values, reading, limits.organizationsPageSizeDefault)
  if (reading.faults.length > 0) return invalid(reading.faults)
  const offset = (page - 1) * limit
  if (may(actor, 'organizations:manage')) {
    return grant({ ...(await directory.organizations.page({ offset, limit })), page, limit })
  }
  const own = actor.kind === 'user' ? await directory.members.ofUser(actor.id) : []
  const items = own.slice(offset, offset + limit).map(({ organization }) => organization)
  return grant({ items, page, limit, total: own.length })
}

/** The organizations that somebody belongs to, with their role in each: one's own, or anybody's for an admin of the directory. */
export async function listOrganizationsOf(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
  form: Form<PageValues>,
): Promise<Outcome<Page<Membership>, 'not_allowed' | 'invalid' | 'user_not_found'>> {
  if (!mayReach(actor, 'users:read', wanted.toLowerCase())) return refuse({ code: 'not_allowed', needs: 'users:read' })
  const reading = startReading(form.faults)
  const id = reading.read('id', wanted, parseUserId)
  const { page, limit } = readPage(form.values, reading, limits.organizationsPageSizeDefault)
  if (reading.faults.length > 0 || id === undefined) return invalid(reading.faults)
  if ((await directory.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted })
  const all = await directory.members.ofUser(id)
  const offset = (page - 1) * limit
  return grant({ items: all.slice(offset, offset + limit), page, limit, total: all.length })
}
