import { type RawBuilder, sql as raw, type SqlBool } from '#kysely'
import { limits } from '../core/limits.ts'
import { grant, type Outcome, refuse } from '../core/outcome.ts'
import { roles } from '../core/permissions.ts'
import type { Circle, Matches, MatchQuestion } from '../core/ports.ts'
import type { Filter } from '../core/users/filter.ts'
import type { Status, User, UserId } from '../core/users/user.ts'
import { totalUsers } from './counts.ts'
import { candidatesOf, isInstantRange, standingOf } from './filter-candidates.ts'
import { conditionOf, conjunctsOf } from './filter-sql.ts'
import { orderedNumbers } from './matching-order.ts'
import { type Bounds, numbersInTurn, pickCandidates, type Search, usualBounds } from './matching-walk.ts'
import { fellowsOf } from './members.ts'
import type { Queries, Tally } from './queries.ts'
import { userOf } from './users.ts'

/** Counting is broken off after so long. */
const countMsMax = 1_000

/** Users whom a filter is true of. Run it aside: what no index serves is looked for among everybody. */
export async function matchingUsers(
  queries: Queries,
  { among, where, order, skip, top, count, bounds = usualBounds }: MatchQuestion & { readonly bounds?: Bounds },
): Promise<Outcome<Matches, 'filter_too_slow'>> {
  const search = openSearch(queries, among, where, bounds)
  const from = { skip: Math.min(skip, limits.pageMax), top: Math.min(top, limits.matchesShownMax) }
  const [first] = order
  const numbers =
    from.top === 0
      ? []
      : first === undefined || first.by === 'number'
        ? await numbersInTurn(search, { direction: first?.direction ?? 'asc', ...from })
        : await orderedNumbers(search, order, from)
  if (numbers === null) return refuse({ code: 'filter_too_slow' })
  const users = await usersByNumber(queries, numbers)
  if (!count) return grant({ users, total: null, totalIsExact: true })
  const { n, isWhole } = await countMatches(search, among, where)
  const total = isWhole ? n : Math.max(n, numbers.length === 0 ? 0 : from.skip + numbers.length)
  return grant({ users, total, totalIsExact: isWhole })
}

function openSearch(queries: Queries, among: Circle, where: Filter | null, bounds: Bounds): Search {
  const conditions: RawBuilder<SqlBool>[] = where === null ? [] : [conditionOf(queries.dialect, where)]
  if (among !== 'everybody') conditions.push(isFellow(queries, among.fellowsOf))
  return {
    queries,
    condition: conditions.length === 0 ? null : raw`(${raw.join(conditions, raw` and `)})`,
    comparisons: conjunctsOf(where).filter((one) => one.kind === 'compare'),
    candidates: candidatesOf(queries, among, where),
    bounds,
    endsAtMs: performance.now() + bounds.ms,
  }
}

/** The user themself, and whoever belongs to an organization with them. */
function isFellow({ sql }: Queries, userId: UserId): RawBuilder<SqlBool> {
  const those = fellowsOf(sql, userId).where('theirs.user_id', '=', raw<UserId>`users.id`)
  return raw`(users.id = ${userId} or exists ${those})`
}

/** In the same order. */
async function usersByNumber(queries: Queries, numbers: readonly number[]): Promise<User[]> {
  if (numbers.length === 0) return []
  const among = queries.dialect.oneOf(raw`users.number`, numbers)
  const rows = await queries.query(queries.sql.selectFrom('users').selectAll().where(among))
  const byNumber = new Map(rows.map((row) => [row.number, userOf(queries, row)]))
  return numbers.flatMap((number) => byNumber.get(number) ?? [])
}

// ── counting ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Exact, unless it takes too long. */
async function countMatches(search: Search, among: Circle, where: Filter | null): Promise<Tally> {
  const { queries, condition } = search
  if (condition === null) return { n: await totalUsers(queries), isWhole: true }
  const live = queries.sql.selectFrom('users').where('deleted_at', 'is', null)
  const conditions = conjunctsOf(where)
  if (among === 'everybody' && isAnsweredByOneIndex(conditions)) {
    const along = live.where('role', 'in', roles).where('status', 'in', standingOf(conditions) as Status[])
    return queries.tally(along.where(condition).select(countOfAll), countMsMax)
  }
  const few = await pickCandidates(search)
  if (few !== null) {
    const found = live.where(raw<SqlBool>`users.number in (${few.numbers})`)
    return queries.tally(found.where(condition).select(countOfAll), countMsMax)
  }
  const isHit = raw<number>`case when ${condition} then 1 else 0 end`
  const [some] = search.candidates
  const looked = some === undefined ? live : live.where(raw<SqlBool>`users.number in (${some.numbers})`)
  return queries.tally(looked.select(isHit.as('hits')), countMsMax)
}

const countOfAll = raw<number>`cast(count(*) as bigint)`.as('hits')

/** Status, and ranges of one field. */
function isAnsweredByOneIndex(conditions: readonly Filter[]): boolean {
  const others = conditions.filter((one) => !('field' in one && one.field === 'status'))
  const fields = new Set(others.map((one) => (isInstantRange(one) ? one.field : null)))
  return !fields.has(null) && fields.size <= 1 && standingOf(conditions).length > 0
}
