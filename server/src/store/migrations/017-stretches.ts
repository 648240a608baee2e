import type { Migration } from './migrations.ts'

/** Who was created or changed in the same thirty days, in the order of numbers. */
export const stretches: Migration = {
  number: 17,
  name: 'stretches',
  statements: () =>
    ['created_at', 'updated_at'].map(
      (at) =>
        `create index users_by_stretch_of_${at} on users ((${at} / 2592000000), number, ${at}) where deleted_at is null`,
    ),
}
