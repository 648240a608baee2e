import { Anchor } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { readWay } from '../../bulk/ways.ts'
import { WaysTabs } from '../../bulk/ways-tabs.tsx'
import { Page } from '../../ui/page.tsx'
import { ManyUsers } from './many-users.tsx'
import { NewUserForm } from './new-user-form.tsx'

const route = getRouteApi('/console/users/new')

/** People who get an account, one by one or many at once. */
export function NewUsers() {
  const { by: way = 'form' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title="New users"
      says={
        <>
          Accounts for people who need one. To have them choose everything themselves,{' '}
          <Anchor component={Link} to="/console/invitations/new" inherit underline="always">
            invite them
          </Anchor>{' '}
          instead.
        </>
      }
    >
      <WaysTabs way={way} onChange={(by) => void navigate({ search: readWay(by), replace: true })}>
        {(open) => (open === 'form' ? <NewUserForm /> : <ManyUsers source={open} />)}
      </WaysTabs>
    </Page>
  )
}
