import { Button, Stack, Text } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Download, ScrollText } from 'lucide-react'
import { useFormats, useLocale } from '../../session/formats.ts'
import { useMay } from '../../session/session.tsx'
import { writeCsv } from '../../ui/csv.ts'
import { More, useEndless } from '../../ui/endless.tsx'
import { Page } from '../../ui/page.tsx'
import { saveText } from '../../ui/save.ts'
import { Answered, Empty } from '../../ui/states.tsx'
import { listEntries, rowsOf } from './entries.ts'
import { EntryDrawer } from './entry-drawer.tsx'
import { EntryRows } from './entry-rows.tsx'
import { Filters } from './filters.tsx'
import type { ActivitySearch } from './search.ts'

const route = getRouteApi('/console/activity')

/** What happened to accounts, newest first: everybody's, or what is about the organizations of whoever administers some. */
export function ActivityLog() {
  const { entry: opened, ...filter } = route.useSearch()
  const isEverybody = useMay()('activity:list')
  const linksToUsers = useMay()('users:list')
  const { timeZone } = useLocale()
  const navigate = useNavigate({ from: '/console/activity' })
  const formats = useFormats()
  const { query, items, first } = useEndless(['activity', filter, timeZone], (place, options) =>
    listEntries(filter, { timeZone, ...place }, options),
  )
  const change = (changes: { [Key in keyof ActivitySearch]: ActivitySearch[Key] | undefined }) =>
    void navigate({ search: (before) => defined({ ...before, ...changes }), replace: true, resetScroll: false })
  const total = first?.total ?? 0
  const counted = `${first?.totalIsExact === false ? 'More than ' : ''}${formats.number(total)} ${total === 1 ? 'entry' : 'entries'}`
  return (
    <Page
      title="Activity"
      says={
        isEverybody
          ? 'What happened to accounts, and who did it, newest first.'
          : 'What happened in the organizations that you administer, newest first.'
      }
      actions={
        <Button
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
          disabled={items.length === 0}
          onClick={() => saveText(writeCsv(rowsOf(items)), 'activity.csv', 'text/csv')}
        >
          Save what is shown
        </Button>
      }
    >
      <Filters search={filter} isEverybody={isEverybody} onChange={change} />
      <Answered query={query}>
        {() =>
          items.length === 0 ? (
            <Empty icon={ScrollText} title="Nothing is recorded" says="Nothing happened that these filters leave in." />
          ) : (
            <Stack gap="xs">
              <Text size="sm" c="dimmed" className="tabular" role="status">
                {counted}
              </Text>
              <EntryRows
                entries={items}
                label="What happened"
                linksToUsers={linksToUsers}
                onOpen={(entry) => change({ entry })}
              />
              <More query={query} />
            </Stack>
          )
        }
      </Answered>
      <EntryDrawer
        entry={items.find(({ id }) => id === opened) ?? null}
        linksToUsers={linksToUsers}
        onClose={() => change({ entry: undefined })}
        onNarrow={(narrower) => change({ entry: undefined, ...narrower })}
      />
    </Page>
  )
}

/** Without what is undefined, so that it stands not in the address. */
function defined(search: { [Key in keyof ActivitySearch]: ActivitySearch[Key] | undefined }): ActivitySearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
