import type { ApiToken } from '../api-tokens/api-token.ts'
import type { Avatar } from '../avatars/avatar.ts'
import type { Factors } from '../factors/factor.ts'
import type { Invited } from '../invitations/invitation.ts'
import type { Link } from '../links/link.ts'
import type { Mail } from '../mail/mail.ts'
import type { Membership } from '../organizations/organization.ts'
import type { Session } from '../sessions/session.ts'
import type { User } from '../users/user.ts'

/** What is kept of one person, but for what grows without a bound. No secret, and nothing by which one could be verified. */
export interface PersonalData {
  readonly user: User
  /** Null when they have no password. */
  readonly passwordChangedAtMs: number | null
  /** Those that are over, too, until they are forgotten. */
  readonly sessions: readonly Session[]
  readonly factors: Factors
  readonly apiTokens: readonly ApiToken[]
  readonly memberships: readonly Membership[]
  /** That they were sent. */
  readonly invitations: readonly Invited[]
  readonly links: readonly Link[]
  /** To them; what it says is made of this when it is sent. */
  readonly mail: readonly Mail[]
  readonly avatar: Avatar | null
  /** When they sent the requests with a key whose outcome is kept. */
  readonly requestsAtMs: readonly number[]
}
