import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { ApiTokenId } from './api-token.ts'

export async function commitNoteApiTokenUse(
  { store, nowMs }: Transaction,
  { id }: { id: ApiTokenId },
): Promise<Outcome<null, never>> {
  await store.apiTokens.noteUse(id, nowMs)
  return grant(null)
}
