import { countsOfActivity, logOfActivity, pageOfActivity } from './activity.ts'
import { erasedFollowing, unfinishedErasures } from './erasures.ts'
import { usersToExport } from './export.ts'
import { pageOfInvitations } from './invitations.ts'
import { usersFollowing } from './list.ts'
import { pageAside } from './list-aside.ts'
import { pageOfMail } from './mail.ts'
import { matchingUsers } from './matching.ts'
import { pageOfMembers } from './members.ts'
import { pageOfOrganizations } from './organizations.ts'
import { personalActivity, personalActs, personalDataOf, personalInvitations } from './personal-data.ts'
import type { Queries } from './queries.ts'
import { pageOfSessions } from './sessions.ts'

/** Reads whose cost grows with the directory, by the name under which another thread runs them. */
export const readings = {
  'page-of-users': pageAside,
  'page-of-activity': pageOfActivity,
  'log-of-activity': logOfActivity,
  'counts-of-activity': countsOfActivity,
  'page-of-mail': pageOfMail,
  'page-of-sessions': pageOfSessions,
  'page-of-invitations': pageOfInvitations,
  'matching-users': matchingUsers,
  'page-of-organizations': pageOfOrganizations,
  'page-of-members': pageOfMembers,
  'personal-data': personalDataOf,
  'personal-activity': personalActivity,
  'personal-acts': personalActs,
  'personal-invitations': personalInvitations,
  'users-following': usersFollowing,
  'users-to-export': usersToExport,
  'unfinished-erasures': unfinishedErasures,
  'erased-following': erasedFollowing,
} satisfies Record<string, (queries: Queries, input: never) => unknown>

export type ReadingName = keyof typeof readings
export type ReadingInput<Name extends ReadingName> = Parameters<(typeof readings)[Name]>[1]
export type ReadingResult<Name extends ReadingName> = Awaited<ReturnType<(typeof readings)[Name]>>
