import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { UsersSearch } from './search.ts'

const route = getRouteApi('/console/users')

/** Undefined takes something away. */
export type SearchChange = { readonly [Key in keyof UsersSearch]?: UsersSearch[Key] | undefined }

/** What the address says, and how to have it say something else: what is chosen is a step to go back from, what is typed is none. */
export function useUsersSearch() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = useCallback(
    (changes: SearchChange, { isTyped = false } = {}) =>
      void navigate({
        to: '/console/users',
        search: (now) => given({ ...now, ...changes }),
        replace: isTyped,
        resetScroll: false,
      }),
    [navigate],
  )
  return { search, change }
}

function given(search: SearchChange): UsersSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

interface Asking {
  readonly search: UsersSearch
  readonly change: unknown
}

/** Whether all but the words are the same. */
export function asksTheSame(one: Asking, other: Asking): boolean {
  const rest = ({ search }: Asking) => JSON.stringify({ ...search, search: '' })
  return one.change === other.change && rest(one) === rest(other)
}
