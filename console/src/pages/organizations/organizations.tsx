import { Anchor, Button, Paper, Stack, Table, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Organization } from '@sudigital/client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Building2, Plus, Search } from 'lucide-react'
import { client } from '../../client/client.ts'
import { allOrganizations, isCalled, organizationsMax } from '../../session/organizations.ts'
import { useMay } from '../../session/session.tsx'
import { NumberedList } from '../../ui/numbered-list.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/person.tsx'
import { Empty } from '../../ui/states.tsx'
import { useTyped } from '../../ui/typed.ts'
import { NewOrganization } from './new-organization.tsx'

const pageSize = 25
const route = getRouteApi('/console/organizations')

/** Who belongs together: all of it for those who manage it, their own for others. */
export function Organizations() {
  const { find = '', page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const mayMake = useMay()('organizations:manage')
  const [isMaking, { open, close }] = useDisclosure()
  const query = useFound(find, page)
  const show = (search: { find?: string; page?: number }) => void navigate({ search, replace: true })
  return (
    <Page
      title="Organizations"
      says={mayMake ? 'People who belong together, and who looks after them.' : 'Those that you belong to.'}
      actions={
        mayMake && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
            New organization
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Find value={find} onChange={(typed) => show(typed === '' ? {} : { find: typed })} />
        <Paper withBorder>
          <NumberedList
            query={query}
            label="Pages of organizations"
            page={page}
            onPage={(page) => show({ ...(find === '' ? {} : { find }), page })}
            padding="md"
            empty={<NoOrganizations isFiltered={find !== ''} mayMake={mayMake} />}
          >
            {(organizations) => <OrganizationsTable organizations={organizations} />}
          </NumberedList>
        </Paper>
      </Stack>
      {isMaking && <NewOrganization onClose={close} />}
    </Page>
  )
}

/** A page of all of them, or of those that are called so. */
function useFound(find: string, page: number) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['organizations', 'list', { find, page }],
    queryFn: async ({ signal }) =>
      find === ''
        ? client.organizations.list({ page, limit: pageSize }, { signal })
        : pageOf(await queries.ensureQueryData(allOrganizations), find, page),
    placeholderData: keepPreviousData,
  })
}

function pageOf(all: readonly Organization[], find: string, page: number) {
  const found = all.filter((one) => isCalled(one, find))
  const meta = { page, limit: pageSize, total: found.length }
  return { data: found.slice((page - 1) * pageSize, page * pageSize), meta }
}

function Find({ value, onChange }: { readonly value: string; readonly onChange: (typed: string) => void }) {
  const [typed, setTyped] = useTyped(value, onChange)
  return (
    <TextInput
      type="search"
      aria-label="Find an organization"
      placeholder="Name or slug"
      leftSection={<Search size={16} aria-hidden />}
      maxLength={100}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      maw={360}
    />
  )
}

function OrganizationsTable({ organizations }: { readonly organizations: readonly Organization[] }) {
  return (
    <Table.ScrollContainer
      minWidth={480}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Organizations, scrollable' } }}
    >
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Slug</Table.Th>
            <Table.Th scope="col">Number</Table.Th>
            <Table.Th scope="col">Made</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {organizations.map(({ id, name, slug, number, createdAt }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" fw={550}>
                <Anchor component={Link} to={`/console/organizations/${id}`} c="inherit" underline="hover">
                  {name}
                </Anchor>
              </Table.Th>
              <Table.Td c="dimmed">{slug}</Table.Td>
              <Table.Td className="tabular">{number}</Table.Td>
              <Table.Td>
                <When at={createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function NoOrganizations({ isFiltered, mayMake }: { readonly isFiltered: boolean; readonly mayMake: boolean }) {
  if (isFiltered)
    return (
      <Empty
        title="No organization is called that"
        says={`Names and slugs are looked through, of the first ${organizationsMax} organizations.`}
      />
    )
  return (
    <Empty
      icon={Building2}
      title="There are no organizations yet"
      says={
        mayMake
          ? 'People of a team, a customer or a school belong to one, and its admins look after it.'
          : 'You belong to none.'
      }
    >
      {mayMake && (
        <Text size="sm" c="dimmed">
          “New organization” makes the first.
        </Text>
      )}
    </Empty>
  )
}
