import { NumberInput, Select, SimpleGrid } from '@mantine/core'
import type { OrganizationRole, Role } from '@sudigital/client'
import { type ChoicesInHand, organizationRoles } from './choices.ts'

interface ChoicesFieldsProps {
  readonly inHand: ChoicesInHand
  readonly faults?: Readonly<Record<string, string>>
}

/** The role, the organization and the time that whoever is invited is given. */
export function ChoicesFields({ inHand, faults = {} }: ChoicesFieldsProps) {
  const { choices, choose, organizations, needsOrganization, roles } = inHand
  const { role, expiresInDays, organizationId, organizationRole } = choices
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} maw={720}>
      <Select
        label="Role in the directory"
        data={roles}
        value={role}
        error={faults.role}
        onChange={(value) => value !== null && choose({ role: value as Role })}
        allowDeselect={false}
      />
      <NumberInput
        label="Good for"
        suffix=" days"
        min={1}
        max={90}
        clampBehavior="blur"
        allowDecimal={false}
        value={expiresInDays}
        error={faults.expiresInDays}
        onChange={(value) => choose({ expiresInDays: typeof value === 'number' ? value : 7 })}
      />
      {(organizations.length > 0 || needsOrganization) && (
        <Select
          label="Organization"
          placeholder="None"
          data={organizations}
          value={organizationId === '' ? null : organizationId}
          error={faults.organizationId}
          onChange={(value) => choose({ organizationId: value ?? '' })}
          clearable={!needsOrganization}
          allowDeselect={!needsOrganization}
          required={needsOrganization}
          searchable
          nothingFoundMessage="No organization is called that"
        />
      )}
      {organizationId !== '' && (
        <Select
          label="Role in the organization"
          data={organizationRoles}
          value={organizationRole}
          error={faults.organizationRole}
          onChange={(value) => value !== null && choose({ organizationRole: value as OrganizationRole })}
          allowDeselect={false}
        />
      )}
    </SimpleGrid>
  )
}
