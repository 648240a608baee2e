import type { Store } from '../ports.ts'
import type { UserId } from '../users/user.ts'

/** Once somebody has another password, links are void that lead to another one, or that were asked for with the old one. */
export async function voidPasswordLinks(store: Store, userId: UserId, nowMs: number): Promise<void> {
  await store.links.voidAll(userId, 'reset_password', nowMs)
  await store.links.voidAll(userId, 'change_email', nowMs)
}
