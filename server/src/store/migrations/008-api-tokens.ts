import type { ColumnTypes, Migration } from './migrations.ts'

export const apiTokens: Migration = {
  number: 8,
  name: 'api-tokens',
  statements: (types: ColumnTypes) => [
    `create table api_tokens (
      id ${types.id} primary key,
      user_id ${types.id} not null,
      digest ${types.text} not null unique,
      name ${types.sealed} not null,
      permissions ${types.text} not null,
      created_at ${types.integer} not null,
      expires_at ${types.integer} not null,
      last_used_at ${types.integer}
    ) ${types.keyed}`,
    'create index api_tokens_by_user on api_tokens (user_id, created_at, id)',
  ],
}
