import type { Expression, RawBuilder, SqlBool } from '#kysely'
import type { Role } from '../core/permissions.ts'
import type { SearchedText } from '../core/users/arrival.ts'
import type { Status, UserId } from '../core/users/user.ts'
import type { Queries } from './queries.ts'
import type { Terms } from './search-terms.ts'

/** Some numbers beyond one. */
export interface Following {
  readonly after: number
  readonly direction: 'asc' | 'desc'
  readonly limit: number
}

/** What is kept of a live user to be searched. */
export interface SearchEntry extends SearchedText {
  readonly id: UserId
  readonly number: number
  readonly role: Role
  readonly status: Status
}

/** A search as the index is asked for it: all of it must hold. Without grams all texts are read. */
export interface Sought extends Terms {
  readonly role: Role | null
  readonly status: Status | null
}

/** How an engine keeps and asks its index. */
export interface SearchIndex {
  /** Puts the entries in place of what there was of these users. They are made as they are asked for, and once. */
  put(queries: Queries, entries: Iterable<SearchEntry>): Promise<void>
  remove(queries: Queries, users: readonly Pick<SearchEntry, 'id' | 'number'>[]): Promise<void>
  /** How many are found, counted up to `max`. */
  count(queries: Queries, sought: Sought, max: number): Promise<number>
  /** Of live users, in no order. */
  texts(queries: Queries, ids: readonly UserId[]): Promise<readonly { readonly id: UserId; readonly text: string }[]>
  /** Of the table `users`. */
  condition(sought: Sought): Expression<SqlBool>
  /** Of whoever is found; there is at least one gram. */
  numbers(sought: Sought): RawBuilder<{ number: number }>
  /** The next of these in the order of numbers. */
  following(sought: Sought, from: Following): RawBuilder<{ number: number }>
}
