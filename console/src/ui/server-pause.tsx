import { Text } from '@mantine/core'
import { useSecondsLeft } from './seconds-left.ts'

/** Says that work goes on by itself, and when. */
export function ServerPause({ untilMs }: { readonly untilMs: number }) {
  return (
    <Text size="sm" c="dimmed" className="tabular">
      The server asks for a pause. It goes on by itself in {useSecondsLeft(untilMs)} s.
    </Text>
  )
}
