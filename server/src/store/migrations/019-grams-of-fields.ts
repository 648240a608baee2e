import { fillSearch } from '../search.ts'
import type { Migration } from './migrations.ts'

/** The index of the search begins anew, with the grams of single fields beside those of all that is searched. */
export const gramsOfFields: Migration = {
  number: 19,
  name: 'grams-of-fields',
  statements: ({ engine }) => [
    ...(engine === 'sqlite' ? ["insert into search_grams (search_grams) values ('delete-all')"] : []),
    'delete from search_texts',
  ],
  fill: fillSearch,
}
