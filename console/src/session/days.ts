/** When a day (`2026-11-22`) begins in a time zone, as an ISO 8601 instant; with `later`, so many days after it. In UTC where the browser does not know the zone. */
export function startOfDay(day: string, timeZone: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const asUtc = Date.UTC(year, month - 1, date + later)
  const guess = asUtc - offsetAt(asUtc, timeZone)
  const midnight = asUtc - offsetAt(guess, timeZone)
  // Where clocks are put forward at midnight, there is none.
  const isThatDay = dayOf(midnight, timeZone) === new Date(asUtc).toISOString().slice(0, 10)
  return new Date(isThatDay ? midnight : guess).toISOString()
}

/** Which day it is somewhere. */
export function dayOf(instantMs: number, timeZone: string): string {
  return new Date(instantMs + offsetAt(instantMs, timeZone)).toISOString().slice(0, 10)
}

/** How far the clocks of a time zone are ahead of UTC. */
function offsetAt(instantMs: number, timeZone: string): number {
  const parts = clockOf(timeZone)?.formatToParts(instantMs)
  if (parts === undefined) return 0
  const part = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(instantMs / 1000) * 1000
}

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }
}
