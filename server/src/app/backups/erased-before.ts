import { type RestoredTail, restoredFact } from '../restored.ts'

/** Whom a directory that is about to be replaced has erased, with those whom an unfinished restore still owes it; null where it cannot be asked. */
export async function erasedBefore(
  look: (factName: string) => Promise<{ ids: string[]; fact: string | null }>,
): Promise<readonly string[] | null> {
  try {
    const { ids, fact } = await look(restoredFact)
    return fact === null ? ids : [...ids, ...(JSON.parse(fact) as RestoredTail).erased]
  } catch {
    return null
  }
}
