import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import type { OrganizationId, OrganizationRole } from '../organizations/organization.ts'
import { grant, type Outcome } from '../outcome.ts'
import { may } from '../permissions.ts'
import { parseUserId } from '../users/names.ts'
import type { User, UserId } from '../users/user.ts'

/** UUIDv7. */
export type InvitationId = string & { readonly brand: 'InvitationId' }

export const invitationStates = ['pending', 'accepted', 'expired', 'revoked'] as const
export type InvitationState = (typeof invitationStates)[number]

/**
 * That somebody was asked to choose a password for an account that is ready for them, or to join an organization, or both. It is open while it is
 * neither accepted nor revoked. A user has one open invitation at most into the directory, and then they are pending; into each organization one
 * address has one at most.
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
  /** What whoever accepts it joins, and as what. */
  readonly into: { readonly organizationId: OrganizationId; readonly role: OrganizationRole } | null
}

/** Who was invited: as the user's record says it, or, into an organization, as it was sent. */
export type Invitee = Pick<User, 'email' | 'firstName' | 'lastName' | 'role'>

export interface Invited {
  readonly invitation: Invitation
  readonly invitee: Invitee
}

/**
 * As much of who is behind an invitation as the actor may know. To an organization's admins their invitations look the same whether or not somebody
 * had the address before, until they are accepted.
 */
export function partiesShownTo(actor: Actor, { userId, invitedBy, acceptedAtMs, into }: Invitation) {
  const isShown = into === null || may(actor, 'invitations:manage')
  const isOwn = actor.kind === 'user' && actor.id === invitedBy
  return {
    userId: isShown || acceptedAtMs !== null ? userId : null,
    invitedBy: isShown || isOwn ? invitedBy : null,
  }
}

export function stateOf(
  { acceptedAtMs, revokedAtMs, expiresAtMs }: Pick<Invitation, 'acceptedAtMs' | 'revokedAtMs' | 'expiresAtMs'>,
  nowMs: number,
): InvitationState {
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
