import { Accordion, Badge, Button, Code, CopyButton, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { Check, Copy } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { onSent, sentRequests } from '../client/journal.ts'
import { apiAddress } from '../place.ts'
import { Empty } from '../ui/states.tsx'
import { type Written, write } from './languages.ts'
import { latestOf } from './latest.ts'

const languages = [
  { value: 'curl', label: 'curl' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'python', label: 'Python' },
] as const satisfies readonly { value: keyof Written; label: string }[]

/** What a page has asked of the server, the latest of each kind, newest first. */
export function Requests({ page }: { readonly page: string }) {
  const requests = latestOf(useSyncExternalStore(onSent, sentRequests), page)
  const [language, setLanguage] = useLocalStorage<keyof Written>({
    key: 'roster.language-of-requests',
    defaultValue: 'curl',
    getInitialValueInEffect: false,
  })
  const [newest] = requests
  if (newest === undefined)
    return <Empty title="Nothing was asked yet" says="What this page asks of the server will stand here." />
  return (
    <Stack>
      <Text c="dimmed">
        What this page has asked of the API. You can do the same with an access token of your own in <Code>TOKEN</Code>,
        and most of it with an API token; what is secret is left out.
      </Text>
      <SegmentedControl aria-label="Language" data={[...languages]} value={language} onChange={setLanguage} />
      <Accordion defaultValue={String(newest.id)} variant="separated" order={3}>
        {requests.map((request) => {
          const text = write(request, apiAddress)[language] ?? 'No method of this client sends it.'
          return (
            <Accordion.Item key={request.id} value={String(request.id)}>
              <Accordion.Control>
                <Group gap="xs" wrap="nowrap">
                  <Badge variant="light" color={request.method === 'GET' ? 'gray' : 'ink'}>
                    {request.method}
                  </Badge>
                  <Text size="sm" ff="monospace" truncate>
                    {request.path.split('?')[0]}
                  </Text>
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                {request.ifMatch !== null && (
                  <Text size="sm" c="dimmed" mb="xs">
                    It was founded on the version that it names, and is refused once there is another: read the record
                    first, and name the version of then.
                  </Text>
                )}
                <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap' }}>
                  {text}
                </Code>
                <CopyButton value={text}>
                  {({ copied, copy }) => (
                    <Button
                      mt="xs"
                      size="xs"
                      variant="default"
                      onClick={copy}
                      leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
                    >
                      {copied ? 'Copied' : 'Copy'}
                    </Button>
                  )}
                </CopyButton>
              </Accordion.Panel>
            </Accordion.Item>
          )
        })}
      </Accordion>
    </Stack>
  )
}
