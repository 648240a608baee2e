import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readSettingsSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'settings',
  validateSearch: reading(['q'], readSettingsSearch),
  component: lazyRouteComponent(() => import('./settings.tsx'), 'Settings'),
})

export const settingsRoutes = [list] as const
