import type { ColumnTypes, Migration } from './migrations.ts'

/** The record of activity as a whole, by type and by organization. Of what was written down before the step it is not known which one: its detail is sealed. */
export const activityLog: Migration = {
  number: 21,
  name: 'activity-log',
  statements: (types: ColumnTypes) => [
    `alter table activity add column organization_id ${types.id}`,
    'create index activity_by_type on activity (type, id, at)',
    'create index activity_by_organization on activity (organization_id, id) where organization_id is not null',
  ],
}
