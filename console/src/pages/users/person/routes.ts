import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../../routes.ts'

const person = createRoute({
  getParentRoute: () => signedIn,
  path: 'users/$userId',
  component: lazyRouteComponent(() => import('./user.tsx'), 'UserPage'),
})

export const personRoutes = [person] as const
