import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'activity',
  component: lazyRouteComponent(() => import('./activity-log.tsx'), 'ActivityLog'),
})

export const activityRoutes = [list] as const
