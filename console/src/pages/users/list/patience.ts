const windowMs = 60_000
const asked: number[] = []
let searchedMs = Number.NEGATIVE_INFINITY

/** Keys that come faster than this, as of a hand that rolls over them, are searched for once. */
const leastMs = 60
/** The server takes a hundred lists a minute of somebody; some are left for whatever else they do. */
const askedMax = 90

/**
 * How long to wait before what was typed is searched for, in milliseconds. Somebody who types 60 to 100 words a minute presses a key every 120 to 200 ms:
 * each is searched for at once, until half of the minute's lists are used up; then only what they pause after, for longer and longer.
 */
export function patience(nowMs = performance.now()): number {
  while (asked.length > 0 && nowMs - (asked[0] ?? 0) > windowMs) asked.shift()
  if (asked.length < 50) return Math.max(0, searchedMs + leastMs - nowMs)
  if (asked.length < 70) return 150
  return asked.length < askedMax ? 400 : Math.max(400, (asked[0] ?? 0) + windowMs - nowMs)
}

/** Notes that the list was searched. */
export function noteSearch(nowMs = performance.now()): void {
  searchedMs = nowMs
}

/** Notes that a list of users was asked for, be it for its rows or for how many there are. */
export function noteAsked(nowMs = performance.now()): void {
  asked.push(nowMs)
}
