import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'

/** What is asked at sign-in besides the password, and how many recovery codes are left. */
export const factorsQuery = queryOptions({
  queryKey: ['me', 'factors'],
  queryFn: ({ signal }) => client.me.factors.list({ limit: 100 }, { signal }),
})

/** Another factor, or one less, ends sessions and leaves entries, too. */
export async function factorsChanged(): Promise<void> {
  await Promise.all(
    ['factors', 'sessions', 'activity'].map((part) => queries.invalidateQueries({ queryKey: ['me', part] })),
  )
}
