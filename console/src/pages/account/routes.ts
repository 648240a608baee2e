import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const account = createRoute({
  getParentRoute: () => signedIn,
  path: 'account',
  component: lazyRouteComponent(() => import('./account.tsx'), 'Account'),
})

const index = createRoute({
  getParentRoute: () => account,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/console/account/security', replace: true })
  },
})

const security = createRoute({
  getParentRoute: () => account,
  path: 'security',
  component: lazyRouteComponent(() => import('./security/security.tsx'), 'Security'),
})

export const accountRoutes = [account.addChildren([index, security])] as const
