import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../routes.ts'
import { type OrganizationSearch, readOrganizationSearch } from './organization/search.ts'

interface OrganizationsSearch {
  readonly find?: string
  readonly page?: number
}

const list = createRoute({
  getParentRoute: () => signedIn,
  path: 'organizations',
  validateSearch: ({ find, page }: Record<string, unknown>): OrganizationsSearch => ({
    ...(typeof find === 'string' && find !== '' ? { find } : {}),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 ? { page } : {}),
  }),
  component: lazyRouteComponent(() => import('./organizations.tsx'), 'Organizations'),
})

const one = createRoute({
  getParentRoute: () => signedIn,
  path: 'organizations/$organizationId',
  validateSearch: (sent: Record<string, unknown>): OrganizationSearch => readOrganizationSearch(sent),
  component: lazyRouteComponent(() => import('./organization/organization.tsx'), 'OrganizationPage'),
})

export const organizationRoutes = [list, one] as const
