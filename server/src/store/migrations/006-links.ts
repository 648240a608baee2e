import type { ColumnTypes, Migration } from './migrations.ts'

/** Ways in that were sent to an address. `ended_at` is when a link was spent or became void. */
export const links: Migration = {
  number: 6,
  name: 'links',
  statements: (types: ColumnTypes) => [
    `create table links (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      purpose ${types.text} not null,
      email ${types.sealed} not null,
      created_at ${types.integer} not null,
      expires_at ${types.integer} not null,
      ended_at ${types.integer}
    ) ${types.plain}`,
    'create index links_by_user on links (user_id, purpose, created_at)',
    'create index links_by_expiry on links (expires_at)',
  ],
}
