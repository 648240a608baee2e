import { sql as raw } from '#kysely'
import { limits } from '../core/limits.ts'
import type { OrganizationId } from '../core/organizations/organization.ts'
import type { ListAnswer, ListFilter, ListOrder, ListQuestion } from '../core/ports.ts'
import type { Called, User, UserId, UserInBrief } from '../core/users/user.ts'
import { totalUsers } from './counts.ts'
import {
  columnOf,
  type Piece,
  positionOf,
  rangeOf,
  rangesOf,
  readAlong,
  type SortColumn,
  type SortKey,
  type Stretch,
  type StretchValues,
  stretchValues,
} from './list-order.ts'
import { type Queries, type Statement, statement } from './queries.ts'
import { type UserRow, userOf } from './users.ts'

/** Whether somebody may be left out for more than their role and status. */
export function isNarrowed({ words, where }: ListFilter): boolean {
  return words.length > 0 || where !== null
}

/** What whoever asks knows already. */
export interface Known {
  readonly total: number | null
  /** The record of which this is the present version. */
  recall(row: Identity): User | undefined
  /** Told of each record that had to be read. */
  remember(user: User): void
}

/** As much of a row as tells whether it has changed: a version is of one record, and only a sign-in changes it without counting as a change. */
export type Identity = Pick<UserRow, 'id' | 'version' | 'last_login_at'>

const nothingKnown: Known = { total: null, recall: () => undefined, remember: () => undefined }

/** A page near the start of a list, or after a position, narrowed by role and status at most: its cost is bounded. */
export async function pageOfUsers(
  queries: Queries,
  question: ListQuestion,
  known: Known = nothingKnown,
): Promise<ListAnswer> {
  if (isNarrowed(question.filter)) throw new Error('a list that leaves out some is read aside')
  const { order, filter, from, limit } = question
  const total = question.count ? (known.total ?? (await totalUsers(queries, filter))) : null
  const counted = { total, totalIsExact: true }
  if (limit === 0) return { users: [], ...counted, next: null }
  if (order.by === 'number') return { ...(await pageByNumber(queries, question)), ...counted }
  const { by, direction } = order
  const rows = await readAlong(
    { by, from, limit: limit + 1 },
    (piece) => readPiece(queries, { by, direction }, filter, piece),
    () => countValued(queries, by, filter),
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    users: await recordsOf(queries, shown, known),
    ...counted,
    next: rows.length > limit && last !== undefined ? positionOf(by, last) : null,
  }
}

/** Reads the records that are not known in one statement; whoever is gone since is left out. */
async function recordsOf(queries: Queries, rows: readonly Identity[], known: Known): Promise<User[]> {
  const records = new Map<UserId, User>()
  for (const row of rows) {
    const user = known.recall(row)
    if (user !== undefined) records.set(row.id, user)
  }
  const ids = rows.map(({ id }) => id)
  for (const user of await usersById(
    queries,
    ids.filter((id) => !records.has(id)),
  )) {
    known.remember(user)
    records.set(user.id, user)
  }
  return ids.flatMap((id) => records.get(id) ?? [])
}

/** In no order. */
export async function usersById(queries: Queries, ids: readonly UserId[]): Promise<User[]> {
  if (ids.length === 0) return []
  const rows = await queries.query(queries.sql.selectFrom('users').selectAll().where('id', 'in', ids))
  return rows.map((row) => userOf(queries, row))
}

/** In no order. */
export async function usersCalled(
  queries: Queries,
  ids: readonly UserId[],
  within: readonly OrganizationId[] | null,
): Promise<Called[]> {
  if (ids.length === 0 || within?.length === 0) return []
  const those = queries.sql
    .selectFrom('users')
    .select(['id', 'email', 'first_name', 'last_name'])
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
  const members = queries.sql.selectFrom('members').select('user_id').where('user_id', 'in', ids)
  const rows = await queries.query(
    within === null ? those : those.where('id', 'in', members.where('organization_id', 'in', within)),
  )
  return rows.map((row) => ({ id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name }))
}

/** The order of creation; the deleted are passed over on the way. */
async function pageByNumber(queries: Queries, { filter, order, from, limit }: ListQuestion) {
  if (!('offset' in from) || filter.role !== null || filter.status !== null)
    throw new Error('only a slice is by number')
  const rows = await queries.all(byNumber[order.direction], { limit, offset: from.offset })
  return { users: rows.map((row) => userOf(queries, row)), next: null }
}

