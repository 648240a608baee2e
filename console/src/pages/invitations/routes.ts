import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { readWay, type Way } from '../../bulk/ways.ts'
import { signedIn } from '../../routes.ts'
import { readInvitationsSearch } from './search.ts'

interface NewInvitationsSearch {
  readonly by?: Way
  /** Into which organization, to begin with. */
  readonly organization?: string
}

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'invitations',
  validateSearch: reading(['state', 'email', 'organization', 'page'], readInvitationsSearch),
  component: lazyRouteComponent(() => import('./invitations.tsx'), 'Invitations'),
})

const newInvitations = createRoute({
  getParentRoute: () => signedIn,
  path: 'invitations/new',
  validateSearch: reading<NewInvitationsSearch>(['by', 'organization'], ({ by, organization }) => ({
    ...readWay(by),
    ...(typeof organization === 'string' && organization !== '' ? { organization } : {}),
  })),
  component: lazyRouteComponent(() => import('./new/new-invitations.tsx'), 'NewInvitations'),
})

export const invitationRoutes = [list, newInvitations] as const
