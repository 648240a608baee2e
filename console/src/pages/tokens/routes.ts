import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'tokens',
  component: lazyRouteComponent(() => import('./tokens.tsx'), 'Tokens'),
})

export const tokenRoutes = [list] as const