/** The live users behind a number, in order of creation. */
export async function usersFollowing(
  queries: Queries,
  { number, limit }: { number: number; limit: number },
): Promise<UserInBrief[]> {
  const rows = await queries.all(following, { number, limit })
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    email: row.email,
    username: row.username,
    role: row.role,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }))
}

const following = statement((sql, p: { number: number; limit: number }) =>
  sql
    .selectFrom('users')
    .select(['id', 'number', 'email', 'username', 'role', 'created_at', 'updated_at'])
    .where('deleted_at', 'is', null)
    .where('number', '>', p.number)
    .orderBy('number')
    .limit(p.limit),
)

/** How many have the value: of role and status, whoever else is left out. */
export async function countValued(queries: Queries, by: SortKey, filter: Pick<ListFilter, 'role' | 'status'>) {
  const stretch: Stretch = { order: { by, direction: 'asc' }, part: 'valued', isAfter: false, ranges: 1 }
  let sum = 0
  for (const range of rangesOf(filter)) {
    const counted = rangeOf(queries.sql, stretch, stretchValues(range, null), 0)
    const [row] = await queries.query(counted.select(raw<number>`cast(count(*) as bigint)`.as('n')))
    sum += row?.n ?? 0
  }
  return sum
}

async function readPiece(
  queries: Queries,
  order: Stretch['order'],
  filter: ListFilter,
  { part, after, offset, limit }: Piece,
): Promise<ListedRow[]> {
  if (offset > shallowOffsetMax) throw new RangeError('a deep page is read aside')
  const stretch = { order, part, isAfter: after !== null, ranges: rangesOf(filter).length }
  const shape = { ...stretch, isOffset: offset > 0, rows: rowsRead.find((rows) => rows >= limit) ?? limit }
  const values = stretchValues(filter, after)
  const rows = await queries.all(pieceOf(shape), shape.isOffset ? { ...values, offset } : values)
  return rows.slice(0, limit)
}

/** Who they are and what they are sorted by; the records are mostly known. */
type ListedRow = Identity & Partial<Pick<UserRow, SortColumn>>

interface PieceShape extends Stretch {
  readonly isOffset: boolean
  readonly rows: number
}

/** So many rows may be passed over where requests are served. */
export const shallowOffsetMax = 200

/** With the number of rows in the statement, a planner that plans it for all values once plans it for a page. */
const rowsRead = [21, limits.pageSizeMax + 1]

const pieces = new Map<string, Statement<StretchValues, ListedRow>>()

/** One statement for each shape that is asked for: as many as there are orders, ways to begin and numbers of ranges. */
function pieceOf(shape: PieceShape): Statement<StretchValues, ListedRow> {
  const { order, part, isAfter, ranges, isOffset, rows } = shape
  const name = `${order.by} ${order.direction} ${part} ${isAfter} ${ranges} ${isOffset} ${rows}`
  const known = pieces.get(name)
  if (known !== undefined) return known
  const reach = raw.lit(isOffset ? rows + shallowOffsetMax : rows)
  const fresh = statement((sql, p: StretchValues, { nearest }) => {
    const columns = [...new Set(['id', 'version', 'last_login_at', columnOf(order.by)] as const)]
    const range = (at: number) =>
      nearest(rangeOf(sql, shape, p, at).select(columns), (some) => inOrder(some, order), raw<number>`${reach}`)
    let merged = range(0)
    for (let at = 1; at < ranges; at += 1) merged = merged.unionAll(range(at))
    const page = inOrder(merged, order).limit(raw<number>`${raw.lit(rows)}`)
    return isOffset ? page.offset(p.offset as number) : page
  })
  pieces.set(name, fresh)
  return fresh
}

/** By the key and then the id, both in the same direction. */
export function inOrder<Query extends { orderBy(column: never, direction: ListOrder['direction']): Query }>(
  query: Query,
  { by, direction }: Stretch['order'],
): Query {
  return query.orderBy(columnOf(by) as never, direction).orderBy('id' as never, direction)
}

const numbered = (direction: ListOrder['direction']) =>
  statement((sql, p: { offset: number; limit: number }) =>
    sql
      .selectFrom('users')
      .selectAll()
      .where('deleted_at', 'is', null)
      .orderBy('number', direction)
      .limit(p.limit)
      .offset(p.offset),
  )

const byNumber = { asc: numbered('asc'), desc: numbered('desc') }
