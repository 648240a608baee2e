import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ApiError, type Organization } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import type { FormEvent } from 'react'
import { client } from '../../../client/client.ts'
import { faultsByField } from '../../../client/words.ts'
import { useMay } from '../../../session/session.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { useDraft } from '../../../ui/draft.ts'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'

interface OrganizationSettingsProps {
  readonly organization: Organization
  readonly etag: string | null
}

interface Draft {
  readonly name: string | null
  readonly slug: string | null
  /** The version that the changes are to, as it was when they were begun. */
  readonly base: { readonly etag: string | null; readonly name: string; readonly slug: string } | null
}

const untouched: Draft = { name: null, slug: null, base: null }

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

function Names({ organization, etag, mayAll }: OrganizationSettingsProps & { readonly mayAll: boolean }) {
  const { id } = organization
  const [draft, change, forget] = useDraft<Draft>(`organization-${id}`, untouched)
  const name = draft.name ?? organization.name
  const slug = draft.slug ?? organization.slug
  const base = draft.base ?? { etag, name: organization.name, slug: organization.slug }
  const isOvertaken = base.etag !== etag
  const changes = {
    ...(name === organization.name ? {} : { name }),
    ...(slug === organization.slug ? {} : { slug }),
  }
  const save = useSaving(id, { changes, etag: base.etag, onSaved: forget })
  const faults = faultsByField(save.error)
  const isStale = save.error instanceof ApiError && save.error.code === 'PRECONDITION_FAILED'
  const isChanged = name !== organization.name || slug !== organization.slug
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const type = (part: { name: string } | { slug: string }) => change({ base, ...part })
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {isOvertaken && isChanged ? (
            <Conflict
              organization={organization}
              base={base}
              onTheirs={() => {
                forget()
                save.reset()
              }}
              onOwn={() => {
                change({ base: { etag, name: organization.name, slug: organization.slug } })
                save.reset()
              }}
            />
          ) : (
            !isStale && faults.name === undefined && faults.slug === undefined && <Refused error={save.error} />
          )}
          <TextInput
            label="Name"
            required
            autoComplete="off"
            value={name}
            error={faults.name}
            onChange={({ currentTarget: { value } }) => type({ name: value })}
          />
          <Slug mayAll={mayAll} value={slug} fault={faults.slug} onChange={(slug) => type({ slug })} />
          <Group justify="flex-end" gap="xs">
            {isChanged && (
              <Button variant="default" onClick={forget}>
                Discard
              </Button>
            )}
            <Button type="submit" loading={save.isPending} disabled={!isChanged || isOvertaken}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

interface SlugProps {
  readonly mayAll: boolean
  readonly value: string
  readonly fault: string | undefined
  readonly onChange: (slug: string) => void
}

function Slug({ mayAll, value, fault, onChange }: SlugProps) {
  return (
    <TextInput
      label="Slug"
      description={
        mayAll
          ? 'What addresses call it: small letters, digits and hyphens.'
          : 'Only admins of the directory change it.'
      }
      autoComplete="off"
      readOnly={!mayAll}
      value={value}
      error={fault}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

interface Saving {
  readonly changes: { readonly name?: string; readonly slug?: string }
  readonly etag: string | null
  readonly onSaved: () => void
}

/** Saves changes to the version that they were made to, and reads what there is when somebody else was first. */
function useSaving(id: string, { changes, etag, onSaved }: Saving) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => client.organizations.update(id, changes, etag === null ? {} : { ifMatch: etag }),
    onSuccess: async (saved) => {
      onSaved()
      tellDone(`${saved.name} was saved.`)
      const nouns = [['organization', id], ['organizations'], ['me']]
      await Promise.all(nouns.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'PRECONDITION_FAILED')
        void queries.invalidateQueries({ queryKey: ['organization', id] })
    },
  })
}

interface ConflictProps {
  readonly organization: Organization
  readonly base: { readonly name: string; readonly slug: string }
  readonly onTheirs: () => void
  readonly onOwn: () => void
}

/** What somebody else saved meanwhile, and whose of both is to stand. */
function Conflict({ organization, base, onTheirs, onOwn }: ConflictProps) {
  const changes = (['name', 'slug'] as const).filter((field) => organization[field] !== base[field])
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      icon={<CircleAlert aria-hidden />}
      title="Somebody else saved first"
    >
      <Stack gap="sm">
        <Text size="sm">
          {changes.length === 0
            ? 'Nothing that you see here was changed by it.'
            : changes
                .map((field) => `The ${field} was “${base[field]}” and is “${organization[field]}” by now.`)
                .join(' ')}{' '}
          What you typed is below.
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={onTheirs}>
            Take theirs
          </Button>
          <Button size="compact-sm" variant="default" onClick={onOwn}>
            Keep mine
          </Button>
        </Group>
      </Stack>
    </Alert>
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
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm" align="flex-start">
        <Title order={2}>Delete this organization</Title>
        <Text c="dimmed">Nobody belongs to it afterwards. Everybody keeps their account.</Text>
        <Button variant="outline" color="red" c="var(--mantine-color-error)" onClick={open}>
          Delete the organization
        </Button>
      </Stack>
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
    </Paper>
  )
}
