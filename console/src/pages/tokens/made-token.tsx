import { Alert, Button, Code, Group, Stack } from '@mantine/core'
import type { NewApiToken } from '@sudigital/client'
import { TriangleAlert } from 'lucide-react'
import { CopyText } from '../../ui/copy.tsx'
import { useHold } from '../../ui/dialog.tsx'

/** The one time that a token is shown. */
export function MadeToken({ made: { token }, onDone }: { readonly made: NewApiToken; readonly onDone: () => void }) {
  useHold(true)
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<TriangleAlert aria-hidden />} title="Copy it now">
        It is shown this once and kept nowhere. Whoever has it can do what it is for, so put it where you keep secrets.
      </Alert>
      <Code block aria-label="The token" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {token}
      </Code>
      <Group justify="space-between">
        <CopyText text={token} label="Copy the token" />
        <Button onClick={onDone}>I have kept it</Button>
      </Group>
    </Stack>
  )
}
