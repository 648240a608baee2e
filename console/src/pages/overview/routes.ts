import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readOverviewSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  validateSearch: reading(['range', 'interval'], readOverviewSearch),
  component: lazyRouteComponent(() => import('./overview.tsx'), 'Overview'),
})

export const overviewRoutes = [list] as const
