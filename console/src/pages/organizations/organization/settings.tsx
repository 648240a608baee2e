import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Organization } from '@sudigital/client'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../../client/client.ts'
import { faultsByField } from '../../../client/words.ts'
import { EditForm } from '../../../editing/edit-form.tsx'
import { useEditing } from '../../../editing/use-editing.ts'
import { useMay } from '../../../session/session.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Section } from '../../../ui/section.tsx'
import { tellDone } from '../../../ui/told.ts'
import { savingOf, versionOf } from './record.ts'

interface OrganizationSettingsProps {
  readonly organization: Organization
  readonly etag: string | null
}

/** What an organization is called, and its end. */
export function OrganizationSettings({ organization, etag }: OrganizationSettingsProps) {
  const mayAll = useMay()('organizations:manage')
  return (
    <Stack gap="lg" maw={640}>
      <Names organization={organization} etag={etag} mayAll={mayAll} />
      {mayAll && <End organization={organization} etag={etag} />}
    </Stack>
  )
}

const labels = { name: 'Name', slug: 'Slug' } as const
const labelOf = (field: string) => labels[field as keyof typeof labels] ?? field

function Names({ organization, etag, mayAll }: OrganizationSettingsProps & { readonly mayAll: boolean }) {
  const { id } = organization
  const editing = useEditing({
    stored: versionOf(organization, etag),
    labelOf,
    keptAs: `organization ${id}`,
    ...savingOf(id),
  })
  const faults = faultsByField(editing.error)
  const input = (field: keyof typeof labels) => ({
    label: labels[field],
    autoComplete: 'off',
    value: editing.values[field] ?? '',
    error: faults[field],
    onChange: (event: { currentTarget: { value: string } }) => editing.set(field, event.currentTarget.value),
  })
  const slugSays = mayAll
    ? 'What addresses call it: small letters, digits and hyphens.'
    : 'Only admins of the directory change it.'
  return (
    <Section title="What it is called">
      <EditForm editing={editing} labels={labels}>
        <TextInput {...input('name')} required />
        <TextInput {...input('slug')} description={slugSays} readOnly={!mayAll} />
      </EditForm>
    </Section>
  )
}

function End({ organization, etag }: OrganizationSettingsProps) {
  const [isAsking, { open, close }] = useDisclosure()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id, name } = organization
  const end = async () => {
    await client.organizations.delete(id, etag === null ? {} : { ifMatch: etag })
    tellDone(`${name} was deleted.`)
    await navigate({ to: '/console/organizations' })
    for (const noun of ['organizations', 'invitations', 'me']) void queries.invalidateQueries({ queryKey: [noun] })
    queries.removeQueries({ queryKey: ['organization', id] })
  }
  return (
    <Section title="Delete this organization" says="Nobody belongs to it afterwards. Everybody keeps their account.">
      <Button variant="outline" color="red" c="var(--mantine-color-error)" onClick={open}>
        Delete the organization
      </Button>
      {isAsking && (
        <Confirm
          title="Delete this organization"
          action="Delete it for good"
          typed={name}
          onConfirm={end}
          onClose={close}
        >
          <Text>
            <strong>{name}</strong> is deleted for good, and cannot be restored: its members belong to it no more, and
            invitations into it are revoked. Their accounts stay as they are.
          </Text>
        </Confirm>
      )}
    </Section>
  )
}
