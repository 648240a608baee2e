import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'organizations',
  component: lazyRouteComponent(() => import('./organizations.tsx'), 'Organizations'),
})

export const organizationRoutes = [list] as const
