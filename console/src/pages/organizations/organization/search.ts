export const organizationParts = ['members', 'invitations', 'settings'] as const
export type OrganizationPart = (typeof organizationParts)[number]

/** What is looked at of an organization. */
export interface OrganizationSearch {
  readonly part?: OrganizationPart
  readonly roleThere?: 'admin' | 'member'
  readonly page?: number
}

export function readOrganizationSearch(sent: Record<string, unknown>): OrganizationSearch {
  const part = organizationParts.find((known) => known === sent.part && known !== 'members')
  const { roleThere, page } = sent
  return {
    ...(part === undefined ? {} : { part }),
    ...(roleThere === 'admin' || roleThere === 'member' ? { roleThere } : {}),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 ? { page } : {}),
  }
}
