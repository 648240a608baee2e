import { Alert, Button, CopyButton, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { Copy, Download, Printer, TriangleAlert } from 'lucide-react'
import { useMe } from '../../../session/session.tsx'
import { useHold } from '../../../ui/dialog.tsx'
import { saveText } from '../../../ui/save.ts'
import './shown-codes.css'
import { takeFocus } from '../../../ui/take-focus.ts'

interface ShownCodesProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

/** Recovery codes, the one time that anybody sees them, with ways to keep them. */
export function ShownCodes({ codes, onDone }: ShownCodesProps) {
  const { email } = useMe()
  useHold(true)
  const text = `Recovery codes of ${email ?? 'your account'} at ${location.host}. Each works once.\n\n${codes.join('\n')}\n`
  return (
    <Stack>
      <Alert ref={takeFocus} tabIndex={-1} color="yellow" icon={<TriangleAlert aria-hidden />} title="Keep these now">
        They are shown this once. Each signs you in once, when your app or passkey is not at hand. Keep them where you
        keep other secrets.
      </Alert>
      <div className="printed">
        <Text className="printed-only">{text.split('\n')[0]}</Text>
        <SimpleGrid
          component="ul"
          cols={{ base: 1, xs: 2 }}
          spacing="xs"
          className="recovery-codes"
          aria-label="Recovery codes"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </SimpleGrid>
      </div>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" leftSection={<Copy size={14} aria-hidden />} onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          size="xs"
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => saveText(text, 'roster-recovery-codes.txt', 'text/plain')}
        >
          Download
        </Button>
        <Button variant="default" size="xs" leftSection={<Printer size={14} aria-hidden />} onClick={() => print()}>
          Print
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </Stack>
  )
}
