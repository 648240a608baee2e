import { type Expression, sql as raw, type SelectQueryBuilder, type SqlBool } from '#kysely'
import { limits } from '../core/limits.ts'
import { roles } from '../core/permissions.ts'
import type { ListAnswer, ListFilter, ListQuestion, Position } from '../core/ports.ts'
import { statuses, type User } from '../core/users/user.ts'
import { totalUsers } from './counts.ts'
import { conditionOf, conjunctsOf } from './filter-sql.ts'
import { countValued, inOrder, isNarrowed, pageOfUsers, usersById } from './list.ts'
import {
  columnOf,
  isMissing,
  type Piece,
  positionOf,
  rangeOf,
  rangesOf,
  readAlong,
  type SortKey,
  stretchValues,
} from './list-order.ts'
import type { Queries } from './queries.ts'
import { found, foundAmong, planCount, type Search } from './search.ts'
import type { Tables } from './tables.ts'

/** A total that is known already need not be counted again. */
export interface AsideQuestion extends ListQuestion {
  readonly known: Counted | null
}

export interface Counted {
  readonly total: number
  readonly totalIsExact: boolean
}

/** Counting is broken off after so long. */
const countMsMax = 1_000
/** Up to so many matches are sorted each time: more are found on the way along the order. */
const sortedMatchesMax = 20_000
const rowsPerBatch = 1_000

/** A page of any list: deep ones, and those that leave out more than roles and statuses. */
export async function pageAside(queries: Queries, question: AsideQuestion): Promise<ListAnswer> {
  const { filter, order, limit, count } = question
  if (order.by === 'number') return pageOfUsers(queries, question)
  const counted = await countMatches(queries, question)
  const shown = { total: count ? counted.total : null, totalIsExact: !count || counted.totalIsExact }
  if (limit === 0 || counted.total === 0) return { users: [], ...shown, next: null }
  const list = { by: order.by, direction: order.direction, filter, from: question.from, limit: limit + 1 }
  const positions = (await walk(queries, list, counted.total)) ?? (await sortMatches(queries, list))
  const users = await inTurn(queries, positions.slice(0, limit))
  return { users, ...shown, next: positions.length > limit ? (positions[limit - 1] ?? null) : null }
}

interface List extends Pick<ListQuestion, 'filter' | 'from' | 'limit'> {
  readonly by: SortKey
  readonly direction: 'asc' | 'desc'
}

// ── counting ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How many match; when nobody asked, as far as it takes to decide how to read them. */
async function countMatches(queries: Queries, { filter, count, known }: AsideQuestion): Promise<Counted> {
  if (known !== null) return known
  if (!isNarrowed(filter)) return exactly(count ? await totalUsers(queries, filter) : Number.POSITIVE_INFINITY)
  const { words } = filter
  const conditions = conditionsOf(queries, filter)
  if (words.length > 0 && conditions.length === 0) return countWords(queries, filter, count)
  if (!count) return exactly(await countUpTo(queries, matches(queries, filter), sortedMatchesMax))
  const [first, ...others] = words.length > 0 ? [null, ...conditions] : conditions
  if (first === undefined) throw new Error('a list that is not narrowed is counted by its counters')
  const some = first === null ? foundUsers(queries, filter) : live(queries, filter).where(first)
  if (others.length === 0) {
    const all = some.select(raw<number>`cast(count(*) as bigint)`.as('hits'))
    return tallied(await queries.tally(all, countMsMax))
  }
  const isHit = raw<number>`case when ${raw.join(others, raw` and `)} then 1 else 0 end`
  return tallied(await queries.tally(some.select(isHit.as('hits')), countMsMax))
}

const exactly = (total: number): Counted => ({ total, totalIsExact: true })
/** A count that was broken off says at least that there is somebody. */
const tallied = ({ n, isWhole }: { n: number; isWhole: boolean }): Counted =>
  isWhole ? exactly(n) : { total: Math.max(1, n), totalIsExact: false }

/** Farther and farther, for as long as the next step is likely to end in time; to the end at once if that is. */
async function countWords(queries: Queries, filter: ListFilter, isWanted: boolean): Promise<Counted> {
  const endsAt = performance.now() + countMsMax
  const everybody = await totalUsers(queries, filter)
  const count = await planCount(queries, searchOf(filter), isWanted ? everybody : sortedMatchesMax)
  for (let max = sortedMatchesMax; ; ) {
    const startedAt = performance.now()
    const n = await count(max)
    if (n < max || !isWanted) return exactly(n)
    const likelyMs = (to: number) => (to / max) * (performance.now() - startedAt)
    const isInTime = (to: number) => performance.now() + likelyMs(to) < endsAt
    if (isInTime(everybody)) max = Number.POSITIVE_INFINITY
    else if (isInTime(max * 8)) max *= 8
    else return { total: n, totalIsExact: false }
  }
}

