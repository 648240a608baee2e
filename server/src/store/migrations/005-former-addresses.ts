import type { Migration } from './migrations.ts'

/** Finds out whether an address belonged to somebody who was deleted. */
export const formerAddresses: Migration = {
  number: 5,
  name: 'former-addresses',
  statements: () => ['create index users_by_former_email on users (sort_email) where deleted_at is not null'],
}
