import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { doors } from '../routes.ts'

interface SignInSearch {
  /** Where to go afterwards: a path of the console. */
  readonly next?: string
}

const signIn = createRoute({
  getParentRoute: () => doors,
  path: '/console/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): SignInSearch =>
    typeof next === 'string' && /^\/(?!\/)/.test(next) ? { next } : {},
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
})

export const doorRoutes = [signIn] as const
