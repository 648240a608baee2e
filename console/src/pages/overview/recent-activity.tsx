import { Anchor, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useLocale } from '../../session/formats.ts'
import { Answered } from '../../ui/states.tsx'
import { listEntries } from '../activity/entries.ts'
import { EntryRows } from '../activity/entry-rows.tsx'

const shown = 8

/** The newest of the audit log. */
export function RecentActivity() {
  const { timeZone } = useLocale()
  const navigate = useNavigate()
  const query = useQuery({
    queryKey: ['activity', 'recent'],
    queryFn: ({ signal }) => listEntries({}, { timeZone, limit: shown }, { signal }),
  })
  return (
    <section aria-labelledby="recent">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="recent">
          Recent activity
        </Title>
        <Anchor component={Link} to="/console/activity" size="sm">
          All activity
        </Anchor>
      </Group>
      <Answered query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Text c="dimmed">Nothing has happened yet.</Text>
          ) : (
            <EntryRows
              entries={data}
              label="Recent activity"
              linksToUsers
              onOpen={(entry) => void navigate({ to: '/console/activity', search: { entry } })}
            />
          )
        }
      </Answered>
    </section>
  )
}
