import type { ColumnTypes, Migration } from './migrations.ts'

/** Who has a session in the stead of its user, and the session of their own with which it ends; null in everybody's own. */
export const impersonation: Migration = {
  number: 9,
  name: 'impersonation',
  statements: (types: ColumnTypes) => [
    `alter table sessions add column impersonator_id ${types.id}`,
    `alter table sessions add column impersonator_session_id ${types.id}`,
  ],
}
