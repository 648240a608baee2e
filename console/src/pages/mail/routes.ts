import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'
import { readMailSearch } from './search.ts'

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'mail',
  validateSearch: readMailSearch,
  component: lazyRouteComponent(() => import('./mail.tsx'), 'MailPage'),
})

const one = createRoute({
  getParentRoute: () => signedIn,
  path: 'mail/$mailId',
  component: lazyRouteComponent(() => import('./one-mail.tsx'), 'OneMail'),
})

export const mailRoutes = [list, one] as const
