import type { OrganizationId } from '../organizations/organization.ts'
import type { Eventually } from '../outcome.ts'
import type { Email, UserId } from '../users/user.ts'
import type { Invitation, InvitationId, InvitationState, Invited, Invitee } from './invitation.ts'

export interface InvitationReads {
  byId(id: InvitationId): Eventually<Invited | null>
  /** The user's invitation into the directory that is neither accepted nor revoked. */
  openOf(userId: UserId): Eventually<Invitation | null>
}

export interface InvitationLists {
  /** Newest first. */
  page(question: InvitationQuestion): Promise<{ items: readonly Invited[]; total: number }>
}

/** Null leaves nobody out. */
export interface InvitationQuestion {
  /** As of `atMs`. */
  readonly state: InvitationState | null
  /** Compared ignoring case, with the address that the user has, or had when they were deleted. */
  readonly email: Email | null
  /** Only of these organizations, and by the address to which they were sent. */
  readonly within: { readonly organizationIds: readonly OrganizationId[]; readonly address: string | null } | null
  readonly atMs: number
  readonly offset: number
  readonly limit: number
}

export type NewInvitation = Omit<Invitation, 'id' | 'acceptedAtMs' | 'revokedAtMs'>

/** What is kept besides of an invitation into an organization: a keyed digest of the address, and what was sent. */
export interface SentInto {
  readonly address: string
  readonly invitee: Invitee
}

/**
 * Whoever changes an invitation holds its user, and then the organization. When a user is saved who is pending no longer, their open invitation into
 * the directory is over with it: accepted if they are active, revoked otherwise. Those into organizations are revoked when the user is deleted.
 */
export interface InvitationStore extends InvitationReads {
  add(invitation: NewInvitation, sent?: SentInto): Promise<Invitation>
  /** The invitation of this address into the organization that is neither accepted nor revoked. */
  openInto(organizationId: OrganizationId, address: string): Eventually<Invitation | null>
  /** How many are neither accepted nor revoked. */
  countOpenInto(organizationId: OrganizationId): Eventually<number>
  /** Whether the user has any that is neither accepted nor revoked. */
  hasOpen(userId: UserId): Eventually<boolean>
  accept(id: InvitationId, atMs: number): Promise<void>
  revokeInto(organizationId: OrganizationId, atMs: number): Promise<void>
  renew(id: InvitationId, sent: Pick<Invitation, 'invitedBy' | 'sentAtMs' | 'expiresAtMs'>): Promise<void>
  revoke(id: InvitationId, atMs: number): Promise<void>
}
