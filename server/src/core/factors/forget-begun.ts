import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets what was begun and not finished in time. */
export async function commitForgetBegun({ store, nowMs }: Transaction, _: object): Promise<Outcome<null, never>> {
  await store.challenges.forget(nowMs)
  await store.factors.forgetUnconfirmed(nowMs - limits.enrolmentMs)
  return grant(null)
}
