import { type RawBuilder, sql as raw, type SqlBool } from '#kysely'
import { limits } from '../core/limits.ts'
import { grant, type Outcome } from '../core/outcome.ts'
import type { Circle, Matches, MatchKey, MatchOrder, MatchQuestion } from '../core/ports.ts'
import { totalUsers } from './counts.ts'
import { comparedValue, conditionOf } from './filter-sql.ts'
import { fellowsOf } from './members.ts'
import type { Queries } from './queries.ts'
import { userOf } from './users.ts'

/** Counting is broken off after so long. */
const countMsMax = 1_000

/** Users whom a filter is true of. Run it aside: what no index serves is looked for among everybody. */
export async function matchingUsers(
  queries: Queries,
  { among, where, order, skip, top, count }: MatchQuestion,
): Promise<Outcome<Matches, 'filter_too_slow'>> {
  const conditions = [inCircle(queries, among), ...(where === null ? [] : [conditionOf(queries.dialect, where)])]
  const matches = () =>
    conditions.reduce(
      (some, condition) => some.where(condition),
      queries.sql.selectFrom('users').where('deleted_at', 'is', null),
    )
  const counted = !count
    ? null
    : where === null && among === 'everybody'
      ? { n: await totalUsers(queries), isWhole: true }
      : await queries.tally(matches().select(raw<number>`cast(count(*) as bigint)`.as('hits')), countMsMax)
  const page = matches().selectAll().limit(Math.min(top, limits.matchesShownMax)).offset(Math.min(skip, limits.pageMax))
  const rows = top === 0 ? [] : await queries.query(page.orderBy(inTurn(queries, order)))
  return grant({
    users: rows.map((row) => userOf(queries, row)),
    total: counted?.n ?? null,
    totalIsExact: counted?.isWhole ?? true,
  })
}

/** Whoever belongs to no organization is a fellow of theirs, too. */
function inCircle({ sql }: Queries, among: Circle): RawBuilder<SqlBool> {
  if (among === 'everybody') return raw`(true)`
  const own = sql.selectFrom('users as own').select('own.id as user_id').where('own.id', '=', among.fellowsOf)
  return raw`(users.id in ${fellowsOf(sql, among.fellowsOf).union(own)})`
}

function inTurn({ dialect }: Queries, order: readonly MatchOrder[]): RawBuilder<unknown> {
  const last = order.some(({ by }) => by === 'number') ? [] : [raw`users.number`]
  const keys = order.map(
    ({ by, direction }) => raw`${keyOf(dialect, by)} ${direction === 'asc' ? raw`asc` : raw`desc`}`,
  )
  return raw.join([...keys, ...last])
}

function keyOf(dialect: Queries['dialect'], by: MatchKey): RawBuilder<unknown> {
  switch (by) {
    case 'firstName':
      return raw`users.sort_first_name`
    case 'lastName':
      return raw`users.sort_last_name`
    case 'email':
    case 'username':
      return raw`coalesce(${comparedValue(dialect, by)}, '')`
    default:
      return comparedValue(dialect, by)
  }
}
