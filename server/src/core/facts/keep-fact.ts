import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Keeps something about the directory, in place of what was kept under that name; null forgets it. */
export async function commitKeepFact(
  { store }: Transaction,
  { name, value }: { name: string; value: string | null },
): Promise<Outcome<null, never>> {
  if (value === null) await store.facts.forget(name)
  else await store.facts.keep(name, value)
  return grant(null)
}
