import type { Role, Status } from '@sudigital/client'

export const statuses = ['active', 'inactive', 'pending'] as const satisfies readonly Status[]
export const roles = ['admin', 'user', 'viewer'] as const satisfies readonly Role[]
export const sorts = ['createdAt', 'updatedAt', 'lastLoginAt', 'email', 'firstName', 'lastName'] as const
export type Sort = (typeof sorts)[number]
export const orders = ['asc', 'desc'] as const

/** Ranges of days, as the address of the page names their ends: both days are part of it. */
export const dateKeys = [
  'createdFrom',
  'createdTo',
  'updatedFrom',
  'updatedTo',
  'lastLoginFrom',
  'lastLoginTo',
] as const
export type DateKey = (typeof dateKeys)[number]

/** What leaves people out of the table. */
export interface UsersFilter extends Partial<Record<DateKey, string>> {
  readonly search?: string
  readonly status?: Status
  readonly role?: Role
  readonly emailVerified?: boolean
}

/** What the address of the users table says. */
export interface UsersSearch extends UsersFilter {
  /** Newest first, unless said. */
  readonly sort?: Sort
  readonly order?: (typeof orders)[number]
}

export const usersKeys = [
  'search',
  'status',
  'role',
  'emailVerified',
  'sort',
  'order',
  ...dateKeys,
] as const satisfies readonly (keyof UsersSearch)[]

const charactersMax = 100

/** Takes from an address what makes sense, and leaves the rest. */
export function readUsersSearch(given: Record<string, unknown>): UsersSearch {
  const search = typeof given.search === 'number' ? String(given.search) : given.search
  return {
    ...(typeof search === 'string' && search !== '' ? { search: search.slice(0, charactersMax) } : {}),
    ...oneOf('status', given.status, statuses),
    ...oneOf('role', given.role, roles),
    ...(typeof given.emailVerified === 'boolean' ? { emailVerified: given.emailVerified } : {}),
    ...Object.fromEntries(dateKeys.flatMap((key) => (isDay(given[key]) ? [[key, given[key]]] : []))),
    ...oneOf('sort', given.sort, sorts),
    ...oneOf('order', given.order, orders),
  }
}

function oneOf<Key extends string, Value>(key: Key, given: unknown, values: readonly Value[]): { [K in Key]?: Value } {
  const value = values.find((value) => value === given)
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value })
}

function isDay(given: unknown): given is string {
  return typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given))
}
