import type { Directory } from '../core/ports.ts'
import { pageOfActivity } from './activity.ts'
import { pageOfApiTokens } from './api-tokens.ts'
import { avatarReads } from './avatars.ts'
import { challengeReads } from './challenges.ts'
import { activeAdmins, totalsOfUsers } from './counts.ts'
import { credentialReads } from './credentials.ts'
import type { Engine } from './engines/engine.ts'
import { erasureReads } from './erasures.ts'
import { factorReads } from './factors.ts'
import { factReads } from './facts.ts'
import { importReads } from './imports.ts'
import { invitationReads } from './invitations.ts'
import { linkReads } from './links.ts'
import { usersCalled } from './list.ts'
import { openLists } from './lists.ts'
import { mailReads } from './mail.ts'
import { memberReads } from './members.ts'
import { openMemory } from './memory.ts'
import { organizationReads } from './organizations.ts'
import { userReads } from './users.ts'

/** A page this near to the start costs no more than a look-up. */
const shallowRowsMax = 1_000

/** Reads of the directory, with a memory of records. */
export function openDirectory(engine: Engine): Directory {
  const { byId, ...reads } = userReads(engine.here)
  const memory = openMemory(engine, byId)
  return {
    users: {
      byId: memory.user,
      ...reads,
      page: openLists(engine),
      following: (number, limit) => engine.aside('users-following', { number, limit }),
      exported: (question) => engine.aside('users-to-export', question),
      matching: (question) => engine.aside('matching-users', question),
      called: (ids, within) => usersCalled(engine.here, ids, within),
      activeAdmins: () => activeAdmins(engine.here),
      totals: () => totalsOfUsers(engine.here),
    },
    credentials: credentialReads(engine.here),
    factors: factorReads(engine.here),
    challenges: challengeReads(engine.here),
    facts: factReads(engine.here),
    avatars: avatarReads(engine.here),
    imports: importReads(engine.here),
    erasures: {
      ...erasureReads(engine.here),
      unfinished: (beforeMs, limit) => engine.aside('unfinished-erasures', { beforeMs, limit }),
      following: (after, limit) => engine.aside('erased-following', { after, limit }),
    },
    links: linkReads(engine.here),
    mail: { ...mailReads(engine.here), page: (question) => engine.aside('page-of-mail', question) },
    invitations: {
      ...invitationReads(engine.here),
      page: (question) => engine.aside('page-of-invitations', question),
    },
    organizations: {
      ...organizationReads(engine.here),
      page: (question) => engine.aside('page-of-organizations', question),
    },
    members: { ...memberReads(engine.here), page: (question) => engine.aside('page-of-members', question) },
    activity: {
      page: async (question) =>
        question.offset + question.limit <= shallowRowsMax
          ? pageOfActivity(engine.here, question)
          : engine.aside('page-of-activity', question),
      log: (question) => engine.aside('log-of-activity', question),
      counts: (question) => engine.aside('counts-of-activity', question),
    },
    personalData: {
      of: (userId) => engine.aside('personal-data', { userId }),
      activityAfter: (userId, after) => engine.aside('personal-activity', { userId, after }),
      actsAfter: (userId, after) => engine.aside('personal-acts', { userId, after }),
      invitationsSentAfter: (userId, after) => engine.aside('personal-invitations', { userId, after }),
    },
    apiTokens: { byDigest: memory.apiTokenGrant, page: (question) => pageOfApiTokens(engine.here, question) },
    sessions: { page: (question) => engine.aside('page-of-sessions', question) },
    standing: memory.standing,
    standingOfApiToken: memory.standingOfApiToken,
  }
}
