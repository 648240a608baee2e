import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'
import { readTokensSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'tokens',
  validateSearch: readTokensSearch,
  component: lazyRouteComponent(() => import('./tokens.tsx'), 'Tokens'),
})

export const tokenRoutes = [list] as const
