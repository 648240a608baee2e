import type { ColumnTypes, Migration } from './migrations.ts'

/**
 * Who was erased, and what was taken away: numbers, and nothing about anybody. `swept_at` is when what others did with them had been gone through, and
 * `finished_at` when files had been cleaned since. What is left in `users` of whoever was has `erased_at`. Activity says who
 * did it in a column of its own, so that what somebody did is found; older entries have the id that nobody has until a job has looked into them.
 */
export const erasures: Migration = {
  number: 20,
  name: 'erasures',
  statements: (types: ColumnTypes) => [
    `create table erasures (
      user_id ${types.id} primary key,
      id ${types.id} not null,
      cause ${types.text} not null check (cause in ('asked', 'retention', 'restored')),
      at ${types.integer} not null,
      erased ${types.text} not null,
      swept_at ${types.integer},
      finished_at ${types.integer}
    ) ${types.plain}`,
    'create index erasures_unfinished on erasures (at) where finished_at is null',

    `alter table users add column erased_at ${types.integer}`,
    'drop index users_by_deletion',
    'create index users_by_deletion on users (deleted_at) where deleted_at is not null and erased_at is null',

    `alter table activity add column actor_id ${types.id} default '00000000-0000-0000-0000-000000000000'`,
    'create index activity_by_actor on activity (actor_id, id) where actor_id is not null',
    'create index sessions_by_impersonator on sessions (impersonator_id) where impersonator_id is not null',
    'create index api_tokens_by_expiry on api_tokens (expires_at)',
  ],
}
