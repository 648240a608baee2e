import type { Activity } from '@sudigital/client'
import { client } from '../../../../client/client.ts'
import type { NamedEntry } from '../../../activity/entries.ts'

/** One's own entries, for whoever may not read the record of everybody: by page, and naming nobody else. */
export async function listOwn(
  id: string,
  type: Activity['type'] | undefined,
  { cursor, limit }: { readonly cursor: string; readonly limit: number },
  options: { readonly signal: AbortSignal },
) {
  const page = Number(cursor || 1)
  const { data, meta } = await client.users.activity.list(id, { type, page, limit }, options)
  const hasMore = meta.page * meta.limit < meta.total
  return {
    data: data.map((entry): NamedEntry => ({ ...entry, userId: id, account: null, doer: null })),
    meta: { total: meta.total, next: hasMore ? String(page + 1) : null },
  }
}
