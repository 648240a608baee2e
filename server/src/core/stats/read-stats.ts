import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { earliestMs, oneOf, parseInstant } from '../users/values.ts'
import { type ActivityCount, countedTypes, intervalMs, type Stats, type StatsStretch, statsIntervals } from './stats.ts'

export interface StatsValues {
  from: string
  to: string
  interval: string
}

const day = intervalMs.day
const daysUsual = 30

/** How many there are, and what happened over time; without `from` and `to` the last 30 days by UTC, today among them. */
export async function readStats(
  core: Pick<Core, 'directory' | 'clock'>,
  actor: Actor,
  { values, faults }: Form<StatsValues>,
): Promise<Outcome<Stats, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const reading = startReading(faults)
  const interval = reading.read('interval', values.interval, (sent) => oneOf(statsIntervals, sent)) ?? 'day'
  const toMs = reading.read('to', values.to, parseInstant) ?? Math.floor(core.clock() / day + 1) * day
  const fromMs = reading.read('from', values.from, parseInstant) ?? Math.max(toMs - daysUsual * day, earliestMs)
  const widthMs = intervalMs[interval]
  const places = Math.ceil((toMs - fromMs) / widthMs)
  if (reading.faults.length === 0 && places < 1) reading.add('to', { flaw: 'not_after', other: 'from' })
  if (reading.faults.length === 0 && places > limits.statsIntervalsMax)
    reading.add('interval', { flaw: 'too_many', max: limits.statsIntervalsMax })
  if (reading.faults.length > 0) return invalid(reading.faults)
  const { directory } = core
  const [totals, counted] = await Promise.all([
    directory.users.totals(),
    directory.activity.counts({ types: countedTypes, fromMs, toMs, widthMs }),
  ])
  return grant({ totals, fromMs, toMs, interval, series: seriesOf(counted, { fromMs, widthMs, places }) })
}

function seriesOf(
  counted: readonly ActivityCount[],
  { fromMs, widthMs, places }: { fromMs: number; widthMs: number; places: number },
): StatsStretch[] {
  const series = Array.from({ length: places }, (_, place) => ({
    fromMs: fromMs + place * widthMs,
    counts: { created: 0, login: 0, login_failed: 0 },
  }))
  for (const { type, place, n } of counted) {
    const stretch = series[place]
    if (stretch !== undefined) stretch.counts[type] = n
  }
  return series
}
