import { Alert, Button, Stack, Text, ThemeIcon } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { CircleAlert, ImageUp } from 'lucide-react'
import { useRef } from 'react'

/** Larger ones are no photographs, and take long to draw. What is uploaded is a small part of it. */
const fileBytesMax = 40 * 1024 * 1024

interface PicturePickerProps {
  readonly fault: string | null
  readonly onPick: (file: File) => void
  readonly onFault: (says: string) => void
}

/** Where a picture is dropped, or picked from the device. */
export function PicturePicker({ fault, onPick, onFault }: PicturePickerProps) {
  const open = useRef<() => void>(null)
  return (
    <Stack>
      <Dropzone
        openRef={open}
        onDrop={([file]) => file !== undefined && onPick(file)}
        onReject={([rejected]) => onFault(reasonOf(rejected?.errors[0]?.code, rejected?.file.name ?? 'The file'))}
        accept={['image/*']}
        maxSize={fileBytesMax}
        multiple={false}
        activateOnClick={false}
        activateOnKeyboard={false}
        tabIndex={-1}
        enablePointerEvents
        p="xl"
      >
        <Stack align="center" gap="xs">
          <ThemeIcon size={48} radius="xl" variant="light" color="gray" aria-hidden>
            <ImageUp size={24} />
          </ThemeIcon>
          <Text fw={550}>Drop a picture here</Text>
          <Button variant="default" data-autofocus onClick={() => open.current?.()}>
            Choose from this device
          </Button>
          <Text size="xs" c="dimmed" ta="center">
            A JPEG or a PNG is best. You cut out the part that is shown before anything is sent.
          </Text>
        </Stack>
      </Dropzone>
      {fault !== null && (
        <Alert role="alert" color="red" icon={<CircleAlert aria-hidden />} title="This does not work as a picture">
          {fault}
        </Alert>
      )}
    </Stack>
  )
}

function reasonOf(code: string | undefined, name: string): string {
  switch (code) {
    case 'file-too-large':
      return `“${name}” is larger than ${fileBytesMax / 1024 ** 2} MB. Choose a smaller one.`
    case 'file-invalid-type':
      return `“${name}” is no picture. A JPEG or a PNG works.`
    case 'too-many-files':
      return 'Those are several files. Choose one.'
    default:
      return `“${name}” cannot be used. Choose another one.`
  }
}
