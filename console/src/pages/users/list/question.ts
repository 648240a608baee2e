import type { ExportQuery, SelectedUser, User, UserQuery } from '@sudigital/client'
import { startOfDay } from '../../../session/days.ts'
import { type DateKey, dateKeys, type UsersFilter, type UsersSearch } from './search.ts'

/** A row of the table; what it has beside a user of any list is there when its column is shown. */
export type Person = User & Pick<SelectedUser, 'username' | 'number'>

/** The filters as the API takes them: days are those of the time zone, and the last one is part of the range. */
export function filterFor(search: UsersFilter, timeZone: string): Omit<ExportQuery, 'format' | 'ids'> {
  const instants = dateKeys.flatMap((key): [DateKey, string][] => {
    const day = search[key]
    if (day === undefined) return []
    return [[key, startOfDay(day, timeZone, key.endsWith('To') ? 1 : 0)]]
  })
  return {
    ...(search.search === undefined ? {} : { search: search.search }),
    ...(search.status === undefined ? {} : { status: search.status }),
    ...(search.role === undefined ? {} : { role: search.role }),
    ...(search.emailVerified === undefined ? {} : { emailVerified: search.emailVerified }),
    ...Object.fromEntries(instants),
  }
}

export function orderFor({ sort, order }: UsersSearch): Pick<UserQuery, 'sort' | 'order'> {
  return { ...(sort === undefined ? {} : { sort }), ...(order === undefined ? {} : { order }) }
}

/** What is left of a search when its order is taken away. */
export function filterOf({ sort: _, order: __, ...filter }: UsersSearch): UsersFilter {
  return filter
}

export function hasFilter(search: UsersSearch): boolean {
  return Object.values(filterOf(search)).some((filter) => filter !== undefined)
}
