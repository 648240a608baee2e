import type { Eventually, Outcome } from '../outcome.ts'
import type { UserId } from '../users/user.ts'
import type {
  Member,
  Membership,
  NewOrganization,
  Organization,
  OrganizationId,
  OrganizationRole,
} from './organization.ts'

export interface OrganizationReads {
  byId(id: OrganizationId): Eventually<Organization | null>
  byNumber(number: number): Eventually<Organization | null>
  bySlug(slug: string): Eventually<Organization | null>
}

export interface OrganizationLists {
  /** In order of creation. */
  page(question: PageQuestion): Promise<{ items: readonly Organization[]; total: number }>
}

export interface PageQuestion {
  readonly offset: number
  readonly limit: number
}

/** Inside a transaction `byId` holds the organization until the end: whoever changes it, or who belongs to it, holds it first. */
export interface OrganizationStore extends OrganizationReads {
  /** Null when somebody has the slug. */
  add(organization: NewOrganization): Promise<Organization | null>
  /** Adds one that had its id elsewhere, and perhaps its number, which it keeps if it is free; later numbers are greater. */
  arrive(
    organization: NewOrganization,
    number: number | null,
  ): Promise<Outcome<Organization, 'id_taken' | 'slug_taken'>>
  /** False when somebody has the slug. */
  save(before: Organization, after: Organization): Promise<boolean>
  /** With everybody's membership in it. */
  remove(organization: Organization): Promise<void>
}

/** What is asked of the database each time: nobody remembers who belongs where. Whoever is deleted belongs nowhere. */
export interface MemberReads {
  /** Null for whoever does not belong to it. */
  roleIn(organizationId: OrganizationId, userId: UserId): Eventually<OrganizationRole | null>
  /** All organizations that somebody belongs to, in order of creation; `limits.organizationsPerUserMax` at most. */
  ofUser(userId: UserId): Eventually<readonly Membership[]>
  /** Whether two belong to one organization. */
  areFellows(one: UserId, other: UserId): Eventually<boolean>
}

export interface MemberLists {
  /** Whoever has belonged to it longest comes first. */
  page(question: MemberQuestion): Promise<{ items: readonly Member[]; total: number }>
}

export interface MemberQuestion extends PageQuestion {
  readonly organizationId: OrganizationId
  /** Null leaves nobody out. */
  readonly role: OrganizationRole | null
}

/** Whoever writes holds the user, if at all, before the organization. */
export interface MemberStore extends MemberReads {
  /** Null for whoever does not belong to it, or is deleted. */
  one(organizationId: OrganizationId, userId: UserId): Eventually<Member | null>
  /** To how many organizations the user belongs. */
  count(userId: UserId): Eventually<number>
  /** Lets the user in, or changes their role. */
  put(member: {
    organizationId: OrganizationId
    userId: UserId
    role: OrganizationRole
    sinceMs: number
  }): Promise<void>
  remove(organizationId: OrganizationId, userId: UserId): Promise<void>
  /** Whether somebody else administers it who can sign in. */
  hasOtherAdmin(organizationId: OrganizationId, userId: UserId): Eventually<boolean>
}
