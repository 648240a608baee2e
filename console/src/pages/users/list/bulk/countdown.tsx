import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Says how long the server has asked to wait. */
export function Countdown({ untilMs }: { readonly untilMs: number }) {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(1, Math.ceil((untilMs - nowMs) / 1000))
  return (
    <Text size="sm" c="dimmed" className="tabular">
      The server has asked for a pause. It goes on by itself in {seconds} s.
    </Text>
  )
}
