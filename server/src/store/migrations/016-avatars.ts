import type { ColumnTypes, Migration } from './migrations.ts'

/** Pictures of users, in a table of their own: whoever reads a user reads none of them. */
export const avatars: Migration = {
  number: 16,
  name: 'avatars',
  statements: (types: ColumnTypes) => [
    `create table avatars (
      user_id ${types.id} primary key,
      hash ${types.text} not null,
      large ${types.sealedBytes} not null,
      medium ${types.sealedBytes} not null,
      small ${types.sealedBytes} not null
    ) ${types.plain}`,
  ],
}
