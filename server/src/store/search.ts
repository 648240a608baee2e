import type { Expression, SqlBool } from '#kysely'
import { limits } from '../core/limits.ts'
import type { Role } from '../core/permissions.ts'
import type { SearchedText } from '../core/users/arrival.ts'
import type { Status, User, UserId } from '../core/users/user.ts'
import { gramTextOf } from './gram-text.ts'
import { type Queries, statement } from './queries.ts'
import type { SearchEntry, Sought } from './search-index.ts'
import { foldFields, foldWords, matches, type Searched, searchedText, termsOf, textOf } from './search-terms.ts'

/** What is looked for: all of it must hold. */
export interface Search {
  /** At least one; of more than `limits.searchWordsMax` the first ones count. */
  readonly words: readonly string[]
  readonly role: Role | null
  readonly status: Status | null
}

/** Whoever has to be found differently after one transaction. */
export interface SearchChanges {
  /** Before is null for somebody new. A deleted user is not found. What searches go by is made later if it is not here. */
  note(before: User | null, after: User, searched?: SearchedText): void
  /** Takes somebody out of whom nothing is to be kept. */
  forget(user: Pick<User, 'id' | 'number'>): void
  /** Everything of which others took note later. */
  add(later: SearchChanges): void
  /** Writes them all at once, in the order of numbers. */
  write(queries: Queries): Promise<void>
  /** By id; null for whoever is not found any more. */
  readonly changed: ReadonlyMap<UserId, SearchChange>
}

interface SearchChange {
  readonly number: number
  readonly user: User | null
  readonly searched?: SearchedText | undefined
}

export function searchChanges(): SearchChanges {
  const changed = new Map<UserId, SearchChange>()
  return {
    changed,
    note(before, after, searched) {
      if (before !== null && isFoundAlike(before, after)) return
      changed.set(after.id, { number: after.number, user: after.deletion === null ? after : null, searched })
    },
    forget: ({ id, number }) => void changed.set(id, { number, user: null }),
    add(later) {
      for (const [id, change] of later.changed) changed.set(id, change)
    },
    async write(queries) {
      const found: { readonly user: User; readonly searched: SearchedText | undefined }[] = []
      const gone: Pick<User, 'id' | 'number'>[] = []
      for (const [id, { number, user, searched }] of changed)
        user === null ? gone.push({ id, number }) : found.push({ user, searched })
      if (gone.length > 0) await queries.dialect.search.remove(queries, gone)
      found.sort((one, other) => one.user.number - other.user.number)
      if (found.length > 0) await queries.dialect.search.put(queries, entriesOf(found))
      changed.clear()
    },
  }
}

/** How many live users are found, counted up to `max`: below it the number is exact. Run it aside. */
export async function countFound(queries: Queries, search: Search, max: number): Promise<number> {
  return (await planCount(queries, search, max))(max)
}

/** Decides once by what to count, for counting up to `max` at most, and then counts as far as it is asked. */
export async function planCount(
  queries: Queries,
  search: Search,
  max: number,
): Promise<(upTo: number) => Promise<number>> {
  const { search: index } = queries.dialect
  const sought = soughtBy(search)
  const { spans } = sought
  const candidates =
    spans.length === 0 ? 0 : await index.count(queries, { ...sought, spans: [] }, Math.min(max, candidatesMax))
  const asked = candidates < candidatesMax ? sought : withoutHints(sought)
  return (upTo) => index.count(queries, asked, upTo)
}

/** Of more it is faster to read all texts in their order than to look theirs up. */
const candidatesMax = 50_000

/** Without the grams of words that are looked for in the text anyway. */
function withoutHints(sought: Sought): Sought {
  return { ...sought, grams: sought.grams.filter((gram) => !sought.spans.some((span) => span.includes(gram))) }
}

/** A condition on the table `users` that is answered by the index, to be combined with any other. */
export function found(queries: Queries, search: Search): Expression<SqlBool> {
  return queries.dialect.search.condition(soughtBy(search))
}

/** Which of these live users have all the words, by their texts; not by role or status. */
export async function foundAmong(queries: Queries, search: Search, ids: readonly UserId[]): Promise<Set<UserId>> {
  const texts = ids.length === 0 ? [] : await queries.dialect.search.texts(queries, ids)
  return new Set(texts.filter(({ text }) => holdsAll(search, text)).map(({ id }) => id))
}

/** The same of one user at hand, without the index. */
export function isFound(search: Search, user: Searched & Pick<User, 'role' | 'status' | 'deletion'>): boolean {
  const { role, status } = search
  if (user.deletion !== null || (role !== null && role !== user.role)) return false
  if (status !== null && status !== user.status) return false
  return holdsAll(search, searchedText(user))
}

function holdsAll(search: Search, text: string): boolean {
  return wordsOf(search).every((word) => matches(text, word))
}

/** Puts everybody into an empty index, for a directory that was kept without one. */
export async function fillSearch(queries: Queries): Promise<void> {
  for (let after: number | null = 0; after !== null; ) after = await fillSearchOn(queries, after)
}

/** Goes on with the next of them after this number. Answers whom it reached, or null when there was nobody left. */
export async function fillSearchOn(queries: Queries, after: number): Promise<number | null> {
  const rows = await queries.all(nextUsers, { after, limit: limits.searchFilledAtOnce })
  if (rows.length > 0) await queries.dialect.search.put(queries, entriesOf(rows.map((user) => ({ user }))))
  return rows.at(-1)?.number ?? null
}

export type NextUser = Searched & Pick<User, 'id' | 'number' | 'role' | 'status'>

export const nextUsers = statement((sql, p: { after: number; limit: number }) =>
  sql
    .selectFrom('users')
    .select(['number', 'id', 'email', 'username', 'first_name as firstName', 'last_name as lastName', 'role', 'status'])
    .where('deleted_at', 'is', null)
    .where('number', '>', p.after)
    .orderBy('number')
    .limit(p.limit),
)

function* entriesOf(
  found: Iterable<{ readonly user: NextUser; readonly searched?: SearchedText | undefined }>,
): Generator<SearchEntry> {
  for (const { user, searched } of found) {
    const { id, number, role, status } = user
    yield { id, number, role, status, ...(searched ?? searchedOf(user)) }
  }
}

export function searchedOf(user: Searched): SearchedText {
  const folded = foldFields(user)
  return { text: textOf(folded), grams: gramTextOf(folded) }
}

function isFoundAlike(before: User, after: User): boolean {
  const isLive = (user: User) => user.deletion === null
  const same = (['email', 'username', 'firstName', 'lastName', 'role', 'status'] as const).every(
    (field) => before[field] === after[field],
  )
  return same && isLive(before) === isLive(after)
}

function soughtBy(search: Search): Sought {
  const words = wordsOf(search)
  if (words.length === 0) throw new Error('a search without words is a list')
  return { ...termsOf(words), role: search.role, status: search.status }
}

const folded = new WeakMap<Search, readonly string[]>()

function wordsOf(search: Search): readonly string[] {
  const known = folded.get(search) ?? foldWords(search.words)
  folded.set(search, known)
  return known
}
