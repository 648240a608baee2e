import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import type { Saving, Version } from '../../../editing/save-merging.ts'
import { changesOf, fieldLabels, valuesOf } from '../../../editing/user-fields.ts'
import { meQuery } from '../../../session/session.tsx'

const { email: _, ...changed } = fieldLabels

/** What somebody changes of their own record in one form, by the names that the server calls it. */
export const labels = { ...changed, 'profile.bio': 'About you' } as const
export type Field = keyof typeof labels

async function readDetails(signal?: AbortSignal): Promise<Version> {
  const asked = ['firstName', 'lastName', 'username', 'profile', 'updatedAt'] as const
  const { data, etag } = await client.me.get({ fields: asked }, { signal }).withResponse()
  return { values: valuesOf(data), etag, updatedAt: data.updatedAt ?? '' }
}

export const detailsQuery = queryOptions({
  queryKey: ['me', 'details'],
  queryFn: ({ signal }) => readDetails(signal),
})

/** Reads and saves them for a form. */
export const saving: Saving = {
  async read() {
    const fresh = await readDetails()
    queries.setQueryData(detailsQuery.queryKey, fresh)
    return fresh
  },
  async send({ values, etag }, to) {
    const saved = await client.me.update(changesOf(values, to), { ifMatch: etag ?? undefined })
    void queries.invalidateQueries({ queryKey: meQuery.queryKey, exact: true })
    for (const key of [['me', 'activity'], ['users'], ['user']]) void queries.invalidateQueries({ queryKey: key })
    return saved
  },
}
