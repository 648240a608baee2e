import { Anchor, Button, Code, Drawer, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { client } from '../../client/client.ts'
import { useFormats } from '../../session/formats.ts'
import { Facts } from '../../ui/facts.tsx'
import { accountOf, doerOf, fieldInWords, type NamedEntry } from './entries.ts'
import type { ActivitySearch } from './search.ts'

interface EntryDrawerProps {
  /** Null when none is shown. */
  readonly entry: NamedEntry | null
  readonly linksToUsers: boolean
  readonly onClose: () => void
  readonly onNarrow: (filter: Pick<ActivitySearch, 'type' | 'user' | 'actor'>) => void
}

/** Everything that is kept of one entry, and the ways on from it. */
export function EntryDrawer({ entry, linksToUsers, onClose, onNarrow }: EntryDrawerProps) {
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={<Text fw={650}>{entry?.description}</Text>}
    >
      {entry !== null && (
        <Stack gap="lg">
          <EntryFacts entry={entry} linksToUsers={linksToUsers} />
          <Ways entry={entry} onNarrow={onNarrow} />
        </Stack>
      )}
    </Drawer>
  )
}

function EntryFacts({ entry, linksToUsers }: { readonly entry: NamedEntry; readonly linksToUsers: boolean }) {
  const formats = useFormats()
  const { metadata: kept } = entry
  const facts: [string, ReactNode][] = [
    ['When', formats.time(entry.createdAt)],
    [
      'Account',
      // Also to whoever is not here any more: their page says what became of them, and brings back who was deleted.
      <Whom key="account" id={entry.userId} name={accountOf(entry)} links={linksToUsers} />,
    ],
    [
      'By',
      kept.actor === null ? (
        doerOf(entry)
      ) : (
        <Whom key="by" id={kept.actor} name={doerOf(entry)} links={linksToUsers && entry.doer !== null} />
      ),
    ],
  ]
  if (kept.apiToken !== undefined) facts.push(['With the API token', <Code key="token">{kept.apiToken}</Code>])
  if (kept.from !== undefined) facts.push(['Before', kept.from])
  if (kept.to !== undefined) facts.push(['After', kept.to])
  if (kept.changed !== undefined) facts.push(['What changed', kept.changed.map(fieldInWords).join(', ')])
  if (kept.name !== undefined) facts.push(['Name', kept.name])
  if (kept.organization !== undefined)
    facts.push(['Organization', <OrganizationLink key="organization" id={kept.organization} />])
  facts.push(['Address', kept.ip ?? 'Not known'], ['Program', kept.userAgent ?? 'Not known'])
  facts.push(['Kind', <Code key="kind">{entry.type}</Code>], ['Entry', <Code key="entry">{entry.id}</Code>])
  return <Facts facts={facts} />
}

function Whom({ id, name, links }: { readonly id: string; readonly name: string; readonly links: boolean }) {
  if (!links) return name
  return (
    <Anchor component={Link} inherit to={`/console/users/${id}`}>
      {name}
    </Anchor>
  )
}

/** By name, once it is known. */
function OrganizationLink({ id }: { readonly id: string }) {
  const { data, isError } = useQuery({
    queryKey: ['organization', id],
    queryFn: ({ signal }) => client.organizations.get(id, { signal }),
    staleTime: 60_000,
  })
  if (isError) return 'One that is not here any more'
  return (
    <Anchor component={Link} inherit to={`/console/organizations/${id}`}>
      {data?.name ?? 'Its page'}
    </Anchor>
  )
}

function Ways({ entry, onNarrow }: Pick<EntryDrawerProps, 'onNarrow'> & { readonly entry: NamedEntry }) {
  const { actor } = entry.metadata
  return (
    <Group gap="xs">
      <Button variant="default" size="xs" onClick={() => onNarrow({ user: entry.userId })}>
        More of this account
      </Button>
      {actor !== null && actor !== entry.userId && (
        <Button variant="default" size="xs" onClick={() => onNarrow({ actor })}>
          More by the same
        </Button>
      )}
      <Button variant="default" size="xs" onClick={() => onNarrow({ type: entry.type })}>
        More of this kind
      </Button>
    </Group>
  )
}
