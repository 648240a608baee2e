export const ranges = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Range = (typeof ranges)[number]
export const intervals = ['hour', 'day', 'week'] as const
export type Interval = (typeof intervals)[number]

/** What the address of the overview says. */
export interface OverviewSearch {
  /** How far the charts reach back; a month unless said. */
  readonly range?: Range
  /** How long each stretch of them is; what suits the range unless said. */
  readonly interval?: Interval
}

/** Takes from an address what makes sense, and leaves the rest. */
export function readOverviewSearch({ range, interval }: Record<string, unknown>): OverviewSearch {
  const knownRange = ranges.find((known) => known === range)
  const knownInterval = intervals.find((known) => known === interval)
  return {
    ...(knownRange === undefined ? {} : { range: knownRange }),
    ...(knownInterval === undefined ? {} : { interval: knownInterval }),
  }
}
