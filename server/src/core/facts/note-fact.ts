import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Notes something about the directory for ever; noting it again changes nothing. */
export async function commitNoteFact(
  { store }: Transaction,
  { name }: { name: string },
): Promise<Outcome<null, never>> {
  await store.facts.note(name)
  return grant(null)
}
