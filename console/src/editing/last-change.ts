import { queryOptions, skipToken } from '@tanstack/react-query'
import { client } from '../client/client.ts'
import { nameOf } from '../session/session.tsx'

interface Change {
  readonly since: string
  /** The version that it led to. */
  readonly etag: string | null
}

/** What whoever else changed a user since an instant is called; null where that cannot be told. */
export const changeBySomebodyQuery = (userId: string | null, me: string, { since, etag }: Change) =>
  queryOptions({
    queryKey: ['user', userId, 'changed-by', since, etag],
    queryFn:
      userId === null
        ? skipToken
        : async ({ signal }): Promise<string | null> => {
            const { data } = await client.users.activity.list(
              userId,
              { type: 'updated', limit: 1, from: since },
              { signal },
            )
            const actor = data[0]?.metadata.actor
            if (!actor || actor === me) return null
            return nameOf(await client.users.get(actor, undefined, { signal }))
          },
  })
