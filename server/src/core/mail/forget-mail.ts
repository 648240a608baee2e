import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets mail that was sent or given up long ago, content and all. A large number takes several transactions: until none is left. */
export async function commitForgetMail(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ forgotten: number }, never>> {
  return grant({ forgotten: await store.mail.forget(nowMs - limits.mailKeptMs) })
}
