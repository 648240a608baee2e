import type { Origin } from '../actor.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { SessionId } from './session.ts'

/** Nobody who remembers the session is told: its last use decides nothing. */
export async function commitNoteSessionUse(
  { store, nowMs }: Transaction,
  { id, origin }: { id: SessionId; origin: Origin },
): Promise<Outcome<null, never>> {
  await store.sessions.noteUse(id, origin, nowMs)
  return grant(null)
}
