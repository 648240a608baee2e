import { createRouter } from '@tanstack/react-router'
import { doorRoutes } from './doors/routes.ts'
import { Broken } from './frame/broken.tsx'
import { accountRoutes } from './pages/account/routes.ts'
import { activityRoutes } from './pages/activity/routes.ts'
import { invitationRoutes } from './pages/invitations/routes.ts'
import { mailRoutes } from './pages/mail/routes.ts'
import { newUserRoutes } from './pages/new-users/routes.ts'
import { organizationRoutes } from './pages/organizations/routes.ts'
import { overviewRoutes } from './pages/overview/routes.ts'
import { settingsRoutes } from './pages/settings/routes.ts'
import { tokenRoutes } from './pages/tokens/routes.ts'
import { userRoutes } from './pages/users/routes.ts'
import { pagesRoot } from './place.ts'
import { doors, home, root, signedIn } from './routes.ts'

const routeTree = root.addChildren([
  home,
  doors.addChildren(doorRoutes),
  signedIn.addChildren([
    ...overviewRoutes,
    ...userRoutes,
    ...newUserRoutes,
    ...invitationRoutes,
    ...organizationRoutes,
    ...activityRoutes,
    ...tokenRoutes,
    ...mailRoutes,
    ...settingsRoutes,
    ...accountRoutes,
  ]),
])

export const router = createRouter({
  routeTree,
  basepath: pagesRoot || '/',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Broken,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
