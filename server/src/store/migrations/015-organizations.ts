import type { ColumnTypes, Migration } from './migrations.ts'

/** Organizations, and who belongs to them. Slugs are claimed in a table of their own, as the names of users are. */
export const organizations: Migration = {
  number: 15,
  name: 'organizations',
  statements: (types: ColumnTypes) => [
    `create table organizations (
      number ${types.autonumber},
      id ${types.id} not null unique,
      name ${types.text} not null,
      slug ${types.text} not null,
      version ${types.integer} not null,
      created_at ${types.integer} not null,
      updated_at ${types.integer} not null
    ) ${types.plain}`,
    `create table organization_slugs (
      slug ${types.text} primary key,
      organization_id ${types.id} not null
    ) ${types.keyed}`,
    `create table members (
      organization_id ${types.id} not null,
      user_id ${types.id} not null,
      role ${types.text} not null check (role in ('admin', 'member')),
      since ${types.integer} not null,
      primary key (organization_id, user_id)
    ) ${types.plain}`,
    'create index members_by_user on members (user_id, organization_id, role)',
    'create index members_by_entry on members (organization_id, since, user_id)',
    `create index members_admins on members (organization_id, user_id) where role = 'admin'`,
  ],
}
