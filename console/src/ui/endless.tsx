import { Button, Center, Loader } from '@mantine/core'
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { explain } from '../client/words.ts'

interface CursorPage<Item> {
  readonly data: readonly Item[]
  readonly meta: {
    readonly next?: string | null | undefined
    readonly total?: number | undefined
    readonly totalIsExact?: boolean | undefined
  }
}

/** A list that is read page after page by cursor, as one. Whoever comes or goes meanwhile makes nobody appear twice. */
export function useEndless<Item>(
  key: QueryKey,
  list: (place: { cursor: string }, options: { signal: AbortSignal }) => PromiseLike<CursorPage<Item>>,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam, signal }) => list({ cursor: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.next || undefined,
  })
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data])
  return { query, items, first: query.data?.pages[0]?.meta }
}

type Endless = Pick<
  ReturnType<typeof useInfiniteQuery>,
  'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'error'
>

/** Stands behind the last item: when it comes into view, more is asked for. For the keyboard it is a button. */
export function More({ query }: { readonly query: Endless }) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = query
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = end
    if (current === null || !hasNextPage || isFetchingNextPage || error !== null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: '600px',
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error])
  if (!hasNextPage) return null
  return (
    <Center ref={end} p="md">
      {isFetchingNextPage ? (
        <Loader size="sm" aria-label="Loading more" />
      ) : (
        <Button variant="default" onClick={() => void fetchNextPage()}>
          {error === null ? 'Show more' : `${explain(error).title}. Try again`}
        </Button>
      )}
    </Center>
  )
}
