import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../../address.ts'
import { signedIn } from '../../../routes.ts'
import { type EntryType, isEntryType } from '../../activity/types.ts'
import { type Dialog, dialogs } from './dialogs.ts'

interface UserSearch {
  /** The dialog that is open. */
  readonly do?: Dialog
}

const user = createRoute({
  getParentRoute: () => signedIn,
  path: 'users/$userId',
  validateSearch: reading<UserSearch>(['do'], (given) => {
    const open = dialogs.find((dialog) => dialog === given.do)
    return open === undefined ? {} : { do: open }
  }),
  component: lazyRouteComponent(() => import('./user-page.tsx'), 'UserPage'),
})

const details = createRoute({
  getParentRoute: () => user,
  path: '/',
  component: lazyRouteComponent(() => import('./details/details.tsx'), 'Details'),
})

interface AttributesSearch {
  /** As one text rather than in rows. */
  readonly view?: 'json'
}

const attributes = createRoute({
  getParentRoute: () => user,
  path: 'attributes',
  validateSearch: reading<AttributesSearch>(['view'], ({ view }) => (view === 'json' ? { view } : {})),
  component: lazyRouteComponent(() => import('./attributes/attributes.tsx'), 'Attributes'),
})

const signIn = createRoute({
  getParentRoute: () => user,
  path: 'sign-in',
  component: lazyRouteComponent(() => import('./sign-in/sign-in.tsx'), 'SignIn'),
})

const organizations = createRoute({
  getParentRoute: () => user,
  path: 'organizations',
  component: lazyRouteComponent(() => import('./organizations/organizations.tsx'), 'Organizations'),
})

interface ActivitySearch {
  /** Only what is of this kind. */
  readonly type?: EntryType
}

const activity = createRoute({
  getParentRoute: () => user,
  path: 'activity',
  validateSearch: reading<ActivitySearch>(['type'], ({ type }) => (isEntryType(type) ? { type } : {})),
  component: lazyRouteComponent(() => import('./activity/activity.tsx'), 'Activity'),
})

const data = createRoute({
  getParentRoute: () => user,
  path: 'data',
  component: lazyRouteComponent(() => import('./held/held.tsx'), 'Held'),
})

export const personRoutes = [user.addChildren([details, attributes, signIn, organizations, activity, data])] as const
