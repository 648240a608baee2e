import { ActionIcon, Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, Send, Settings2, UserPlus, Users } from 'lucide-react'
import { isOfNothing } from '../../../client/ids.ts'
import { useAdministered, useMay } from '../../../session/session.tsx'
import { Page } from '../../../ui/page.tsx'
import { Empty, Failed, Forbidden, Loading } from '../../../ui/states.tsx'
import { OrganizationInvitations } from './invitations.tsx'
import { Members } from './members.tsx'
import { organizationQuery } from './record.ts'
import { type OrganizationSearch, organizationParts } from './search.ts'
import { OrganizationSettings } from './settings.tsx'

const route = getRouteApi('/console/organizations/$organizationId')

/** One organization: who belongs to it, who was asked to, and what it is called. */
export function OrganizationPage() {
  const { organizationId: id } = route.useParams()
  const { part = 'members' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(organizationQuery(id))
  const administers = useAdministered().some((one) => one.id === id)
  const mayManage = useMay()('organizations:manage') || administers
  const open = (search: OrganizationSearch) => void navigate({ search, replace: true })
  const back = <BackButton />
  if (query.data === undefined) {
    return (
      <Page title="Organization" before={back}>
        {query.isError ? <Unread error={query.error} retry={() => void query.refetch()} /> : <Loading />}
      </Page>
    )
  }
  const { data: organization, etag } = query.data
  const { name, slug } = organization
  if (!mayManage) {
    return (
      <Page title={name} before={back}>
        <Forbidden says="You belong to it; its members are for its admins to see." />
      </Page>
    )
  }
  return (
    <Page
      title={name}
      says={slug}
      before={back}
      actions={
        <Button
          leftSection={<UserPlus size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/console/invitations/new" search={{ organization: id }} {...props} />}
        >
          Invite people
        </Button>
      }
    >
      <Tabs
        value={part}
        onChange={(value) => open(withPart(organizationParts.find((known) => known === value)))}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="members" leftSection={<Users size={16} aria-hidden />}>
            Members
          </Tabs.Tab>
          <Tabs.Tab value="invitations" leftSection={<Send size={16} aria-hidden />}>
            Invitations
          </Tabs.Tab>
          <Tabs.Tab value="settings" leftSection={<Settings2 size={16} aria-hidden />}>
            Settings
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <Members organization={organization} />
        </Tabs.Panel>
        <Tabs.Panel value="invitations">
          <OrganizationInvitations id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <OrganizationSettings key={id} organization={organization} etag={etag} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Unread({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  if (isOfNothing(error))
    return <Empty title="There is no such organization" says="It was deleted, or the address was mistyped." />
  return <Failed error={error} retry={retry} />
}

function withPart(part: OrganizationSearch['part']): OrganizationSearch {
  return part === undefined || part === 'members' ? {} : { part }
}

function BackButton() {
  return (
    <ActionIcon
      component={Link}
      to="/console/organizations"
      variant="subtle"
      color="gray"
      size="lg"
      aria-label="All organizations"
    >
      <ArrowLeft size={20} aria-hidden />
    </ActionIcon>
  )
}
