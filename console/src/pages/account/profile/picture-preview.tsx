import { Box, Group } from '@mantine/core'
import type { Area } from 'react-easy-crop'

const sides = [88, 34]

/** The part of a picture as it will be drawn, in the sizes that the console draws. */
export function PicturePreview({ address, percents }: { readonly address: string; readonly percents: Area }) {
  const { x, y, width, height } = percents
  return (
    <Group gap="sm" role="img" aria-label="Preview of your picture">
      {sides.map((side) => (
        <Box key={side} pos="relative" w={side} h={side} bdrs="50%" style={{ overflow: 'hidden' }}>
          <img
            src={address}
            alt=""
            style={{
              position: 'absolute',
              maxWidth: 'none',
              width: `${10_000 / width}%`,
              height: `${10_000 / height}%`,
              left: `${(-100 * x) / width}%`,
              top: `${(-100 * y) / height}%`,
            }}
          />
        </Box>
      ))}
    </Group>
  )
}
