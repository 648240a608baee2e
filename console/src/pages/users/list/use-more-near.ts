import { useEffect } from 'react'
import { firstNear } from './sizes.ts'
import type { PeoplePages } from './use-people.ts'

export type { PeoplePages } from './use-people.ts'

const nearRows = 50

/** Reads on before the end comes into view. */
export function useMoreNear(pages: PeoplePages, lastSeen: number, count: number): void {
  const { hasNextPage, isFetching, fetchNextPage, isError, isPlaceholderData } = pages
  const isNear = count > 0 && lastSeen >= count - (pages.data?.pages.length === 1 ? firstNear : nearRows)
  useEffect(() => {
    if (isNear && hasNextPage && !isFetching && !isError && !isPlaceholderData) void fetchNextPage()
  }, [isNear, hasNextPage, isFetching, isError, isPlaceholderData, fetchNextPage])
}
