import { dayOf, startOfDay } from '../../session/days.ts'
import type { Interval, OverviewSearch, Range } from './search.ts'

const days: Readonly<Record<Range, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 }

/** What the figures of a range can be told by: neither a single stretch, nor more than fit. */
const intervalsOf: Readonly<Record<Range, readonly Interval[]>> = {
  day: ['hour'],
  week: ['day', 'hour'],
  month: ['day', 'hour', 'week'],
  quarter: ['week', 'day'],
  year: ['week', 'day'],
}

export interface Stretch {
  readonly range: Range
  readonly interval: Interval
  /** Those that the range can be told by. */
  readonly intervals: readonly Interval[]
  /** Where it begins, the same for as long as the hour or the day lasts. */
  readonly from: string
  readonly to: string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The time that the charts show: whole hours, days or weeks of somebody's time zone, the last one under way. */
export function stretchOf(
  { range = 'month', interval: wanted }: OverviewSearch,
  nowMs: number,
  timeZone: string,
): Stretch {
  const intervals = intervalsOf[range]
  const interval = intervals.find((one) => one === wanted) ?? intervals[0] ?? 'day'
  if (range === 'day') {
    const toMs = Math.floor(nowMs / hourMs + 1) * hourMs
    return { range, interval, intervals, from: new Date(toMs - dayMs).toISOString(), to: new Date(toMs).toISOString() }
  }
  const to = startOfDay(dayOf(nowMs, timeZone), timeZone, 1)
  const width = interval === 'week' ? 7 : 1
  const length = Math.ceil(days[range] / width) * width
  // A day of the figures has 24 hours whatever clocks do, so days are counted back from the end.
  return { range, interval, intervals, from: new Date(Date.parse(to) - length * dayMs).toISOString(), to }
}
