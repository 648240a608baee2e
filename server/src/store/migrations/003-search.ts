import { fillSearch } from '../search.ts'
import type { Migration } from './migrations.ts'

/** Role and status are columns of the index, so that it can count any of them in one pass. */
const standings = ['admin', 'user', 'viewer'].flatMap((role) =>
  ['active', 'inactive', 'pending'].map((status) => `${role}_${status}`),
)

/** Every visible sign of ASCII that is neither letter nor digit is part of a gram; all beyond ASCII is anyway. */
const signs = `!""#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~`

/**
 * What is searched of each live user, folded by the application, and an index over its grams. In SQLite a full-text table that keeps no text,
 * whose rows have the users' numbers and whose tokens are the grams; in PostgreSQL an inverted index over an array. Neither asks a locale.
 */
export const search: Migration = {
  number: 3,
  name: 'search',
  statements: ({ engine }) => (engine === 'sqlite' ? sqlite : postgres),
  fill: fillSearch,
}

const sqlite = [
  `create virtual table search_grams using fts5 (
    ${standings.join(', ')},
    content='', contentless_delete=1, detail=column, tokenize="ascii tokenchars '${signs}'"
  )`,
  `create table search_texts (
    number integer primary key,
    role text not null,
    status text not null,
    text text not null
  ) strict`,
]

const postgres = [
  `create table search_texts (
    user_id uuid primary key,
    role text collate "C" not null,
    status text collate "C" not null,
    text text collate "C" not null,
    grams text[] collate "C" not null
  )`,
  'create index search_texts_by_gram on search_texts using gin (grams) with (gin_pending_list_limit = 1024)',
]
