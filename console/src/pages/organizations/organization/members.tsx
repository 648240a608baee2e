import { Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core'
import type { Organization } from '@sudigital/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { client } from '../../../client/client.ts'
import { useMay } from '../../../session/session.tsx'
import { NumberedList } from '../../../ui/numbered-list.tsx'
import { Empty } from '../../../ui/states.tsx'
import { AddMember } from './add-member.tsx'
import { MembersTable } from './members-table.tsx'
import { readOrganizationSearch } from './search.ts'

const route = getRouteApi('/console/organizations/$organizationId')

/** Who belongs to an organization, whoever did longest first. */
export function Members({ organization }: { readonly organization: Organization }) {
  const { id } = organization
  const { roleThere: role, page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useMay()
  const mayAdd = may('organizations:manage') && may('users:list')
  const show = (search: object) =>
    void navigate({ search: readOrganizationSearch({ roleThere: role, ...search }), replace: true })
  const query = useQuery({
    queryKey: ['organization', id, 'members', { role, page }],
    queryFn: ({ signal }) => client.organizations.members.list(id, { role, page, limit: 25 }, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <SegmentedControl
          aria-label="Role in the organization"
          value={role ?? ''}
          onChange={(roleThere) => show({ roleThere })}
          data={[
            { value: '', label: 'Everybody' },
            { value: 'admin', label: 'Admins' },
            { value: 'member', label: 'Members' },
          ]}
        />
        {mayAdd ? (
          <AddMember organization={organization} />
        ) : (
          <Text size="sm" c="dimmed">
            People join by invitation.
          </Text>
        )}
      </Group>
      <Paper withBorder>
        <NumberedList
          query={query}
          label="Pages of members"
          page={page}
          onPage={(page) => show({ page })}
          padding="md"
          empty={
            <Empty
              icon={Users}
              title={role === undefined ? 'Nobody belongs to it yet' : 'Nobody has this role'}
              says={role === undefined ? 'Invite people into it, or add somebody who has an account.' : undefined}
            />
          }
        >
          {(members) => <MembersTable organization={organization} members={members} />}
        </NumberedList>
      </Paper>
    </Stack>
  )
}
