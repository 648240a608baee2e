import { Select, Text, ThemeIcon } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useMemo } from 'react'
import { useMay, useMe } from '../../../../session/session.tsx'
import { More, useEndless } from '../../../../ui/endless.tsx'
import { When } from '../../../../ui/person.tsx'
import { Section } from '../../../../ui/section.tsx'
import { Empty, Failed, Loading } from '../../../../ui/states.tsx'
import { detailOf, doerOf, listEntries, type NamedEntry } from '../../../activity/entries.ts'
import { type EntryType, isEntryType, typeOptions } from '../../../activity/types.ts'
import { useSubject } from '../subject.ts'
import { listOwn } from './entries.ts'
import { looks } from './looks.ts'

const limit = 50

/** What happened to somebody's account, newest first. */
export function Activity() {
  const type = useSearch({ from: '/console/users/$userId/activity', select: (search) => search.type })
  const { query, entries } = useEntries(type)
  return (
    <Section title="Activity" says="What happened to this account, and who did it." actions={<Types chosen={type} />}>
      {query.isPending && <Loading />}
      {query.isError && entries.length === 0 && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && entries.length === 0 && (
        <Empty icon={History} title="Nothing of the kind" says="Nothing like that has happened to this account." />
      )}
      {entries.length > 0 && (
        <ol className="user-timeline" aria-label="Activity">
          {entries.map((entry) => (
            <Happening key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <More query={query} />
    </Section>
  )
}

function useEntries(type: EntryType | undefined) {
  const { id } = useSubject().user
  const isNamed = useMay()('activity:list')
  const timeZone = useMe().preferences.timezone
  const { query, items } = useEndless<NamedEntry>(['user', id, 'activity', type ?? null], ({ cursor }, options) =>
    isNamed
      ? listEntries({ user: id, ...(type === undefined ? {} : { type }) }, { timeZone, cursor, limit }, options)
      : listOwn(id, type, { cursor, limit }, options),
  )
  /** What is new pushes entries onto the next page, where they come a second time. */
  const entries = useMemo(() => [...new Map(items.map((entry) => [entry.id, entry])).values()], [items])
  return { query, entries }
}

function Happening({ entry }: { readonly entry: NamedEntry }) {
  const me = useMe()
  const [Icon, colour] = looks[entry.type]
  const { actor, impersonating, ip } = entry.metadata
  const who = actor === me.id && !impersonating ? 'You' : doerOf(entry)
  const detail = detailOf(entry)
  return (
    <li className="user-happening">
      <ThemeIcon variant="light" color={colour} radius="xl" size={32} aria-hidden>
        <Icon size={16} />
      </ThemeIcon>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm">
          <Text span fw={550} inherit>
            {entry.description}
          </Text>
          {detail !== null && `: ${detail.charAt(0).toLowerCase()}${detail.slice(1)}`}
        </Text>
        <Text size="xs" c="dimmed">
          {who}
          {ip !== null && `, from ${ip}`}, <When at={entry.createdAt} />
        </Text>
      </div>
    </li>
  )
}

function Types({ chosen }: { readonly chosen: EntryType | undefined }) {
  const navigate = useNavigate()
  const choose = (type: string | null) =>
    void navigate({ to: '.', search: isEntryType(type) ? { type } : {}, replace: true, resetScroll: false })
  return (
    <Select
      aria-label="What happened"
      placeholder="Everything"
      clearable
      searchable
      data={typeOptions(true)}
      value={chosen ?? null}
      clearButtonProps={{ 'aria-label': 'Everything again' }}
      onChange={choose}
    />
  )
}