async function countUpTo(queries: Queries, some: LiveUsers, max: number): Promise<number> {
  const bounded = queries.sql.selectFrom(some.select('number').limit(max).as('some'))
  const [row] = await queries.query(bounded.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  return row?.n ?? 0
}

// ── conditions ────────────────────────────────────────────────────────────────────────────────────────────────────────

type LiveUsers = SelectQueryBuilder<Tables, 'users', object>

/** Roles and statuses are named even where all are meant: the indexes begin with them. */
function live({ sql }: Queries, { role, status }: ListFilter): LiveUsers {
  return sql
    .selectFrom('users')
    .where('deleted_at', 'is', null)
    .where('role', 'in', role === null ? roles : [role])
    .where('status', 'in', status === null ? statuses : [status])
}

function matches(queries: Queries, filter: ListFilter): LiveUsers {
  const some = filter.words.length > 0 ? foundUsers(queries, filter) : live(queries, filter)
  return conditionsOf(queries, filter).reduce((narrowed, condition) => narrowed.where(condition), some)
}

/** The index of the search knows roles and statuses: were they named as well, a planner may prefer an index that begins with them. */
function foundUsers(queries: Queries, filter: ListFilter): LiveUsers {
  return queries.sql
    .selectFrom('users')
    .where('deleted_at', 'is', null)
    .where(found(queries, searchOf(filter)))
}

/** What the filter asks besides role, status and words; what is asked of one field is said in one place. */
export function conditionsOf({ dialect }: Queries, { where }: ListFilter): Expression<SqlBool>[] {
  const groups = Map.groupBy(conjunctsOf(where), (condition) => ('field' in condition ? condition.field : condition))
  return [...groups.values()].map((of) => conditionOf(dialect, { kind: 'and', of }))
}

function searchOf({ words, role, status }: ListFilter): Search {
  return { words, role, status }
}

// ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Positions along the order, testing everybody on the way. Null where it costs less to sort all who match: because few do, or because they turn
 * out to stand far from where the walk began.
 */
async function walk(queries: Queries, list: List, matching: number): Promise<Position[] | null> {
  const { by, filter, from, limit } = list
  if (isNarrowed(filter)) {
    const wanted = limit + ('offset' in from ? from.offset : 0)
    const likely = (wanted / matching) * (await totalUsers(queries, filter))
    if (likely >= matching * 2) return null
    if (filter.words.length > 0) return walkTexts(queries, list, { likely, max: Math.max(rowsPerBatch, matching * 4) })
  }
  const valued = isNarrowed(filter) ? valuedMatches : countValued
  return readAlong(
    list,
    (piece) => readPiece(queries, list, piece),
    () => valued(queries, by, filter),
  )
}

/** Who is searched for is told from their text, batch by batch; all else is told by the statement. Null when more than `max` rows were passed. */
async function walkTexts(
  queries: Queries,
  list: List,
  { likely, max }: { likely: number; max: number },
): Promise<Position[] | null> {
  const search = searchOf(list.filter)
  let [left, found] = [max, 0]
  const read = async ({ part, after, offset, limit }: Piece): Promise<Position[]> => {
    const positions: Position[] = []
    let last = after
    for (let size = Math.ceil(likely) + limit; left > 0; ) {
      const rows = Math.min(size, rowsPerBatch)
      const batch = await readPiece(queries, list, { part, after: last, offset: 0, limit: rows })
      const hits = await foundAmong(
        queries,
        search,
        batch.map(({ id }) => id),
      )
      positions.push(...batch.filter(({ id }) => hits.has(id)))
      last = batch.at(-1) ?? last
      left -= batch.length
      if (batch.length < rows || positions.length >= offset + limit) break
      size *= 2
    }
    found = positions.length
    return positions.slice(offset, offset + limit)
  }
  const positions = await readAlong(list, read, () => found)
  return left > 0 || positions.length >= list.limit ? positions : null
}

function valuedMatches(queries: Queries, by: SortKey, filter: ListFilter): Promise<number> {
  const valued = matches(queries, filter).where(raw<SqlBool>`not (${isMissing(by)})`)
  return countUpTo(queries, valued, limits.pageMax)
}

async function readPiece(queries: Queries, list: List, piece: Piece): Promise<Position[]> {
  const { by, direction, filter } = list
  const { part, after, offset, limit } = piece
  const column = columnOf(by)
  const order = { by, direction }
  const stretch = { order, part, isAfter: after !== null, ranges: rangesOf(filter).length }
  const values = stretchValues(filter, after)
  const range = (at: number) => {
    const users = rangeOf(queries.sql, stretch, values, at)
    const some = conditionsOf(queries, filter).reduce((narrowed, condition) => narrowed.where(condition), users)
    return queries.dialect.nearest(
      some.select(['id', column]),
      (range) => inOrder(range, order),
      raw<number>`${offset + limit}`,
    )
  }
  let merged = range(0)
  for (let at = 1; at < stretch.ranges; at += 1) merged = merged.unionAll(range(at))
  const rows = await queries.query(inOrder(merged, order).limit(limit).offset(offset))
  return rows.map((row) => positionOf(by, row as never))
}

/** All who match are fetched by whatever index finds them, and sorted. */
async function sortMatches(queries: Queries, { by, direction, filter, from, limit }: List): Promise<Position[]> {
  const column = columnOf(by)
  const key = raw.ref(column)
  const beyond = direction === 'asc' ? raw`>` : raw`<`
  let some = queries.sql
    .with(
      (named) => named('matches').materialized(),
      () => matches(queries, filter).select(['id', column]),
    )
    .selectFrom('matches')
    .select(['id', column])
  const after = 'after' in from ? from.after : null
  if (after !== null && after.key === null)
    some = some.where(raw<SqlBool>`${isMissing(by)} and id ${beyond} ${after.id}`)
  else if (after !== null) {
    some = some.where(raw<SqlBool>`(${isMissing(by)} or (${key}, id) ${beyond} (${after.key}, ${after.id}))`)
  }
  const sorted = some.orderBy(raw`case when ${isMissing(by)} then 1 else 0 end`)
  const rows = await queries.query(
    inOrder(sorted, { by, direction })
      .limit(limit)
      .offset('offset' in from ? from.offset : 0),
  )
  return rows.map((row) => positionOf(by, row as never))
}

/** The users who stand there, in the same order. */
async function inTurn(queries: Queries, positions: readonly Position[]): Promise<User[]> {
  const ids = positions.map(({ id }) => id)
  const byId = new Map((await usersById(queries, ids)).map((user) => [user.id, user]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
