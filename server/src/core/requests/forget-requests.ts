import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets requests that are too old to be sent again. A large number takes several transactions: until none is left. */
export async function commitForgetRequests(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ forgotten: number }, never>> {
  return grant({ forgotten: await store.requests.forget(nowMs - limits.rememberedMs) })
}
