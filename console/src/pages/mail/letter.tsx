import { Anchor, Paper, Text } from '@mantine/core'
import { apiAddress } from '../../place.ts'
import { partsOf } from './letter-parts.ts'

/** What a mail says, as plain text. Links lead on only where they lead to this server. */
export function Letter({ text }: { readonly text: string }) {
  return (
    <Paper withBorder p="lg" component="section" aria-label="What it says">
      <Text component="div" size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {partsOf(text, new URL(apiAddress).origin).map(({ at, part, isLink }) =>
          isLink ? (
            <Anchor key={at} inherit underline="always" href={part}>
              {part}
            </Anchor>
          ) : (
            part
          ),
        )}
      </Text>
    </Paper>
  )
}
