import type { OrganizationId } from '../organizations/organization.ts'
import type { ActivityCount, CountedType } from '../stats/stats.ts'
import type { UserId } from '../users/user.ts'
import type { Activity, ActivityType } from './activity.ts'

export interface ActivityLists {
  page(question: ActivityQuestion): Promise<{ entries: readonly Activity[]; total: number }>
  /** What happened to anybody's account, newest first. */
  log(question: LogQuestion): Promise<LogAnswer>
  /** How many there are of each type in each stretch of `widthMs` from `fromMs` on; nothing of where there are none. */
  counts(question: ActivityCountQuestion): Promise<readonly ActivityCount[]>
}

export interface ActivityCountQuestion {
  readonly types: readonly CountedType[]
  /** Inclusive. */
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly widthMs: number
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

/** Null leaves none out. */
export interface LogQuestion {
  readonly type: ActivityType | null
  readonly actorId: UserId | null
  readonly userId: UserId | null
  /** Only what is about one of these organizations. */
  readonly within: readonly OrganizationId[] | null
  /** Types that are left out. */
  readonly without: readonly ActivityType[]
  /** Inclusive. */
  readonly fromMs: number | null
  /** Exclusive. */
  readonly toMs: number | null
  /** After the entry of this id, null being the newest, or after so many. */
  readonly from: { readonly after: string | null } | { readonly offset: number }
  readonly limit: number
}

export interface LogAnswer {
  readonly entries: readonly Activity[]
  readonly total: number
  /** Counting ends at `limits.activityCountedMax`: then there are at least so many. */
  readonly totalIsExact: boolean
  readonly hasNext: boolean
}

export interface ActivityStore {
  add(entries: readonly Omit<Activity, 'id'>[]): Promise<void>
  /** Forgets some of what happened before, and tells how much that was. */
  forget(beforeMs: number): Promise<number>
}
