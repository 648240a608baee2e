import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'invitations',
  component: lazyRouteComponent(() => import('./invitations.tsx'), 'Invitations'),
})

export const invitationRoutes = [list] as const
