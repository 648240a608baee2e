import type { Migration } from './migrations.ts'

/**
 * An index for each order of the list: the few ranges by role and status are merged as they are read. The column `deleted_at` is in them so
 * that counting and deep pages need not look at the rows.
 */
export const list: Migration = {
  number: 2,
  name: 'list',
  statements: () => [
    ...['created_at', 'updated_at', 'last_login_at', 'sort_email', 'sort_first_name', 'sort_last_name'].map(
      (key) => `create index users_by_${key} on users (role, status, ${key}, id, deleted_at) where deleted_at is null`,
    ),
    'create index users_by_verification on users (role, status, email_verified, deleted_at) where deleted_at is null',
    'drop index users_by_creation',
  ],
}
