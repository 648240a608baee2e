import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'mail',
  component: lazyRouteComponent(() => import('./mail.tsx'), 'Mail'),
})

export const mailRoutes = [list] as const
