import { SegmentedControl, Text, VisuallyHidden } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { MailOpen } from 'lucide-react'
import { client } from '../../client/client.ts'
import { useFormats } from '../../session/formats.ts'
import { NumberedList } from '../../ui/numbered-list.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { GivenUp } from './given-up.tsx'
import { MailTable } from './mail-table.tsx'
import { stateLabels } from './mail-words.ts'
import { Retry } from './retry.tsx'
import { type MailSearch, readMailSearch, states } from './search.ts'

const route = getRouteApi('/console/mail')
const perPage = 20

/** What is sent to people: what was given up comes first, then all of it, newest first. */
export function MailPage() {
  const { state, page = 1 } = route.useSearch()
  const navigate = useNavigate({ from: '/console/mail' })
  const formats = useFormats()
  const go = (search: MailSearch) => void navigate({ search, replace: true })
  const query = useQuery({
    queryKey: ['mail', { state, page }],
    queryFn: ({ signal }) => client.mail.list({ state, page, limit: perPage }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
  return (
    <Page
      title="Mail"
      says="What is sent to people about their accounts. It is kept for 30 days after it was sent or given up."
    >
      {state === undefined && page === 1 && <GivenUp />}
      <SegmentedControl
        aria-label="Which mail"
        value={state ?? ''}
        data={[{ value: '', label: 'All' }, ...states.map((value) => ({ value, label: stateLabels[value] }))]}
        onChange={(picked) => {
          const known = states.find((one) => one === picked)
          go(known === undefined ? {} : { state: known })
        }}
        className="states"
      />
      <NumberedList
        query={query}
        label="Pages of mail"
        page={page}
        onPage={(page) => go(readMailSearch({ state, page }))}
        empty={
          <Empty
            icon={MailOpen}
            title={state === undefined ? 'No mail yet' : `No mail is ${stateLabels[state].toLowerCase()}`}
            says="Invitations, verifications and notices are listed here as they are written."
          />
        }
      >
        {(mails, total) => (
          <>
            <VisuallyHidden component="h2">{state === undefined ? 'All mail' : stateLabels[state]}</VisuallyHidden>
            <Text size="sm" c="dimmed" className="tabular">
              {formats.number(total)} {total === 1 ? 'mail' : 'mails'}
            </Text>
            <MailTable
              label={state === undefined ? 'All mail' : stateLabels[state]}
              mails={mails}
              showsState={state === undefined}
              {...(state === 'dead' ? { action: (mail) => <Retry mail={mail} /> } : {})}
            />
          </>
        )}
      </NumberedList>
    </Page>
  )
}
