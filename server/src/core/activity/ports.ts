import type { UserId } from '../users/user.ts'
import type { Activity, ActivityType } from './activity.ts'

export interface ActivityLists {
  page(question: ActivityQuestion): Promise<{ entries: readonly Activity[]; total: number }>
}

export interface ActivityQuestion {
  readonly userId: UserId
  readonly type: ActivityType | null
  /** Inclusive. */
  readonly fromMs: number | null
  /** Exclusive. */
  readonly toMs: number | null
  readonly offset: number
  readonly limit: number
}

export interface ActivityStore {
  add(entry: Omit<Activity, 'id'>): Promise<void>
}
