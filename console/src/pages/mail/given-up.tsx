import { Anchor, Group, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../../client/client.ts'
import { useFormats } from '../../session/formats.ts'
import { MailTable } from './mail-table.tsx'
import { Retry } from './retry.tsx'

const shown = 5

/** The newest of what was given up, with a way to try it again; nothing where there is none. */
export function GivenUp() {
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ['mail', { state: 'dead', limit: shown }],
    queryFn: ({ signal }) => client.mail.list({ state: 'dead', limit: shown }, { signal }),
    refetchInterval: 10_000,
  })
  if (data === undefined || data.meta.total === 0) return null
  return (
    <Stack component="section" gap="sm" aria-labelledby="given-up">
      <Group justify="space-between">
        <Title order={2} id="given-up">
          Given up
        </Title>
        {data.meta.total > shown && (
          <Anchor component={Link} to="/console/mail" search={{ state: 'dead' } as never} size="sm">
            All {formats.number(data.meta.total)}
          </Anchor>
        )}
      </Group>
      <MailTable label="Given up" mails={data.data} showsState={false} action={(mail) => <Retry mail={mail} />} />
    </Stack>
  )
}
