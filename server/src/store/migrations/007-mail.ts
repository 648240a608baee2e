import type { ColumnTypes, Migration } from './migrations.ts'

/**
 * Mail that transactions caused. What waits is taken up when it is due, and `due_at` then moves on, to when another may take it up if
 * nobody settled it. What is settled has a `settled_at`, and is forgotten in time. `failure` is a short code, never the words of a mail server.
 */
export const mail: Migration = {
  number: 7,
  name: 'mail',
  statements: (types: ColumnTypes) => [
    `create table mail (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      kind ${types.text} not null,
      state ${types.text} not null check (state in ('waiting', 'sent', 'dead')),
      created_at ${types.integer} not null,
      due_at ${types.integer} not null,
      tried_until ${types.integer} not null,
      attempts ${types.integer} not null,
      settled_at ${types.integer},
      via ${types.text},
      failure ${types.text},
      content ${types.sealed} not null
    ) ${types.plain}`,
    'create index mail_by_due on mail (state, due_at)',
    'create index mail_by_state on mail (state, id)',
    'create index mail_by_settling on mail (settled_at) where settled_at is not null',
    'create index mail_by_user on mail (user_id)',
  ],
}
