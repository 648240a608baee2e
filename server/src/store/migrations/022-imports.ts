import type { ColumnTypes, Migration } from './migrations.ts'

/** Files of users that were sent, and how far a node is with each. */
export const imports: Migration = {
  number: 22,
  name: 'imports',
  statements: (types: ColumnTypes) => [
    `create table imports (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      state ${types.text} not null check (state in ('running', 'done', 'stopped')),
      started_at ${types.integer} not null,
      updated_at ${types.integer} not null,
      progress ${types.sealed} not null
    ) ${types.plain}`,
    'create index imports_by_user on imports (user_id, state)',
    'create index imports_by_age on imports (started_at)',
  ],
}
