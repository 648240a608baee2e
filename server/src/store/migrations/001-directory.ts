import type { ColumnTypes, Migration } from './migrations.ts'

export const directory: Migration = {
  number: 1,
  name: 'directory',
  statements: (types: ColumnTypes) => [
    `create table users (
      number ${types.autonumber},
      id ${types.id} not null unique,
      email ${types.text},
      username ${types.text},
      first_name ${types.text},
      last_name ${types.text},
      role ${types.text} not null check (role in ('admin', 'user', 'viewer')),
      status ${types.text} not null check (status in ('active', 'inactive', 'pending')),
      email_verified ${types.flag} not null,
      version ${types.integer} not null,
      created_at ${types.integer} not null,
      updated_at ${types.integer} not null,
      last_login_at ${types.integer},
      deleted_at ${types.integer},
      restorable ${types.flag} not null,
      particulars ${types.sealed} not null,
      sort_email ${types.text} not null,
      sort_first_name ${types.text} not null,
      sort_last_name ${types.text} not null
    ) ${types.plain}`,
    'create index users_by_creation on users (created_at, id) where deleted_at is null',
    'create index users_by_deletion on users (deleted_at) where deleted_at is not null',

    `create table claims (
      kind ${types.text} not null,
      value ${types.text} not null,
      user_id ${types.id} not null,
      primary key (kind, value)
    ) ${types.keyed}`,

    `create table user_counts (
      role ${types.text} not null,
      status ${types.text} not null,
      n ${types.integer} not null,
      primary key (role, status)
    ) ${types.keyed}`,
    `create table user_count_deltas (
      id ${types.autonumber},
      role ${types.text} not null,
      status ${types.text} not null,
      delta ${types.integer} not null
    ) ${types.plain}`,
    `create table active_admins (
      one ${types.integer} primary key check (one = 1),
      n ${types.integer} not null check (n >= 0)
    ) ${types.plain}`,
    'insert into active_admins (one, n) values (1, 0)',

    `create table credentials (
      user_id ${types.id} primary key,
      password_hash ${types.text} not null,
      changed_at ${types.integer} not null
    ) ${types.keyed}`,

    `create table sessions (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      created_at ${types.integer} not null,
      last_used_at ${types.integer} not null,
      expires_at ${types.integer} not null,
      ended_at ${types.integer},
      origin ${types.sealed} not null
    ) ${types.keyed}`,
    'create index sessions_by_user on sessions (user_id, ended_at)',

    `create table refresh_tokens (
      digest ${types.text} primary key,
      session_id ${types.id} not null,
      user_id ${types.id} not null,
      issued_at ${types.integer} not null,
      used_at ${types.integer}
    ) ${types.keyed}`,
    'create index refresh_tokens_by_session on refresh_tokens (session_id)',

    `create table activity (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      type ${types.text} not null,
      at ${types.integer} not null,
      detail ${types.sealed} not null
    ) ${types.keyed}`,
    'create index activity_by_user on activity (user_id, at, id)',

    `create table signing_keys (
      kid ${types.text} primary key,
      private_jwk ${types.sealed} not null,
      public_jwk ${types.text} not null,
      created_at ${types.integer} not null,
      retired_at ${types.integer}
    ) ${types.keyed}`,

    `create table facts (
      name ${types.text} primary key,
      value ${types.text} not null
    ) ${types.keyed}`,
  ],
}
