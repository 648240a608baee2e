import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readActivitySearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'activity',
  validateSearch: reading(['type', 'actor', 'user', 'from', 'to', 'entry'], readActivitySearch),
  component: lazyRouteComponent(() => import('./activity-log.tsx'), 'ActivityLog'),
})

export const activityRoutes = [list] as const
