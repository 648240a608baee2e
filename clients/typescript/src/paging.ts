import { UsageError } from './errors.ts'

const pageSizeMax = 100

interface CursorPage<Item> {
  readonly data: readonly Item[]
  readonly meta: { readonly next?: string | null }
}

interface NumberedPage<Item> {
  readonly data: readonly Item[]
  readonly meta: { readonly limit: number; readonly total: number; readonly page: number }
}

/** Whoever joins or leaves between two pages makes nobody appear twice or be left out. */
export async function* byCursor<Item>(
  query: { readonly limit?: number | undefined } | undefined,
  list: (query: { limit: number; cursor: string }) => PromiseLike<CursorPage<Item>>,
): AsyncGenerator<Item, void, undefined> {
  refusePlace(query)
  let cursor: string | null | undefined = ''
  do {
    const page: CursorPage<Item> = await list({ ...query, limit: query?.limit ?? pageSizeMax, cursor })
    yield* page.data
    cursor = page.meta.next
  } while (cursor)
}

export async function* byPage<Item>(
  query: { readonly limit?: number | undefined } | undefined,
  list: (query: { limit: number; page: number }) => PromiseLike<NumberedPage<Item>>,
): AsyncGenerator<Item, void, undefined> {
  refusePlace(query)
  for (let page = 1; ; page += 1) {
    const { data, meta } = await list({ ...query, limit: query?.limit ?? pageSizeMax, page })
    yield* data
    if (data.length < meta.limit || meta.page * meta.limit >= meta.total) return
  }
}

/** Where to read is what an iteration finds out by itself. */
function refusePlace(query: object | undefined): void {
  for (const name of ['page', 'cursor']) {
    if (query !== undefined && Reflect.get(query, name) !== undefined) {
      throw new UsageError('INVALID_ARGUMENT', `${name} cannot be sent to an iteration`)
    }
  }
}
