import type { Transaction } from '../ports.ts'
import type { UserId } from '../users/user.ts'

/** Sets a password that was chosen by way of a mailed link: whatever was let in by the one before, or by whoever knew it, is out. */
export async function replacePassword({ store, nowMs }: Transaction, id: UserId, passwordHash: string): Promise<void> {
  await store.credentials.setPassword(id, passwordHash, nowMs)
  await store.sessions.endAll(id, nowMs, null)
  await store.apiTokens.revokeAll(id)
}
