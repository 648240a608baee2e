import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets links that expired long ago, and requests that count no longer. A large number takes several transactions: until none is left. */
export async function commitForgetLinks(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ forgotten: number }, never>> {
  const forgotten = await store.links.forget(nowMs - limits.linksKeptMs, nowMs - limits.linkRequestsDayMs)
  return grant({ forgotten })
}
