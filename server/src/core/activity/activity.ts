import type { ApiTokenId } from '../api-tokens/api-token.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import type { UserId } from '../users/user.ts'

export const activityTypes = [
  'login',
  'login_failed',
  'logout',
  /** Too many wrong passwords, or codes. */
  'locked',
  'unlocked',
  'session_revoked',
  /** Two parties held a session: it ended. */
  'refresh_token_reused',
  'created',
  /** Somebody asked for an account with this person's address. */
  'registration_repeated',
  'updated',
  'password_changed',
  /** Somebody asked for a link that sets another password. */
  'reset_requested',
  'password_reset',
  'role_changed',
  'status_changed',
  'verification_requested',
  'factor_added',
  'factor_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'email_verified',
  'email_change_requested',
  'avatar_changed',
  /** The scanner found fault with a picture that was sent. */
  'avatar_rejected',
  'invited',
  'invitation_accepted',
  'invitation_revoked',
  'deleted',
  'restored',
  /** Nothing is kept of the person any more. */
  'erased',
  'exported',
  'token_created',
  'token_revoked',
  'impersonated',
  /** They made the organization, changed its name, or removed it. */
  'organization_created',
  'organization_updated',
  'organization_deleted',
  /** They belong to it from then on, have another role in it, or belong to it no longer. */
  'organization_joined',
  'organization_role_changed',
  'organization_left',
  /** A mail to them that had been given up. */
  'mail_retried',
] as const
export type ActivityType = (typeof activityTypes)[number]

/**
 * What an invitation leaves with whoever has the address. Whose id it names, and whether it is there at all, would tell whoever invites into an
 * organization what they are not told.
 */
export const leftByInvitations = [
  'created',
  'deleted',
  'invited',
  'invitation_revoked',
] as const satisfies ActivityType[]

/** One thing that happened to one person's account. */
export interface Activity {
  readonly id: string
  readonly userId: UserId
  readonly type: ActivityType
  readonly atMs: number
  readonly detail: ActivityDetail
}

/** Sealed. Names of fields, never the values of credentials. */
export interface ActivityDetail {
  readonly ip: string | null
  readonly userAgent: string | null
  /** Who did it; null for the system and for strangers. */
  readonly actor: UserId | null
  /** They did it as the user whose account this is, in their stead. */
  readonly impersonating?: true
  /** The API token with which they did it. */
  readonly apiToken?: ApiTokenId
  /** The fields that changed, in the core's names. */
  readonly changed?: readonly string[]
  readonly from?: string
  readonly to?: string
  /** What the thing is called that was made, taken away or turned away. */
  readonly name?: string
  /** Its name is not said: it may be called after somebody. */
  readonly organization?: OrganizationId
}
