import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../../routes.ts'

const newUser = createRoute({
  getParentRoute: () => signedIn,
  path: 'users/new',
  component: lazyRouteComponent(() => import('./new-user.tsx'), 'NewUserPage'),
})

export const newUserRoutes = [newUser] as const
