import type { Migration } from './migrations.ts'

/** Whom somebody has invited is found: mail that was written to them has the name of who did. */
export const inviters: Migration = {
  number: 23,
  name: 'inviters',
  statements: () => [
    'create index invitations_by_inviter on invitations (invited_by, id) where invited_by is not null',
  ],
}
