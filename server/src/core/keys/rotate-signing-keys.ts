import { grant, type Outcome } from '../outcome.ts'
import type { KeptSigningKey, Transaction } from '../ports.ts'

export interface SigningKeyRotation {
  readonly fresh: KeptSigningKey
  readonly ageMsMax: number
  readonly tokenTtlMs: number
  /** What the keys before have signed is void. */
  readonly revoke: boolean
}

/**
 * Takes `fresh` as the signing key if none signs, or the one that signs is older than `ageMsMax`; the old one goes on verifying what it has
 * signed, and is forgotten when none of that can be alive, or at once where `revoke` says so. Answers all keys, newest first.
 */
export async function commitRotateSigningKeys(
  { store, nowMs }: Transaction,
  { fresh, ageMsMax, tokenTtlMs, revoke }: SigningKeyRotation,
): Promise<Outcome<readonly KeptSigningKey[], never>> {
  const kept = await store.signingKeys.all()
  const current = kept.find((key) => key.retiredAtMs === null)
  const isSpent = current === undefined || nowMs - current.createdAtMs > ageMsMax
  if (isSpent) {
    for (const key of kept) if (key.retiredAtMs === null) await store.signingKeys.retire(key.kid, nowMs)
    await store.signingKeys.add(fresh)
  }
  for (const key of kept) {
    if (revoke || (key.retiredAtMs !== null && key.retiredAtMs + tokenTtlMs < nowMs))
      await store.signingKeys.forget(key.kid)
  }
  return grant(await store.signingKeys.all())
}
