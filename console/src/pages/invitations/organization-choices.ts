import { useQuery } from '@tanstack/react-query'
import { allOrganizations, choicesOf, type OrganizationChoice } from '../../session/organizations.ts'
import { useAdministered, useMay } from '../../session/session.tsx'

/** All organizations for whoever manages them, for others those that they administer. */
export function useOrganizationChoices(): readonly OrganizationChoice[] {
  const mayAll = useMay()('organizations:manage')
  const own = useAdministered()
  const { data = [] } = useQuery({ ...allOrganizations, enabled: mayAll })
  return choicesOf(mayAll ? data : own)
}
