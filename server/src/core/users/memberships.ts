import type { Reading } from '../form.ts'
import { limits } from '../limits.ts'
import {
  type OrganizationId,
  organizationRoles,
  parseOrganizationId,
  parseSlug,
} from '../organizations/organization.ts'
import type { ArrivingMembership } from './arrival.ts'
import { oneOf, parseInstant } from './values.ts'

/** An organization that somebody belongs to, by its id or its slug; if both are sent, by its id. */
export interface MembershipValues {
  readonly id?: string | undefined
  readonly slug?: string | undefined
  /** `member` unless said otherwise. */
  readonly role?: string | undefined
  readonly since?: string | undefined
}

/** The organizations that there are among those that were asked for. */
export interface OrganizationsKnown {
  readonly ids: ReadonlySet<string>
  readonly bySlug: ReadonlyMap<string, OrganizationId>
}

interface Around {
  readonly reading: Reading
  readonly organizations: OrganizationsKnown
  /** For whoever does not say since when. */
  readonly sinceMs: number
}

/** In order of the organizations' ids, so that no two transactions wait for each other in a circle. */
export function readMemberships(sent: readonly MembershipValues[], around: Around): ArrivingMembership[] {
  const { reading } = around
  const max = limits.organizationsPerUserMax
  if (sent.length > max) reading.add('organizations', { flaw: 'too_many', max })
  const memberships = new Map<OrganizationId, ArrivingMembership>()
  for (const [place, values] of sent.slice(0, max).entries()) {
    const membership = readMembership(values, `organizations.${place}`, around)
    if (membership === null) continue
    if (memberships.has(membership.organizationId)) reading.add(`organizations.${place}`, { flaw: 'repeated' })
    memberships.set(membership.organizationId, membership)
  }
  return [...memberships.values()].sort((one, other) => (one.organizationId < other.organizationId ? -1 : 1))
}

function readMembership(values: MembershipValues, field: string, around: Around): ArrivingMembership | null {
  const { reading, organizations } = around
  const role = reading.read(`${field}.role`, values.role, (text) => oneOf(organizationRoles, text)) ?? 'member'
  const sinceMs = reading.read(`${field}.since`, values.since, parseInstant) ?? around.sinceMs
  const id = reading.read(`${field}.id`, values.id, parseOrganizationId)
  const slug = reading.read(`${field}.slug`, values.slug, parseSlug)
  if (values.id === undefined && values.slug === undefined) {
    reading.add(field, { flaw: 'missing' })
    return null
  }
  if (id === undefined && slug === undefined) return null
  const known = id === undefined ? organizations.bySlug.get(slug ?? '') : idAmong(organizations, id)
  if (known === undefined) {
    reading.add(field, { flaw: 'unknown_organization' })
    return null
  }
  return { organizationId: known, role, sinceMs }
}

function idAmong({ ids }: OrganizationsKnown, id: OrganizationId): OrganizationId | undefined {
  return ids.has(id) ? id : undefined
}
