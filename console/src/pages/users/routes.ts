import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'users',
  component: lazyRouteComponent(() => import('./users.tsx'), 'Users'),
})

export const userRoutes = [list] as const
