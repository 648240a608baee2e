import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets tokens that expired long enough ago to be missed. A large number takes several transactions: until none is left. */
export async function commitForgetApiTokens(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ forgotten: number }, never>> {
  return grant({ forgotten: await store.apiTokens.forgetAllExpired(nowMs - limits.expiredApiTokensKeptMs) })
}
