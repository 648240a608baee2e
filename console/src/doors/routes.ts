import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { loadTokens } from '../client/tokens.ts'
import { doors } from '../routes.ts'
import { insideConsole } from './inside.ts'

interface SignInSearch {
  /** Where to go afterwards: a page of the console. */
  readonly next?: string | undefined
}

const signIn = createRoute({
  getParentRoute: () => doors,
  path: '/console/sign-in',
  // What is left out here would stay as it came.
  validateSearch: ({ next }: Record<string, unknown>): SignInSearch => ({ next: insideConsole(next, location.origin) }),
  beforeLoad: ({ search }) => {
    if (loadTokens() !== null) throw redirect({ href: search.next ?? '/console', replace: true })
  },
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
})

const signUp = createRoute({
  getParentRoute: () => doors,
  path: '/console/sign-up',
  component: lazyRouteComponent(() => import('./sign-up.tsx'), 'SignUp'),
})

const forgotPassword = createRoute({
  getParentRoute: () => doors,
  path: '/console/forgot-password',
  component: lazyRouteComponent(() => import('./mail-doors.tsx'), 'ForgotPassword'),
})

const resendVerification = createRoute({
  getParentRoute: () => doors,
  path: '/console/resend-verification',
  component: lazyRouteComponent(() => import('./mail-doors.tsx'), 'ResendVerification'),
})

const setUp = createRoute({
  getParentRoute: () => doors,
  path: '/console/set-up',
  component: lazyRouteComponent(() => import('./set-up.tsx'), 'SetUp'),
})

export const doorRoutes = [signIn, signUp, forgotPassword, resendVerification, setUp] as const
