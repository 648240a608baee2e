import { type Compilable, type RawBuilder, sql as raw, type SelectQueryBuilder, type SqlBool } from '#kysely'
import { roles } from '../core/permissions.ts'
import type { MatchKey, MatchOrder } from '../core/ports.ts'
import { statuses } from '../core/users/user.ts'
import { comparedValue } from './filter-sql.ts'
import { pickCandidates, type Search } from './matching-walk.ts'
import { type Dialect, first, type Queries } from './queries.ts'
import type { Tables } from './tables.ts'

/** The numbers of those who match, in an order other than that of numbers. Null when they could not be found in time. */
export async function orderedNumbers(
  search: Search,
  order: readonly MatchOrder[],
  { skip, top }: { skip: number; top: number },
): Promise<number[] | null> {
  const { queries, condition, bounds } = search
  const live = queries.sql.selectFrom('users').where('deleted_at', 'is', null)
  const matching = condition === null ? live : live.where(condition)
  const few = await pickCandidates(search, bounds.sorted)
  const along = few === null ? alongIndex(order) : null
  if (along !== null && (await isNear(search, skip + top)))
    return inTime(search, mergedRanges(queries, matching, { ...along, skip, top }))
  const found = few === null ? matching : matching.where(raw<SqlBool>`users.number in (${few.numbers})`)
  const sorted = found.select('users.number').orderBy(inTurn(queries.dialect, order))
  return inTime(search, sorted.limit(top).offset(skip))
}

async function inTime(
  { queries, endsAtMs }: Search,
  compilable: Compilable<{ number: number }>,
): Promise<number[] | null> {
  const msMax = Math.max(1, Math.ceil(endsAtMs - performance.now()))
  const answered = await queries.queryInTime(compilable, msMax)
  return answered?.map(({ number }) => number) ?? null
}

// ── along an index ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Along extends Pick<MatchOrder, 'direction'> {
  readonly column: (typeof columns)[keyof typeof columns]
}

const columns = {
  createdAtMs: 'created_at',
  updatedAtMs: 'updated_at',
  email: 'sort_email',
  firstName: 'sort_first_name',
  lastName: 'sort_last_name',
} as const

/** The index that has the order, if one has it all. */
function alongIndex(order: readonly MatchOrder[]): Along | null {
  const [only, ...others] = order
  if (only === undefined || others.length > 0 || !(only.by in columns)) return null
  return { column: columns[only.by as keyof typeof columns], direction: only.direction }
}

/** Each range by role and status is read along the index, no further than it can matter. */
function mergedRanges(
  { sql }: Queries,
  matching: SelectQueryBuilder<Tables, 'users', object>,
  { column, direction, skip, top }: Along & { skip: number; top: number },
): Compilable<{ number: number }> {
  const ranges = roles.flatMap((role) => statuses.map((status) => ({ role, status })))
  const nearest = ranges.map(({ role, status }) => {
    const range = matching.select(['users.number', column]).where('role', '=', role).where('status', '=', status)
    return raw`select * from (${range
      .orderBy(column, direction)
      .orderBy('users.number')
      .limit(skip + top)}) as one`
  })
  const page = raw<{ number: number }>`select number from (${raw.join(nearest, raw` union all `)}) as merged
    order by ${raw.ref(column)} ${directions[direction]}, number limit ${top} offset ${skip}`
  return { compile: () => page.compile(sql) }
}

/** The users that are looked at to tell how many match. */
const sampled = 2_000

/** Whether so many who match are likely to be met before long, judged by the first users that there are. */
async function isNear({ queries, condition, bounds }: Search, wanted: number): Promise<boolean> {
  if (condition === null) return true
  const { sql } = queries
  const some = sql.selectFrom('users').selectAll().where('deleted_at', 'is', null).orderBy('number').limit(sampled)
  const count = sql.selectFrom(some.as('users')).where(condition).select(raw<number>`cast(count(*) as bigint)`.as('n'))
  const n = (await first(queries.query(count)))?.n ?? 0
  return (wanted * sampled) / Math.max(n, 1) <= bounds.passed
}

// ── sorting ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const directions = { asc: raw`asc`, desc: raw`desc` } as const

function inTurn(dialect: Dialect, order: readonly MatchOrder[]): RawBuilder<unknown> {
  const keys = order.map(({ by, direction }) => raw`${keyOf(dialect, by)} ${directions[direction]}`)
  return raw.join([...keys, raw`users.number`])
}

function keyOf(dialect: Dialect, by: MatchKey): RawBuilder<unknown> {
  if (by in columns) return raw.ref(`users.${columns[by as keyof typeof columns]}`)
  return by === 'username' ? raw`coalesce(${comparedValue(dialect, by)}, '')` : comparedValue(dialect, by)
}
