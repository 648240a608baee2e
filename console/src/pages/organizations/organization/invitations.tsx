import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { client } from '../../../client/client.ts'
import { InvitationsFound } from '../../invitations/invitations-found.tsx'
import { readOrganizationSearch } from './search.ts'

const route = getRouteApi('/console/organizations/$organizationId')

/** Who was asked to join an organization. */
export function OrganizationInvitations({ id }: { readonly id: string }) {
  const { page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    queryKey: ['invitations', { organization: id, page }],
    queryFn: ({ signal }) => client.invitations.list({ organizationId: id, page, limit: 25 }, { signal }),
    placeholderData: keepPreviousData,
  })
  const change = (part: object) =>
    void navigate({ search: readOrganizationSearch({ part: 'invitations', ...part }), replace: true })
  return <InvitationsFound query={query} search={page > 1 ? { page } : {}} onChange={change} organization={id} />
}
