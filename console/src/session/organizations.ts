import type { Organization } from '@sudigital/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../client/client.ts'

/** How many organizations are read to choose from, or to look through. */
export const organizationsMax = 1_000

/** All organizations that whoever is signed in may see, up to a limit: the first ones. */
export const allOrganizations = queryOptions({
  queryKey: ['organizations', 'all'],
  queryFn: async ({ signal }) => {
    const found: Organization[] = []
    for await (const organization of client.organizations.all({}, { signal })) {
      found.push(organization)
      if (found.length === organizationsMax) break
    }
    return found
  },
  staleTime: 60_000,
})

/** An organization to be chosen, with the name that is shown of it. */
export interface OrganizationChoice {
  readonly value: string
  readonly label: string
}

/** Organizations to choose from, by name. */
export function choicesOf(organizations: readonly Pick<Organization, 'id' | 'name'>[]): readonly OrganizationChoice[] {
  return organizations
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((one, other) => one.label.localeCompare(other.label))
}

/** Whether a name or slug has all words of what was typed in it, ignoring case and accents. */
export function isCalled({ name, slug }: Pick<Organization, 'name' | 'slug'>, typed: string): boolean {
  const called = folded(`${name} ${slug}`)
  return folded(typed)
    .split(/\s+/)
    .every((word) => called.includes(word))
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
