import type { Organization } from '@sudigital/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { changesBetween } from '../../../editing/merge.ts'
import type { Saving, Version } from '../../../editing/save-merging.ts'

/** An organization, and the tag that says which version of it this is. */
export async function readOrganization(id: string, signal?: AbortSignal) {
  const { data, etag } = await client.organizations.get(id, { signal }).withResponse()
  return { data, etag }
}

export const organizationQuery = (id: string) =>
  queryOptions({ queryKey: ['organization', id], queryFn: ({ signal }) => readOrganization(id, signal) })

/** What an organization is called, as a form has it. */
export function versionOf({ name, slug, updatedAt }: Organization, etag: string | null): Version {
  return { values: { name, slug }, etag, updatedAt }
}

/** Reads and saves it for a form. */
export function savingOf(id: string): Saving {
  return {
    async read() {
      const fresh = await readOrganization(id)
      queries.setQueryData(organizationQuery(id).queryKey, fresh)
      return versionOf(fresh.data, fresh.etag)
    },
    async send({ values, etag }, to) {
      // What is empty is sent as such: the server says what is wrong with that.
      const changes = [...changesBetween(values, to)].map(([field, value]) => [field, value ?? ''])
      const saved = await client.organizations.update(id, Object.fromEntries(changes), { ifMatch: etag ?? undefined })
      for (const noun of ['organizations', 'me']) void queries.invalidateQueries({ queryKey: [noun] })
      return saved
    },
  }
}
