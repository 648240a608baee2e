import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'
import { readUsersSearch } from './list/search.ts'
import { personRoutes } from './person/routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'users',
  validateSearch: readUsersSearch,
  component: lazyRouteComponent(() => import('./list/users.tsx'), 'Users'),
})

export const userRoutes = [list, ...personRoutes] as const
