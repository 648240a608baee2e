import { type Actor, actorId, type Means } from '../actor.ts'
import { limits } from '../limits.ts'
import type { Transaction } from '../ports.ts'
import type { UserId } from '../users/user.ts'
import type { ActivityDetail, ActivityType } from './activity.ts'

/** Writes down, in the transaction that does it, what was done to whom by whom. */
export function record(
  transaction: Transaction,
  actor: Actor,
  userId: UserId,
  type: ActivityType,
  more: Pick<ActivityDetail, 'changed' | 'from' | 'to' | 'name' | 'organization'> = {},
): Promise<void> {
  return recordOfAll(transaction, actor, [userId], type, more)
}

/** The same of many to whom the same was done. */
export function recordOfAll(
  { store, nowMs }: Transaction,
  actor: Actor,
  userIds: readonly UserId[],
  type: ActivityType,
  more: Pick<ActivityDetail, 'changed' | 'from' | 'to' | 'name' | 'organization'> = {},
): Promise<void> {
  const { ip, userAgent } = actor.origin
  const detail: ActivityDetail = {
    ip,
    userAgent: userAgent === null ? null : userAgent.slice(0, limits.userAgentLengthMax).toWellFormed(),
    actor: actorId(actor),
    ...(actor.kind === 'user' ? byMeans(actor.means) : {}),
    ...more,
  }
  return store.activity.add(userIds.map((userId) => ({ userId, type, atMs: nowMs, detail })))
}

function byMeans(means: Means): Pick<ActivityDetail, 'impersonating' | 'apiToken'> {
  if (means.kind === 'impersonation') return { impersonating: true }
  return means.kind === 'api_token' ? { apiToken: means.tokenId } : {}
}
