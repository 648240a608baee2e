import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Search, UserPlus } from 'lucide-react'
import { client } from '../../client/client.ts'
import { Page } from '../../ui/page.tsx'
import { useTyped } from '../../ui/typed.ts'
import { InvitationsFound } from './invitations-found.tsx'
import { useOrganizationChoices } from './organization-choices.ts'
import { type ChangeSearch, type InvitationsSearch, invitationStates, readInvitationsSearch } from './search.ts'

const route = getRouteApi('/console/invitations')

/** Who was asked in, and what became of it. */
export function Invitations() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change: ChangeSearch = (part) =>
    void navigate({ search: readInvitationsSearch({ ...search, page: 1, ...part }), replace: true })
  return (
    <Page
      title="Invitations"
      says="Who was asked in, and what became of it."
      actions={
        <Button component={Link} to="/console/invitations/new" leftSection={<UserPlus size={16} aria-hidden />}>
          Invite people
        </Button>
      }
    >
      <Stack gap="md">
        <Filters search={search} onChange={change} />
        <InvitationsFound query={useInvitations(search)} search={search} onChange={change} />
      </Stack>
    </Page>
  )
}

interface FiltersProps {
  readonly search: InvitationsSearch
  readonly onChange: ChangeSearch
}

function Filters({ search, onChange }: FiltersProps) {
  const [email, setEmail] = useTyped(search.email ?? '', (email) => onChange({ email }))
  const organizations = useOrganizationChoices()
  return (
    <Group gap="sm" align="flex-end">
      <SegmentedControl
        aria-label="State"
        value={search.state ?? ''}
        onChange={(state) => onChange({ state })}
        data={[
          { value: '', label: 'All' },
          ...invitationStates.map((state) => ({ value: state, label: labels[state] })),
        ]}
        className="states"
      />
      <TextInput
        aria-label="Find an address"
        placeholder="A whole e-mail address"
        leftSection={<Search size={16} aria-hidden />}
        type="search"
        value={email}
        onChange={({ currentTarget: { value } }) => setEmail(value)}
        w={{ base: '100%', xs: 260 }}
      />
      {organizations.length > 0 && (
        <Select
          aria-label="Organization"
          placeholder="Any organization"
          data={organizations}
          value={search.organization ?? null}
          onChange={(organization) => onChange({ organization: organization ?? '' })}
          clearable
          searchable
          w={{ base: '100%', xs: 220 }}
        />
      )}
    </Group>
  )
}

const labels = { pending: 'Pending', accepted: 'Accepted', expired: 'Expired', revoked: 'Revoked' } as const

function useInvitations({ state, email, organization, page = 1 }: InvitationsSearch) {
  const isWhole = email === undefined || /^[^\s@]+@[^\s@]+$/.test(email)
  return useQuery({
    queryKey: ['invitations', { state, email, organization, page }],
    queryFn: ({ signal }) =>
      isWhole
        ? client.invitations.list({ state, email, organizationId: organization, page, limit: 25 }, { signal })
        : { data: [], meta: { page: 1, limit: 25, total: 0 } },
    placeholderData: keepPreviousData,
  })
}
