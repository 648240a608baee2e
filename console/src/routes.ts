import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { loadTokens } from './client/tokens.ts'

/* The places that everything else hangs on. Pages have their routes in their own folders. */

export const root = createRootRoute()

export const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/console', replace: true })
  },
})

/** Everything for which one has to be signed in, within the frame with the navigation. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  path: '/console',
  beforeLoad: ({ location }) => {
    if (loadTokens() === null)
      throw redirect({ to: '/console/sign-in', search: { next: location.href }, replace: true })
  },
  component: lazyRouteComponent(() => import('./frame/frame.tsx'), 'Frame'),
  notFoundComponent: lazyRouteComponent(() => import('./frame/nowhere.tsx'), 'Nowhere'),
})

/** Everything for which nobody has to be signed in. */
export const doors = createRoute({
  getParentRoute: () => root,
  id: 'doors',
  component: lazyRouteComponent(() => import('./doors/door.tsx'), 'Doors'),
  notFoundComponent: lazyRouteComponent(() => import('./frame/nowhere.tsx'), 'NoDoor'),
})
