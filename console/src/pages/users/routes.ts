import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readUsersSearch, usersKeys } from './list/search.ts'
import { personRoutes } from './person/routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'users',
  validateSearch: reading(usersKeys, readUsersSearch),
  component: lazyRouteComponent(() => import('./list/users.tsx'), 'Users'),
})

export const userRoutes = [list, ...personRoutes] as const
