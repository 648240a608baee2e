import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readTokensSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'tokens',
  validateSearch: reading(['user', 'new'], readTokensSearch),
  component: lazyRouteComponent(() => import('./tokens.tsx'), 'Tokens'),
})

export const tokenRoutes = [list] as const
