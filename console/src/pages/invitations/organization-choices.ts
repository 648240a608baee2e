import { useQuery } from '@tanstack/react-query'
import { allOrganizations } from '../../session/organizations.ts'
import { useAdministered, useMay } from '../../session/session.tsx'

/** An organization that somebody can be invited into. */
export interface OrganizationChoice {
  readonly value: string
  readonly label: string
}

/** All organizations for whoever manages them, for others those that they administer. */
export function useOrganizationChoices(): readonly OrganizationChoice[] {
  const mayAll = useMay()('organizations:manage')
  const own = useAdministered()
  const { data = [] } = useQuery({ ...allOrganizations, enabled: mayAll })
  return (mayAll ? data : own).map(({ id, name }) => ({ value: id, label: name }))
}
