import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('./overview.tsx'), 'Overview'),
})

export const overviewRoutes = [list] as const
