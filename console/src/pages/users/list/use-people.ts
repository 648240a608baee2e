import type { UserPageMeta } from '@sudigital/client'
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { client } from '../../../client/client.ts'
import { pause } from '../../../client/patiently.ts'
import { queries } from '../../../client/queries.ts'
import { useMe } from '../../../session/session.tsx'
import { listedFields } from '../fields.ts'
import { noteAsked } from './patience.ts'
import { filterFor, filterOf, orderFor, type Person } from './question.ts'
import type { UsersSearch } from './search.ts'
import { firstNear, rowHeight } from './sizes.ts'

/** The first page is small, so that it is there at once: as much as can be seen, and a little more. */
const firstPage = () => Math.ceil(innerHeight / rowHeight) + firstNear
const nextPages = 100
/** So many pages are read anew when somebody comes back to a list, or changed something in it. */
const pagesAnewMax = 4
export const listKey = ['users', 'list']
const totalKey = ['users', 'total']

type Pages = InfiniteData<{ data: Person[]; meta: UserPageMeta }, string>

/** Everybody who matches, in the order that was asked for. Counting takes longer than finding, so totals are asked for apart. */
export function peopleQuery(search: UsersSearch, timeZone: string, more: readonly ('username' | 'number')[]) {
  const query = { ...filterFor(search, timeZone), ...orderFor(search) }
  return infiniteQueryOptions({
    queryKey: [...listKey, query, more],
    queryFn: ({ pageParam: cursor, signal }) => listPeople({ ...query, cursor }, more, signal),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.next || undefined,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: 30_000,
  })
}

/** The list as far as it was scrolled to; while another is on its way, the one before. */
export function usePeople(search: UsersSearch, more: readonly ('username' | 'number')[]) {
  const options = peopleQuery(search, useMe().preferences.timezone, more)
  useState(() => keepFew(options.queryKey))
  const pages = useInfiniteQuery({ ...options, placeholderData: keepPreviousData })
  const { data } = pages
  const people = useMemo(() => data?.pages.flatMap(({ data }) => data) ?? [], [data])
  return { pages, people }
}

export type PeoplePages = ReturnType<typeof usePeople>['pages']

async function listPeople(
  query: ReturnType<typeof filterFor> & { cursor: string },
  more: readonly ('username' | 'number')[],
  signal: AbortSignal,
): Promise<Pages['pages'][number]> {
  const asked = { ...query, limit: query.cursor === '' ? firstPage() : nextPages, count: false }
  noteAsked()
  if (more.length === 0) return client.users.list(asked, { signal })
  const { data, meta } = await client.users.list({ ...asked, fields: [...listedFields, ...more] }, { signal })
  return { data: data as Person[], meta }
}

/** How many match. */
export interface Total {
  readonly count: number
  readonly isExact: boolean
}

export interface Counted {
  /** Null until it is known. */
  readonly total: Total | null
  /** Counts once more, where that came to nothing; null otherwise. */
  readonly again: (() => void) | null
}

/** How many match, counted once whoever types has stopped. */
export function useTotal(search: UsersSearch, { pages, people }: ReturnType<typeof usePeople>): Counted {
  const filter = filterFor(filterOf(search), useMe().preferences.timezone)
  const isSettled = pages.data !== undefined && !pages.isPlaceholderData
  const isAllHere = isSettled && !pages.hasNextPage
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: [...totalKey, filter],
    queryFn: async ({ signal }) => {
      await pause(pauseMs, signal)
      noteAsked()
      return (await client.users.list({ ...filter, limit: 1 }, { signal })).meta
    },
    enabled: isSettled && !isAllHere,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  })
  if (isAllHere) return { total: { count: people.length, isExact: true }, again: null }
  if (!isSettled || data?.total === undefined)
    return { total: null, again: isSettled && isError && !isFetching ? () => void refetch() : null }
  return { total: { count: data.total, isExact: data.totalIsExact !== false }, again: null }
}

/** Whoever types has stopped by then. */
const pauseMs = 250

/** Shows in every list what has become of people, without reading it all anew. */
export function showChanged(changed: ReadonlyMap<string, Partial<Person> | 'gone'>): void {
  queries.setQueriesData<Pages>({ queryKey: listKey }, (kept) => {
    if (kept === undefined) return kept
    const pages = kept.pages.map((page) => ({
      ...page,
      data: page.data.flatMap((person) => {
        const change = changed.get(person.id)
        if (change === undefined) return [person]
        return change === 'gone' ? [] : [{ ...person, ...change }]
      }),
    }))
    return { ...kept, pages }
  })
  for (const id of changed.keys()) void queries.invalidateQueries({ queryKey: ['user', id] })
  void queries.invalidateQueries({ queryKey: totalKey })
  const isShort = ({ state }: { state: { data: unknown } }) =>
    ((state.data as Pages | undefined)?.pages.length ?? 0) <= pagesAnewMax
  void queries.invalidateQueries({ queryKey: listKey, predicate: isShort })
}

/** Whoever comes back to a long list that has changed meanwhile is not made to wait for all of it. */
function keepFew(key: QueryKey): void {
  const state = queries.getQueryState<Pages>(key)
  if (state?.data === undefined || !state.isInvalidated) return
  queries.setQueryData<Pages>(
    key,
    (kept) => kept && { pages: kept.pages.slice(0, pagesAnewMax), pageParams: kept.pageParams.slice(0, pagesAnewMax) },
    { updatedAt: 0 },
  )
}
