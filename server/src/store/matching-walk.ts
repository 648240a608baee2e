import { type RawBuilder, sql as raw, type SqlBool } from '#kysely'
import { limits } from '../core/limits.ts'
import type { Eventually } from '../core/outcome.ts'
import type { Comparison } from '../core/users/filter.ts'
import type { Candidates, Numbers } from './filter-candidates.ts'
import { first, type Queries } from './queries.ts'
import type { Following } from './search-index.ts'

/** Looking for users whom a condition is true of. */
export interface Search {
  readonly queries: Queries
  /** Null is true of everybody. */
  readonly condition: RawBuilder<SqlBool> | null
  /** Comparisons that all have to hold. */
  readonly comparisons: readonly Comparison[]
  readonly candidates: readonly Candidates[]
  readonly bounds: Bounds
  readonly endsAtMs: number
}

/** When which way of looking is left for another. */
export interface Bounds {
  /** So many entries of an index are soon found; before more are, a short walk may meet enough who match. */
  readonly entriesFirst: number
  /** So many, read in a row and sorted, take some ten milliseconds. */
  readonly entries: number
  /** So many, where there is nothing better than to find all candidates. */
  readonly entriesAtWorst: number
  /** So many users are walked along before other ways are tried. */
  readonly walkedFirst: number
  /** So many candidates are looked at first; then more each time. */
  readonly followedFirst: number
  /** Up to so many who match are sorted rather than met along an index that has the order … */
  readonly sorted: number
  /** … and if it is likely that more would have to be passed, everybody is. */
  readonly passed: number
  readonly ms: number
}

export const usualBounds: Bounds = {
  entriesFirst: 16_000,
  entries: 60_000,
  entriesAtWorst: 300_000,
  walkedFirst: 2_000,
  followedFirst: 250,
  sorted: 20_000,
  passed: 20_000,
  ms: limits.filterMsMax,
}

/** So few are not worth looking for fewer. */
const entriesFew = 200

/** The candidates of whom there are fewest, if there are few enough to find them all. */
export async function pickCandidates(search: Search, max = search.bounds.entries): Promise<Candidates | null> {
  let best: { candidates: Candidates; entries: number } | null = null
  for (const candidates of search.candidates) {
    const bound = Math.min(max, best?.entries ?? max)
    const n = await countUpTo(
      search.queries,
      candidates.counted ?? candidates.numbers,
      Math.floor(bound / candidates.cost) + 1,
    )
    const entries = n * candidates.cost
    if (entries <= bound) best = { candidates, entries }
    if (best !== null && best.entries <= entriesFew) break
  }
  return best?.candidates ?? null
}

export interface Wanted {
  readonly direction: 'asc' | 'desc'
  readonly skip: number
  readonly top: number
}

/** The numbers of those who match, in order. Null when they could not be found in time. */
export async function numbersInTurn(search: Search, wanted: Wanted): Promise<number[] | null> {
  const { queries, condition, bounds } = search
  if (condition === null) return slice(queries, wanted)
  const hunt = openHunt(search, wanted, await lastNumber(queries))
  return (await huntDown(hunt, bounds)) ? hunt.found : null
}

/** What is likely to cost little first; whatever was found on one way stays found on the next. */
async function huntDown(hunt: Hunt, bounds: Bounds): Promise<boolean> {
  const { search } = hunt
  for (const entries of [bounds.entriesFirst, bounds.entries]) {
    const few = await pickCandidates(search, entries)
    if (few !== null) return follow(hunt, (from) => nextOf(few.numbers, from))
    if (await walk(hunt, bounds.walkedFirst)) return true
  }
  for (const { following } of search.candidates)
    if (following !== undefined && (await follow(hunt, (from) => following(search.queries, from)))) return true
  const some = await pickCandidates(search, bounds.entriesAtWorst)
  if (some !== null) return follow(hunt, (from) => nextOf(some.numbers, from))
  return walk(hunt, Number.POSITIVE_INFINITY)
}

/** Everybody, the deleted being passed over. */
async function slice(queries: Queries, { direction, skip, top }: Wanted): Promise<number[]> {
  const live = queries.sql.selectFrom('users').select('number').where('deleted_at', 'is', null)
  return (await queries.query(live.orderBy('number', direction).limit(top).offset(skip))).map(({ number }) => number)
}

async function lastNumber(queries: Queries): Promise<number> {
  const newest = queries.sql.selectFrom('users').select('number').orderBy('number', 'desc').limit(1)
  return (await first(queries.query(newest)))?.number ?? 0
}

async function countUpTo(queries: Queries, rows: RawBuilder<unknown>, max: number): Promise<number> {
  const count = raw<{ n: number }>`select count(*) as n from (select 1 from (${rows}) as one limit ${max}) as counted`
  return Number((await first(queries.query(compilable(queries, count))))?.n ?? 0)
}

function compilable<Row>({ sql }: Queries, query: RawBuilder<Row>) {
  return { compile: () => query.compile(sql) }
}

// ── hunting ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How far the hunt has come: whoever matches up to `from` is found, or skipped. */
interface Hunt {
  readonly search: Search
  readonly wanted: Wanted
  readonly found: number[]
  /** Still to be passed over. */
  skip: number
  /** Whether several matched just before. */
  isNear: boolean
  from: { readonly after: number; readonly direction: 'asc' | 'desc' }
  /** Beyond it nobody matches. */
  readonly end: number
}

