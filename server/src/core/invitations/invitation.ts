import { invalid } from '../form.ts'
import { grant, type Outcome } from '../outcome.ts'
import { parseUserId } from '../users/names.ts'
import type { User, UserId } from '../users/user.ts'

/** UUIDv7. */
export type InvitationId = string & { readonly brand: 'InvitationId' }

export const invitationStates = ['pending', 'accepted', 'expired', 'revoked'] as const
export type InvitationState = (typeof invitationStates)[number]

/**
 * That somebody was asked to choose a password for an account that is ready for them. It is open while it is neither accepted nor revoked, and
 * then its user is pending; a user has one open invitation at most.
 */
export interface Invitation {
  readonly id: InvitationId
  readonly userId: UserId
  /** The user was made for it, and is not to stay without it. */
  readonly madeUser: boolean
  /** Who sent it last; null for the system. */
  readonly invitedBy: UserId | null
  readonly createdAtMs: number
  readonly sentAtMs: number
  readonly expiresAtMs: number
  readonly acceptedAtMs: number | null
  readonly revokedAtMs: number | null
}

/** Who was invited stands in the user's record and nowhere else. */
export type Invitee = Pick<User, 'email' | 'firstName' | 'lastName' | 'role'>

export interface Invited {
  readonly invitation: Invitation
  readonly invitee: Invitee
}

export function stateOf({ acceptedAtMs, revokedAtMs, expiresAtMs }: Invitation, nowMs: number): InvitationState {
  if (acceptedAtMs !== null) return 'accepted'
  if (revokedAtMs !== null) return 'revoked'
  return expiresAtMs > nowMs ? 'pending' : 'expired'
}

/** Whether what somebody has is an invitation that nobody accepted in time. */
export function isExpired(open: Invitation | null, nowMs: number): boolean {
  return open !== null && stateOf(open, nowMs) === 'expired'
}

/** Whether an invitation may be sent to a user, beside the open one that they have. One that can still be accepted is sent again instead. */
export function isInvitable(user: User, open: Invitation | null, nowMs: number): boolean {
  return user.status === 'pending' && (open === null || isExpired(open, nowMs))
}

/** The id of an invitation, as a path names it. */
export function parseInvitationId(sent: string): Outcome<InvitationId, 'invalid'> {
  const id = parseUserId(sent)
  return 'flaw' in id ? invalid([{ field: 'id', ...id.flaw }]) : grant(id.value as string as InvitationId)
}
