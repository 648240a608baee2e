import type { InvitationId } from '../invitations/invitation.ts'
import type { Email, UserId } from '../users/user.ts'

/** UUIDv7. Worth nothing without the token that `LinkTokens` makes of it. */
export type LinkId = string & { readonly brand: 'LinkId' }

export const linkPurposes = [
  'verify_email',
  'change_email',
  'reset_password',
  'invitation',
  'organization_invitation',
] as const
/** What whoever follows the link may do, once. */
export type LinkPurpose = (typeof linkPurposes)[number]

/** A way in that was sent to an address. It is spent by one caller, once; looking at it spends nothing. */
export interface Link {
  readonly id: LinkId
  readonly purpose: LinkPurpose
  readonly userId: UserId
  /** The address it was sent to: it proves that the caller reads mail there, and nothing about any other. */
  readonly email: Email
  readonly createdAtMs: number
  readonly expiresAtMs: number
  /** When it was spent or became void. */
  readonly endedAtMs: number | null
  /** The one that it accepts, where a user can have several. */
  readonly invitationId: InvitationId | null
}
