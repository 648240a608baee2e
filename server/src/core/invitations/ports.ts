import type { Eventually } from '../outcome.ts'
import type { Email, UserId } from '../users/user.ts'
import type { Invitation, InvitationId, InvitationState, Invited } from './invitation.ts'

export interface InvitationReads {
  byId(id: InvitationId): Eventually<Invited | null>
  /** The user's invitation that is neither accepted nor revoked. */
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
  readonly atMs: number
  readonly offset: number
  readonly limit: number
}

/**
 * Whoever changes an invitation holds its user. When a user is saved who is pending no longer, their open invitation is over with it: accepted if
 * they are active, revoked otherwise.
 */
export interface InvitationStore extends InvitationReads {
  add(invitation: Omit<Invitation, 'id' | 'acceptedAtMs' | 'revokedAtMs'>): Promise<Invitation>
  renew(id: InvitationId, sent: Pick<Invitation, 'invitedBy' | 'sentAtMs' | 'expiresAtMs'>): Promise<void>
  revoke(id: InvitationId, atMs: number): Promise<void>
}
