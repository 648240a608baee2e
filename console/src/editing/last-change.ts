import { queryOptions } from '@tanstack/react-query'
import { client } from '../client/client.ts'
import { nameOf } from '../session/session.tsx'

/** What whoever changed a user since an instant is called; null where that cannot be told. */
export const changeBySomebodyQuery = (userId: string, since: string, etag: string | null) =>
  queryOptions({
    queryKey: ['user', userId, 'changed-by', since, etag],
    queryFn: async ({ signal }) => {
      const { data } = await client.users.activity.list(userId, { type: 'updated', limit: 1, from: since }, { signal })
      const actor = data[0]?.metadata.actor
      if (!actor) return null
      return nameOf(await client.users.get(actor, undefined, { signal }))
    },
  })
