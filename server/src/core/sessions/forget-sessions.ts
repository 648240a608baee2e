import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/**
 * Forgets sessions that are over, with their refresh tokens: none of them is good any more, so a spent one that comes again has nothing to end. A
 * large number takes several transactions: until none is left.
 */
export async function commitForgetSessions(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ forgotten: number }, never>> {
  return grant({ forgotten: await store.sessions.forget(nowMs - limits.endedSessionsKeptMs) })
}
