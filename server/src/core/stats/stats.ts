import type { ActivityType } from '../activity/activity.ts'
import type { Role } from '../permissions.ts'
import type { Status } from '../users/user.ts'

export const statsIntervals = ['hour', 'day', 'week'] as const
export type StatsInterval = (typeof statsIntervals)[number]

/** In milliseconds. A day has 24 hours, whatever clocks do: whoever wants local days asks from a local midnight on. */
export const intervalMs: Readonly<Record<StatsInterval, number>> = {
  hour: 3600 * 1000,
  day: 24 * 3600 * 1000,
  week: 7 * 24 * 3600 * 1000,
}

/** What is counted over time. */
export const countedTypes = ['created', 'login', 'login_failed'] as const satisfies readonly ActivityType[]
export type CountedType = (typeof countedTypes)[number]

export interface Stats {
  /** Live users now; `deleted` are not among them. */
  readonly totals: readonly StandingCount[]
  readonly fromMs: number
  readonly toMs: number
  readonly interval: StatsInterval
  /** One for each interval, the empty ones too; the last may be cut short by `toMs`. */
  readonly series: readonly StatsStretch[]
}

/** How many live users have this role and this status. */
export interface StandingCount {
  readonly role: Role
  readonly status: Status
  readonly n: number
}

export interface StatsStretch {
  readonly fromMs: number
  readonly counts: Readonly<Record<CountedType, number>>
}

/** Entries of one type within the `place`th stretch, from 0. */
export interface ActivityCount {
  readonly type: CountedType
  readonly place: number
  readonly n: number
}
