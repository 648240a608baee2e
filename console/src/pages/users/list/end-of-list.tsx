import { Failed, Loading } from '../../../ui/states.tsx'
import type { PeoplePages } from './use-people.ts'

/** What stands behind the last row: more that is coming, or why none is. */
export function EndOfList({ pages }: { readonly pages: PeoplePages }) {
  if (pages.isFetchNextPageError) return <Failed error={pages.error} retry={() => void pages.fetchNextPage()} />
  return pages.hasNextPage ? <Loading lines={3} /> : null
}
