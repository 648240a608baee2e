import { getRouteApi } from '@tanstack/react-router'
import { readWay } from '../../../bulk/ways.ts'
import { WaysTabs } from '../../../bulk/ways-tabs.tsx'
import { Page } from '../../../ui/page.tsx'
import { useInvitationChoices } from './choices.ts'
import { InvitationForm } from './invitation-form.tsx'
import { ManyInvitations } from './many-invitations.tsx'

const route = getRouteApi('/console/invitations/new')

/** People who are asked in, one by one or many at once. */
export function NewInvitations() {
  const { by: way = 'form', organization } = route.useSearch()
  const navigate = route.useNavigate()
  const inHand = useInvitationChoices(organization)
  const open = (by: unknown) =>
    void navigate({
      search: { ...readWay(by), ...(organization === undefined ? {} : { organization }) },
      replace: true,
    })
  return (
    <Page title="Invite people" says="Each is mailed a link, with which they choose a password and have their account.">
      <WaysTabs way={way} onChange={open}>
        {(way) =>
          way === 'form' ? <InvitationForm inHand={inHand} /> : <ManyInvitations source={way} inHand={inHand} />
        }
      </WaysTabs>
    </Page>
  )
}
