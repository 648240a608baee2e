import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'

/** Forgets what came of files, a day after they were sent. */
export async function commitForgetImports(
  { store, nowMs }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ forgotten: number }, never>> {
  return grant({ forgotten: await store.imports.forget(nowMs - limits.importsKeptMs) })
}
