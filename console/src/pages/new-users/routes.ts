import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { readWay, type Way } from '../../bulk/ways.ts'
import { signedIn } from '../../routes.ts'

const newUsers = createRoute({
  getParentRoute: () => signedIn,
  path: 'users/new',
  validateSearch: reading<{ readonly by?: Way }>(['by'], ({ by }) => readWay(by)),
  component: lazyRouteComponent(() => import('./new-users.tsx'), 'NewUsers'),
})

export const newUserRoutes = [newUsers] as const
