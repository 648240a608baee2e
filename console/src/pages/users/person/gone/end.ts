import type { LogEntry } from '@sudigital/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../../client/client.ts'

const ends = new Set<LogEntry['type']>(['deleted', 'restored', 'erased'])

/** What became of a user who is not there, by the record of activity; null when it knows of nobody like that. */
export const endQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', id, 'end'],
    queryFn: async ({ signal }) => {
      const { data } = await client.activity.list({ user: id, limit: 20 }, { signal })
      return data.find(({ type }) => ends.has(type)) ?? null
    },
    staleTime: 0,
  })
