import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../../client/client.ts'

/** What became of a user who is not there, by the record of activity; null when it knows of nobody like that. */
export const endQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', id, 'end'],
    queryFn: async ({ signal }) => {
      const latest = (type: 'erased' | 'deleted') => client.activity.list({ user: id, type, limit: 1 }, { signal })
      const [erased, deleted] = await Promise.all([latest('erased'), latest('deleted')])
      return erased.data[0] ?? deleted.data[0] ?? null
    },
    staleTime: 0,
  })
