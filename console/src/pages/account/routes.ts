import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const account = createRoute({
  getParentRoute: () => signedIn,
  path: 'account',
  component: lazyRouteComponent(() => import('./account.tsx'), 'Account'),
})

const first = createRoute({
  getParentRoute: () => account,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/console/account/profile', replace: true })
  },
})

const profile = createRoute({
  getParentRoute: () => account,
  path: 'profile',
  component: lazyRouteComponent(() => import('./profile/own-profile.tsx'), 'OwnProfile'),
})

const preferences = createRoute({
  getParentRoute: () => account,
  path: 'preferences',
  component: lazyRouteComponent(() => import('./preferences/own-preferences.tsx'), 'OwnPreferences'),
})

const security = createRoute({
  getParentRoute: () => account,
  path: 'security',
  component: lazyRouteComponent(() => import('./security/security.tsx'), 'Security'),
})

const devices = createRoute({
  getParentRoute: () => account,
  path: 'devices',
  component: lazyRouteComponent(() => import('./devices/devices.tsx'), 'Devices'),
})

const data = createRoute({
  getParentRoute: () => account,
  path: 'data',
  component: lazyRouteComponent(() => import('./data/own-data.tsx'), 'OwnData'),
})

export const accountRoutes = [account.addChildren([first, profile, preferences, security, devices, data])] as const
