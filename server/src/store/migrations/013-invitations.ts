import type { ColumnTypes, Migration } from './migrations.ts'

/** Invitations, which hold nothing about anybody: who was invited stands in the user's row. A user has one that is open at most. */
export const invitations: Migration = {
  number: 13,
  name: 'invitations',
  statements: (types: ColumnTypes) => [
    `create table invitations (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      made_user ${types.flag} not null,
      invited_by ${types.id},
      created_at ${types.integer} not null,
      sent_at ${types.integer} not null,
      expires_at ${types.integer} not null,
      accepted_at ${types.integer},
      revoked_at ${types.integer},
      check (accepted_at is null or revoked_at is null)
    ) ${types.plain}`,
    `create unique index invitations_open on invitations (user_id) where ${open}`,
    'create index invitations_by_user on invitations (user_id, created_at)',
    'create index invitations_by_creation on invitations (created_at, id)',
    `create index invitations_open_by_creation on invitations (created_at, id, expires_at) where ${open}`,
    'create index invitations_accepted on invitations (created_at, id) where accepted_at is not null',
    'create index invitations_revoked on invitations (created_at, id) where revoked_at is not null',
  ],
}

const open = 'accepted_at is null and revoked_at is null'
