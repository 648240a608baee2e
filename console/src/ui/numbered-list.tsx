import { Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { NumberedPages } from './numbered-pages.tsx'
import { Answered, Loading } from './states.tsx'

interface ReadPage<Item> {
  readonly data: readonly Item[]
  readonly meta: { readonly limit: number; readonly total: number }
}

interface NumberedListProps<Item> {
  readonly query: UseQueryResult<ReadPage<Item>>
  /** What there are pages of, for those who do not see them: “Pages of invitations”. */
  readonly label: string
  /** From 1. */
  readonly page: number
  readonly onPage: (page: number) => void
  /** In place of a list with nothing in it. */
  readonly empty: ReactNode
  /** The items of a page, and how many there are in all. */
  readonly children: (items: readonly Item[], total: number) => ReactNode
  readonly padding?: 'md'
}

/** A list in numbered pages: one of them, and the way to the others. Whoever asks for a page behind the last is led to the last. */
export function NumberedList<Item>({ query, label, page, onPage, empty, children, padding }: NumberedListProps<Item>) {
  return (
    <Answered query={query}>
      {({ data, meta: { limit, total } }) => {
        const pages = Math.max(1, Math.ceil(total / limit))
        if (data.length === 0 && page > 1) return <BackTo page={Math.min(page - 1, pages)} onPage={onPage} />
        if (data.length === 0) return empty
        return (
          <Stack gap="sm" aria-busy={query.isPlaceholderData} {...(padding === undefined ? {} : { p: padding })}>
            {children(data, total)}
            <NumberedPages label={label} page={page} limit={limit} total={total} onChange={onPage} />
          </Stack>
        )
      }}
    </Answered>
  )
}

/** The list has become shorter, or somebody has typed an address. */
function BackTo({ page, onPage }: Pick<NumberedListProps<never>, 'page' | 'onPage'>) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page that turns out to be empty
  useEffect(() => onPage(page), [page])
  return <Loading />
}
