import type { Me, Membership, Permission } from '@sudigital/client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { client } from '../client/client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => client.me.get(undefined, { signal }),
  staleTime: 60_000,
})

const MeContext = createContext<Me | null>(null)
export const MeProvider = MeContext.Provider

/** Whoever is signed in; for what is drawn within the frame. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === null) throw new Error('nobody is signed in here')
  return me
}

/** Whether the role of whoever is signed in has this permission. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe()
  return (permission) => permissions.includes(permission)
}

/** The organizations that whoever is signed in belongs to. */
export function useOwnOrganizations() {
  return useQuery({
    queryKey: ['me', 'organizations'],
    queryFn: ({ signal }) => client.me.organizations.list({ limit: 100 }, { signal }),
    staleTime: 60_000,
  })
}

/** Those of them that they administer; empty until they are known. */
export function useAdministered(): readonly Membership[] {
  const { data } = useOwnOrganizations()
  return data?.data.filter(({ role }) => role === 'admin') ?? []
}

/** What somebody is called, as far as it is known. */
export function nameOf(person: { firstName?: string | null; lastName?: string | null; email?: string | null }): string {
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
  return name || person.email || 'Nameless'
}
