import type { ColumnTypes, Migration } from './migrations.ts'

/** Requests for mail to an address, whether anybody has it or not. `name` is a keyed digest of the address and of what was asked for. */
export const linkRequests: Migration = {
  number: 11,
  name: 'link-requests',
  statements: (types: ColumnTypes) => [
    `create table link_requests (
      name ${types.text} primary key,
      began_at ${types.integer} not null,
      last_at ${types.integer} not null,
      n ${types.integer} not null
    ) ${types.plain}`,
    'create index link_requests_by_beginning on link_requests (began_at)',
  ],
}
