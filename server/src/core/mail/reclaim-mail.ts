import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/**
 * Has mail sent now that was in hand for the first time when the process that had it died: for whoever knows that no other process has any. What was
 * in hand before waits for the end of its lease, so that a process that dies again and again does not send one mail each time.
 */
export async function commitReclaimMail(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<null, never>> {
  await store.mail.reclaim(nowMs)
  return grant(null)
}
