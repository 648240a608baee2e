import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { useMe } from '../../../session/session.tsx'
import { When } from '../../../ui/person.tsx'
import { Section } from '../../../ui/section.tsx'
import { Failed, Loading } from '../../../ui/states.tsx'

const pageLength = 10

/** What happened to somebody's account, latest first. */
export function OwnActivity() {
  const { id: ownId } = useMe()
  const query = useInfiniteQuery({
    queryKey: ['me', 'activity'],
    queryFn: ({ pageParam, signal }) => client.me.activity.list({ page: pageParam, limit: pageLength }, { signal }),
    initialPageParam: 1,
    getNextPageParam: ({ meta: { page, limit, total } }) => (page * limit < total ? page + 1 : undefined),
  })
  const pages = query.data?.pages ?? []
  // What happens meanwhile moves entries on to the next page.
  const entries = [...new Map(pages.flatMap(({ data }) => data.map((entry) => [entry.id, entry]))).values()]
  return (
    <Section
      title="Activity"
      says="What happened to your account. If something here was not you, change your password."
    >
      {query.isPending && <Loading lines={4} />}
      {query.isError && query.data === undefined && <Failed error={query.error} retry={() => void query.refetch()} />}
      <ul className="account-list" aria-label="Activity">
        {entries.map(({ id, description, metadata: { ip, actor, impersonating }, createdAt }) => (
          <li key={id}>
            <Group justify="space-between" gap="2px 16px" align="baseline">
              <Text size="sm">
                {description}
                {actor !== null && (actor !== ownId || impersonating) && (
                  <Text span inherit c="dimmed">
                    , by an administrator
                  </Text>
                )}
              </Text>
              <Text size="xs" c="dimmed">
                {ip !== null && `from ${ip} · `}
                <When at={createdAt} />
              </Text>
            </Group>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchNextPageError ? 'That did not work. Try again' : 'Show more'}
        </Button>
      )}
    </Section>
  )
}
