const windowMs = 60_000
const asked: number[] = []

/** How long to wait for the next key before a search is sent, in milliseconds: the longer, the more was sent within a minute, because the server takes a hundred lists a minute. */
export function patience(nowMs = performance.now()): number {
  while (asked.length > 0 && nowMs - (asked[0] ?? 0) > windowMs) asked.shift()
  if (asked.length < 25) return 50
  return asked.length < 45 ? 150 : 400
}

/** Notes that a search was sent. */
export function noteSearch(nowMs = performance.now()): void {
  asked.push(nowMs)
}
