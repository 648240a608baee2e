import type { ColumnTypes, Migration } from './migrations.ts'

/**
 * What people prove besides their password, and what they have begun and not finished. `counter` is the step of the last code of an authenticator
 * app, or how often a passkey has signed.
 */
export const factors: Migration = {
  number: 12,
  name: 'factors',
  statements: (types: ColumnTypes) => [
    `create table factors (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      kind ${types.text} not null check (kind in ('totp', 'passkey')),
      content ${types.sealed} not null,
      credential_digest ${types.text},
      counter ${types.integer} not null,
      created_at ${types.integer} not null,
      confirmed_at ${types.integer},
      last_used_at ${types.integer}
    ) ${types.keyed}`,
    'create index factors_by_user on factors (user_id)',
    `create unique index factors_one_app on factors (user_id) where kind = 'totp'`,
    'create unique index factors_by_credential on factors (credential_digest) where credential_digest is not null',
    'create index factors_unconfirmed on factors (created_at) where confirmed_at is null',

    `create table recovery_codes (
      user_id ${types.id} not null,
      digest ${types.text} not null,
      used_at ${types.integer},
      primary key (user_id, digest)
    ) ${types.keyed}`,

    `create table challenges (
      digest ${types.text} primary key,
      user_id ${types.id} not null,
      attempts ${types.integer} not null,
      expires_at ${types.integer} not null,
      content ${types.sealed} not null
    ) ${types.keyed}`,
    'create index challenges_by_user on challenges (user_id)',
    'create index challenges_by_end on challenges (expires_at)',
  ],
}
