import { limits } from '../limits.ts'
import { parseId } from '../users/names.ts'
import { type Parsed, parseText } from '../users/text.ts'
import type { User } from '../users/user.ts'

/** UUIDv7 in lower case. Minted by the directory or by `parseOrganizationId`. */
export type OrganizationId = string & { readonly brand: 'OrganizationId' }
/** Lower-case letters, digits and single hyphens between them. Minted by `parseSlug` or made of a name. */
export type Slug = string & { readonly brand: 'Slug' }

export const organizationRoles = ['admin', 'member'] as const
/** What somebody is in an organization; what they are in the directory is another matter. */
export type OrganizationRole = (typeof organizationRoles)[number]

export interface Organization {
  readonly id: OrganizationId
  /** Assigned once, never reused; in order of creation. */
  readonly number: number
  readonly name: string
  /** Nobody else's. */
  readonly slug: Slug
  /** Grows by one with each change of name or slug; who belongs to it is no part of it. */
  readonly version: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** An organization about to be added; the directory assigns the number. */
export type NewOrganization = Omit<Organization, 'number'>

/** That somebody belongs to an organization. It does not count while they are deleted, and counts again when they are restored. */
export interface Membership {
  readonly organization: Organization
  readonly role: OrganizationRole
  readonly sinceMs: number
}

/** Somebody who belongs to an organization, as its admins see them. */
export interface Member {
  readonly user: Pick<User, 'id' | 'number' | 'email' | 'firstName' | 'lastName' | 'status'>
  readonly role: OrganizationRole
  readonly sinceMs: number
}

export function parseOrganizationId(sent: string): Parsed<OrganizationId> {
  return parseId<OrganizationId>(sent)
}

export function parseOrganizationName(sent: string): Parsed<string> {
  const text = parseText(sent, limits.organizationNameLengthMax)
  return 'value' in text && text.value === '' ? { flaw: { flaw: 'blank' } } : text
}

export function parseSlug(sent: string): Parsed<Slug> {
  if (sent === '') return { flaw: { flaw: 'blank' } }
  const max = limits.organizationSlugLengthMax
  if (sent.length > max) return { flaw: { flaw: 'too_long', max, length: sent.length } }
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(sent) ? { value: sent as Slug } : { flaw: { flaw: 'bad_slug' } }
}
