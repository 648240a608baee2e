import type { Activity } from '../activity/activity.ts'
import type { Invitation } from '../invitations/invitation.ts'
import type { UserId } from '../users/user.ts'
import type { PersonalData } from './personal-data.ts'

export interface PersonalDataReads {
  /** Of somebody live or deleted; null for whoever was erased, or never was. */
  of(userId: UserId): Promise<PersonalData | null>
  /** What happened to their account, in order, behind an entry; null begins. */
  activityAfter(userId: UserId, after: Activity | null): Promise<readonly Activity[]>
  /** What they did to the accounts of others, in order. */
  actsAfter(userId: UserId, after: Activity | null): Promise<readonly Activity[]>
  /** Invitations that they sent last, in order. */
  invitationsSentAfter(userId: UserId, after: Invitation | null): Promise<readonly Invitation[]>
}
