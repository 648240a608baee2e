import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readWay, type Way } from '../../bulk/ways.ts'
import { signedIn } from '../../routes.ts'

const newUsers = createRoute({
  getParentRoute: () => signedIn,
  path: 'users/new',
  validateSearch: ({ by }: Record<string, unknown>): { readonly by?: Way } => readWay(by),
  component: lazyRouteComponent(() => import('./new-users.tsx'), 'NewUsers'),
})

export const newUserRoutes = [newUsers] as const
