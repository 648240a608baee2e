import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readMailSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'mail',
  validateSearch: reading(['state', 'page'], readMailSearch),
  component: lazyRouteComponent(() => import('./mail.tsx'), 'MailPage'),
})

const one = createRoute({
  getParentRoute: () => signedIn,
  path: 'mail/$mailId',
  component: lazyRouteComponent(() => import('./one-mail.tsx'), 'OneMail'),
})

export const mailRoutes = [list, one] as const
