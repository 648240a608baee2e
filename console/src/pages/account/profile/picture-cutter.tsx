import { Box, Group, Slider, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import Cropper, { type Area } from 'react-easy-crop'
import 'react-easy-crop/react-easy-crop.css'
import { PicturePreview } from './picture-preview.tsx'

interface PictureCutterProps {
  readonly address: string
  /** Is told which part of the picture, in its own pixels, whenever that has changed. */
  readonly onArea: (pixels: Area) => void
  readonly onUnreadable: () => void
}

const zoomMax = 5
/** Smaller parts look blurred where pictures are drawn large. */
const clearSideMin = 128

/** Has somebody move and zoom a picture behind a round window: by pointer, by fingers, or by keys. */
export function PictureCutter({ address, onArea, onUnreadable }: PictureCutterProps) {
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [part, setPart] = useState<{ readonly percents: Area; readonly pixels: Area } | null>(null)
  const cut = (percents: Area, pixels: Area) => {
    setPart({ percents, pixels })
    onArea(pixels)
  }
  return (
    <Stack>
      <Box pos="relative" h={{ base: 260, sm: 320 }} bdrs="md" style={{ overflow: 'hidden' }} bg="dark.8">
        <Cropper
          image={address}
          crop={crop}
          zoom={zoom}
          maxZoom={zoomMax}
          aspect={1}
          cropShape="round"
          showGrid={false}
          keyboardStep={5}
          disableAutomaticStylesInjection
          onCropChange={setCrop}
          onZoomChange={setZoom}
          onCropAreaChange={cut}
          mediaProps={{ alt: '', onError: onUnreadable }}
          cropperProps={{
            role: 'application',
            'aria-label': 'The part that is shown. The arrow keys move it.',
          }}
        />
      </Box>
      <Group gap="lg" align="center">
        <Box flex={1} miw={200}>
          <Text size="sm" fw={500} id="zoom-label" mb={4}>
            Zoom
          </Text>
          <Slider
            min={1}
            max={zoomMax}
            step={0.05}
            value={zoom}
            onChange={setZoom}
            label={null}
            thumbLabel="Zoom"
            thumbProps={{ 'aria-valuetext': `${Math.round(zoom * 100)} %` }}
          />
        </Box>
        {part !== null && <PicturePreview address={address} percents={part.percents} />}
      </Group>
      {part !== null && part.pixels.width < clearSideMin && (
        <Text size="sm" c="dimmed" role="status">
          This part is {Math.round(part.pixels.width)} pixels wide, so it will look blurred.
        </Text>
      )}
    </Stack>
  )
}
