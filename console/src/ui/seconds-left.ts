import { useEffect, useState } from 'react'

/** How many seconds there are until then, and fewer each second; 0 from then on. */
export function useSecondsLeft(untilMs: number): number {
  const [nowMs, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
}