function openHunt(search: Search, wanted: Wanted, last: number): Hunt {
  let [low, high] = [0, last]
  for (const { field, by, value } of search.comparisons) {
    if (field !== 'number' || typeof value !== 'number') continue
    if (by === 'ge' || by === 'gt') low = Math.max(low, Math.min(last, Math.ceil(value) - 1))
    if (by === 'le' || by === 'lt') high = Math.min(high, Math.max(0, Math.floor(value)))
  }
  const isUp = wanted.direction === 'asc'
  const from = { after: isUp ? low : high + 1, direction: wanted.direction }
  return { search, wanted, found: [], skip: wanted.skip, isNear: false, from, end: isUp ? high : low }
}

function hasEnough({ found, wanted }: Hunt): boolean {
  return found.length >= wanted.top
}

function isLate({ search }: Hunt): boolean {
  return performance.now() > search.endsAtMs
}

/** Takes in some who match, the next ones in order. */
function take(hunt: Hunt, numbers: readonly number[]): void {
  const skipped = Math.min(hunt.skip, numbers.length)
  hunt.skip -= skipped
  hunt.isNear = numbers.length >= severalMatches
  hunt.found.push(...numbers.slice(skipped, skipped + hunt.wanted.top - hunt.found.length))
}

const severalMatches = 10

/** Goes on to where every index that knows the order of numbers has somebody; false when one has nobody any more. */
async function leap(hunt: Hunt): Promise<boolean> {
  const { queries, candidates } = hunt.search
  for (const { following } of candidates) {
    const next = (await following?.(queries, { ...hunt.from, limit: 1 })) ?? null
    if (next === null) continue
    const row = await first(queries.query(compilable(queries, next)))
    if (row === undefined) return false
    const after = hunt.from.direction === 'asc' ? row.number - 1 : row.number + 1
    hunt.from = { ...hunt.from, after }
  }
  return true
}

/** Candidates, batch by batch: true once enough match or nobody is left, false after so many, when they cannot be had, or when the time is over. */
async function follow(hunt: Hunt, next: (from: Following) => Eventually<Numbers | null>): Promise<boolean> {
  const { queries, bounds } = hunt.search
  for (let limit = bounds.followedFirst; ; limit = Math.min(limit * 4, limits.filterCandidatesAtOnceMax)) {
    if (hasEnough(hunt)) return true
    if (isLate(hunt)) return false
    if (!hunt.isNear && !(await leap(hunt))) return true
    const numbers = await next({ ...hunt.from, limit })
    if (numbers === null) return false
    const candidates = (await queries.query(compilable(queries, numbers))).map(({ number }) => number)
    const last = candidates.at(-1)
    if (last === undefined) return true
    take(hunt, await matchingAmong(hunt, queries.dialect.oneOf(raw`users.number`, candidates)))
    if (candidates.length < limit) return true
    hunt.from = { ...hunt.from, after: last }
  }
}

/** Candidates that are found all together, each time. The sign keeps a planner from walking along all numbers instead. */
function nextOf(numbers: Numbers, { after, direction, limit }: Following): Numbers {
  const found = raw<{ number: number }>`select number from (${numbers}) as found`
  return direction === 'asc'
    ? raw`${found} where +number > ${after} order by +number limit ${limit}`
    : raw`${found} where +number < ${after} order by +number desc limit ${limit}`
}

/** Everybody, stretch by stretch: true once enough match or nobody is left, false after so many or when the time is over. */
async function walk(hunt: Hunt, max: number): Promise<boolean> {
  let walked = 0
  for (let size = walkedAtOnceMin; walked < max; size = Math.min(size * 2, walkedAtOnceMax)) {
    if (hasEnough(hunt)) return true
    if (isLate(hunt)) return false
    if (!hunt.isNear && !(await leap(hunt))) return true
    const { after, direction } = hunt.from
    const to = direction === 'asc' ? Math.min(hunt.end, after + size) : Math.max(hunt.end + 1, after - size)
    const within =
      direction === 'asc'
        ? raw<SqlBool>`users.number > ${after} and users.number <= ${to}`
        : raw<SqlBool>`users.number < ${after} and users.number >= ${to}`
    take(hunt, await matchingAmong(hunt, within))
    hunt.from = { ...hunt.from, after: to }
    walked += size
    if (direction === 'asc' ? to >= hunt.end : to <= hunt.end + 1) return true
  }
  return hasEnough(hunt)
}

const walkedAtOnceMin = 1_000
const walkedAtOnceMax = 50_000

/** No more than are wanted. */
async function matchingAmong({ search, wanted, found, skip }: Hunt, among: RawBuilder<SqlBool>): Promise<number[]> {
  const { queries, condition } = search
  const live = queries.sql.selectFrom('users').select('number').where('deleted_at', 'is', null).where(among)
  const matching = condition === null ? live : live.where(condition)
  const rows = await queries.query(matching.orderBy('number', wanted.direction).limit(skip + wanted.top - found.length))
  return rows.map(({ number }) => number)
}
