import { Box, SimpleGrid, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useFormats } from '../../../session/formats.ts'

/** The present moment and a large number, as they are written. */
export function Sample() {
  const formats = useFormats()
  const now = useNow().toISOString()
  const samples = [
    ['Now', formats.time(now)],
    ['Today', formats.date(now)],
    ['A number', formats.number(1_234_567.89)],
  ] as const
  return (
    <Box component="section" aria-label="Sample" p="md" bdrs="md" bg="var(--page)">
      <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 3 }} spacing="sm">
        {samples.map(([term, says]) => (
          <div key={term}>
            <Text component="dt" size="xs" c="dimmed">
              {term}
            </Text>
            <Text component="dd" m={0} size="sm" fw={550} className="tabular">
              {says}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Box>
  )
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
