import type { ColumnTypes, Migration } from './migrations.ts'

/** Requests that carry a key, and what came of them. `part` -1 stands for the request as a whole. */
export const idempotency: Migration = {
  number: 4,
  name: 'idempotency',
  statements: (types: ColumnTypes) => [
    `create table remembered_requests (
      name ${types.text} not null,
      part ${types.integer} not null,
      user_id ${types.id} not null,
      at ${types.integer} not null,
      content ${types.sealed} not null,
      primary key (name, part)
    ) ${types.plain}`,
    'create index remembered_requests_by_age on remembered_requests (at) where part = -1',
    'create index remembered_requests_by_user on remembered_requests (user_id) where part = -1',
  ],
}
