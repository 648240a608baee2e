import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets what happened longer ago than that. A large number takes several transactions: until none is left. */
export async function commitForgetActivity(
  { store, nowMs }: Transaction,
  { keptMs }: { keptMs: number },
): Promise<Outcome<{ forgotten: number }, never>> {
  return grant({ forgotten: await store.activity.forget(nowMs - keptMs) })
}
