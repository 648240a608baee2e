import type { SessionId } from '../sessions/session.ts'

/** What is done to all there is at once, while nobody is served. */
export interface RestoreStore {
  /** Ends some of the sessions after one, in the order of their ids, and tells the last of them; null when there was none left. */
  endSessions(after: SessionId | null, atMs: number): Promise<SessionId | null>
  /** Everything else that could let somebody in: links, what was begun, API tokens; and the mail that waits. */
  endWaysIn(how: { readonly atMs: number; readonly keepApiTokens: boolean }): Promise<void>
}
