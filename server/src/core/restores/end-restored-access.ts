import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { SessionId } from '../sessions/session.ts'
import { closeSetUp } from '../set-up/set-up-links.ts'

/** What of it is left as it is, and where to go on. */
export interface AccessToEnd {
  /** Sessions are ended in the order of their ids; null begins. */
  readonly after: SessionId | null
  readonly keepApiTokens: boolean
}

/**
 * Ends some of what a backup brought back that could let somebody in although it was ended since: sessions and, unless they are to be kept, API tokens;
 * links that were mailed or printed, and what was begun. Mail that waited then is forgotten: most of it was sent. The directory is set up no more, even
 * where erasing again leaves it without an admin: whoever restores can use the command line. Tells after which session there is more; null when all is
 * done.
 */
export async function commitEndRestoredAccess(
  { store, nowMs }: Transaction,
  { after, keepApiTokens }: AccessToEnd,
): Promise<Outcome<{ after: SessionId | null }, never>> {
  const last = await store.restores.endSessions(after, nowMs)
  if (last === null) {
    await store.restores.endWaysIn({ atMs: nowMs, keepApiTokens })
    await closeSetUp(store)
  }
  return grant({ after: last })
}
