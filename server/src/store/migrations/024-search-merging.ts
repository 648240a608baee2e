import type { Migration } from './migrations.ts'

/**
 * Every group of transactions adds a segment to SQLite's index of the search. So many of a kind are merged at once in place of four: what is added is
 * written anew half as often, and a search looks through some more.
 */
export const searchMerging: Migration = {
  number: 24,
  name: 'search-merging',
  statements: ({ engine }) =>
    engine === 'sqlite'
      ? [
          `insert into search_grams (search_grams, rank) values ('automerge', 16)`,
          `insert into search_grams (search_grams, rank) values ('crisismerge', 64)`,
        ]
      : [],
}
