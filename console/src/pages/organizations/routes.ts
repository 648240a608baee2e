import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { reading } from '../../address.ts'
import { signedIn } from '../../routes.ts'
import { readOrganizationSearch } from './organization/search.ts'

interface OrganizationsSearch {
  readonly find?: string
  readonly page?: number
}

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'organizations',
  validateSearch: reading<OrganizationsSearch>(['find', 'page'], ({ find, page }) => ({
    ...(typeof find === 'string' && find !== '' ? { find } : {}),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 ? { page } : {}),
  })),
  component: lazyRouteComponent(() => import('./organizations.tsx'), 'Organizations'),
})

const one = createRoute({
  getParentRoute: () => signedIn,
  path: 'organizations/$organizationId',
  validateSearch: reading(['part', 'roleThere', 'page'], readOrganizationSearch),
  component: lazyRouteComponent(() => import('./organization/organization.tsx'), 'OrganizationPage'),
})

export const organizationRoutes = [list, one] as const
