import type { ColumnTypes, Migration } from './migrations.ts'

/**
 * Invitations into organizations, of which a user may have several, open at once. What was sent stands with them, sealed, so that whoever sent it is
 * shown nothing else; the address is there as a keyed digest, by which it is found again.
 */
export const organizationInvitations: Migration = {
  number: 18,
  name: 'organization-invitations',
  statements: (types: ColumnTypes) => [
    `alter table invitations add column organization_id ${types.id}`,
    `alter table invitations add column organization_role ${types.text}`,
    `alter table invitations add column address ${types.text}`,
    `alter table invitations add column sent ${types.sealed}`,
    'drop index invitations_open',
    `create unique index invitations_open on invitations (user_id) where ${open} and organization_id is null`,
    `create unique index invitations_open_in on invitations (organization_id, address)
      where ${open} and organization_id is not null`,
    `create index invitations_by_organization on invitations (organization_id, created_at, id)
      where organization_id is not null`,
    `alter table links add column invitation_id ${types.id}`,
  ],
}

const open = 'accepted_at is null and revoked_at is null'
