import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Sums up the changes of the counts, so that a total adds up few rows; a job of each node. */
export async function commitFoldCounts({ store }: Transaction, _: object): Promise<Outcome<null, never>> {
  await store.counts.fold()
  return grant(null)
}
