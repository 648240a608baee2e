import type { Store } from '../core/ports.ts'
import type { UserId } from '../core/users/user.ts'
import { activityStore } from './activity.ts'
import { apiTokenStore } from './api-tokens.ts'
import { avatarStore } from './avatars.ts'
import { challengeStore } from './challenges.ts'
import { openConstraints } from './constraints.ts'
import { activeAdmins, countChanges, foldCounts } from './counts.ts'
import { credentialStore } from './credentials.ts'
import type { Touch } from './engines/engine.ts'
import { erasureStore } from './erasures.ts'
import { factorStore } from './factors.ts'
import { factStore } from './facts.ts'
import { importStore } from './imports.ts'
import { invitationStore } from './invitations.ts'
import { linkStore } from './links.ts'
import { mailStore } from './mail.ts'
import { memberStore } from './members.ts'
import { organizationStore } from './organizations.ts'
import type { Queries } from './queries.ts'
import { requestStore } from './requests.ts'
import { restoreStore } from './restores.ts'
import { type SearchChanges, searchChanges } from './search.ts'
import { sessionStore } from './sessions.ts'
import { signingKeyStore } from './signing-keys.ts'
import { userStore } from './users.ts'

export interface OpenStore extends Store {
  /** Whoever was changed so far, and how. */
  readonly touched: ReadonlyMap<UserId, Touch>
  /** Whether there is mail to be sent at once. */
  readonly mailed: boolean
  /** Whoever has to be found differently, which is left to whoever opened the store. */
  readonly search: SearchChanges
  /** Writes whatever else was put off to the end of the transaction. */
  finish(): Promise<void>
}

/** The directory as one transaction sees and changes it. */
export function openStore(queries: Queries): OpenStore {
  const touched = new Map<UserId, Touch>()
  let mailed = false
  const counts = countChanges()
  const constraints = openConstraints(queries)
  const search = searchChanges()
  return {
    users: userStore(queries, { counts, constraints, search, touched }),
    credentials: credentialStore(queries, touched),
    sessions: sessionStore(queries, touched),
    factors: factorStore(queries),
    challenges: challengeStore(queries),
    activity: activityStore(queries),
    signingKeys: signingKeyStore(queries, touched),
    counts: { fold: () => foldCounts(queries), activeAdmins: () => activeAdmins(queries) },
    requests: requestStore(queries, touched),
    facts: factStore(queries),
    restores: restoreStore(queries),
    links: linkStore(queries),
    imports: importStore(queries),
    invitations: invitationStore(queries),
    organizations: organizationStore(queries),
    members: memberStore(queries, touched),
    mail: mailStore(queries, () => {
      mailed = true
    }),
    apiTokens: apiTokenStore(queries, touched),
    avatars: avatarStore(queries),
    erasures: erasureStore(queries, touched),
    async attempt(work) {
      const tried = openStore(queries)
      const stays = await queries.attempt(async () => {
        const stays = await work(tried)
        await tried.finish()
        if (!stays) await tried.search.write(queries)
        return stays
      })
      if (!stays) return false
      search.add(tried.search)
      mailed ||= tried.mailed
      for (const [id, touch] of tried.touched) if (touched.get(id) !== 'record') touched.set(id, touch)
      return true
    },
    touched,
    search,
    get mailed() {
      return mailed
    },
    async finish() {
      constraints.finish()
      await counts.write(queries)
    },
  }
}
