import { type RawBuilder, sql as raw } from '#kysely'
import { roles } from '../core/permissions.ts'
import type { Circle } from '../core/ports.ts'
import type { Comparison, Filter, FilterField, FilterValue, InstantField, Occurrence } from '../core/users/filter.ts'
import { canonical, sortKey } from '../core/users/text.ts'
import { statuses, type UserId } from '../core/users/user.ts'
import { gramsWithin, keyOfBeginning } from './filter-grams.ts'
import { conditionOf, conjunctsOf } from './filter-sql.ts'
import { followingInStretches } from './filter-stretches.ts'
import { fellowsOf } from './members.ts'
import type { Dialect, Queries } from './queries.ts'
import type { Following } from './search-index.ts'

export type Numbers = RawBuilder<{ number: number }>

/** Whom an index finds for a condition: everybody that it is true of, and some others. */
export interface Candidates {
  /** In no order. */
  readonly numbers: Numbers
  /** As many rows, where these are found at less cost. */
  readonly counted?: RawBuilder<unknown>
  /** What finding one of them costs, in entries of an index that are read in a row. */
  readonly cost: number
  /** The next ones in the order of numbers, where they need not all be found for that; null when they have to be after all. */
  readonly following?: (queries: Queries, from: Following) => Promise<Numbers | null>
}

/** What each of the conditions that all have to hold offers; those that are likely to find few come first. */
export function candidatesOf(queries: Queries, among: Circle, where: Filter | null): Candidates[] {
  const conditions = conjunctsOf(where)
  const standing = standingOf(conditions)
  const found = togetherByField(conditions).flatMap((condition) => ofCondition(queries, condition, standing) ?? [])
  return [
    ...(among === 'everybody' ? [] : [ofFellows(queries, among.fellowsOf)]),
    ...found.sort((a, b) => a.rank - b.rank),
  ]
}

interface Ranked extends Candidates {
  readonly rank: number
}

/** Statuses of whom all conditions can be true. */
export function standingOf(conditions: readonly Filter[]): readonly string[] {
  for (const condition of conditions) {
    if (condition.kind === 'compare' && condition.field === 'status' && condition.by === 'eq' && !condition.inCase)
      return statuses.filter((status) => status === condition.value)
    if (condition.kind === 'in' && condition.field === 'status' && !condition.inCase)
      return statuses.filter((status) => condition.values.includes(status))
  }
  return statuses
}

/** Ranges of one field are one range. */
function togetherByField(conditions: readonly Filter[]): (Filter | readonly Comparison[])[] {
  const ranges = conditions.filter(isInstantRange)
  const others = conditions.filter((condition) => !isInstantRange(condition))
  return [...others, ...Map.groupBy(ranges, ({ field }) => field).values()]
}

export function isInstantRange(condition: Filter): condition is Comparison & { readonly field: InstantField } {
  if (condition.kind !== 'compare' || typeof condition.value !== 'number') return false
  return condition.field !== 'number' && condition.by !== 'ne'
}

function ofCondition(
  queries: Queries,
  condition: Filter | readonly Comparison[],
  standing: readonly string[],
): Ranked | null {
  const { dialect } = queries
  if (!('kind' in condition)) return ofInstants(dialect, condition, standing)
  switch (condition.kind) {
    case 'compare':
      return condition.by === 'eq' ? ofValues(condition.field, [condition.value], standing) : null
    case 'in':
      return ofValues(condition.field, condition.values, standing)
    case 'contains':
    case 'endsWith':
      return ofPart(dialect, condition, standing)
    case 'startsWith':
      return ofBeginning(dialect, condition, standing) ?? ofPart(dialect, condition, standing)
    case 'or':
      return ofAny(queries, condition.of)
    default:
      return null
  }
}

/** Whoever is found for any of them, if each has somebody to offer. */
function ofAny(queries: Queries, conditions: readonly Filter[]): Ranked | null {
  const offers = conditions.map((condition) => candidatesOf(queries, 'everybody', condition)[0])
  const all = offers.flatMap((offer) =>
    offer === undefined ? [] : [raw`select number from (${offer.numbers}) as one`],
  )
  if (all.length < offers.length || all.length === 0) return null
  return {
    rank: 3,
    cost: 2 * Math.max(...offers.map((offer) => offer?.cost ?? 0)),
    numbers: raw.join(all, raw` union `),
  }
}

function ofFellows({ sql }: Queries, userId: UserId): Candidates {
  const own = sql.selectFrom('users as own').select('own.id as user_id').where('own.id', '=', userId)
  const fellows = fellowsOf(sql, userId).union(own)
  return {
    cost: lookUpCost,
    counted: raw`select 1 from ${fellows} as fellows`,
    numbers: numbersWhere(raw`id in ${fellows}`),
  }
}

/** A user is looked up by their id. */
const lookUpCost = 30

function ofValues(field: FilterField, values: readonly FilterValue[], standing: readonly string[]): Ranked | null {
  const texts = values.filter((value) => typeof value === 'string')
  if (field === 'number') {
    const numbers = values.filter((value) => Number.isSafeInteger(value))
    return { rank: 0, cost: 1, numbers: numbersWhere(raw`number in (${listed(numbers)})`) }
  }
  if (texts.length < values.length || texts.includes('')) return null
  switch (field) {
    case 'email':
    case 'username':
      return { rank: 0, ...claimed(field, raw`value in (${listed(texts.map(canonical))})`) }
    case 'firstName':
    case 'lastName': {
      const keys = [...new Set(texts.map(sortKey))]
      return {
        rank: 1,
        cost: 1,
        numbers: alongIndex(standing, raw`${raw.ref(sortColumns[field])} in (${listed(keys)})`),
      }
    }
    case 'status':
      return { rank: 5, cost: 1, numbers: alongIndex(standing, raw`true`) }
    default:
      return null
  }
}

function ofBeginning(dialect: Dialect, condition: Occurrence, standing: readonly string[]): Ranked | null {
  const { field, part } = condition
  if (field === 'status') return null
  if (field === 'username') {
    const byGrams = ofPart(dialect, condition, standing)
    if (byGrams !== null) return byGrams
    const key = canonical(part)
    return key === '' ? null : { rank: 2, ...claimed(field, beginning(raw`value`, key)) }
  }
  const key = keyOfBeginning(field, part)
  if (key === '') return null
  return { rank: 2, cost: 1, numbers: alongIndex(standing, beginning(raw.ref(sortColumns[field]), key)) }
}

function ofPart(dialect: Dialect, { field, part }: Occurrence, standing: readonly string[]): Ranked | null {
  if (field === 'status') return null
  const grams = gramsWithin(field, part)
  if (grams === null) return null
  const [only, ...others] = standing
  const status = others.length === 0 ? statuses.find((one) => one === only) : undefined
  const sought = { grams, spans: [], role: null, status: status ?? null }
  const { search } = dialect
  return {
    rank: 3,
    cost: gramCost,
    numbers: search.numbers(sought),
    following: async (_, from) => search.following(sought, from),
  }
}

/** Grams are read in the order of numbers, so more than a few thousand need not be found at once. */
const gramCost = 10

function ofInstants(dialect: Dialect, ranges: readonly Comparison[], standing: readonly string[]): Ranked | null {
  const { field } = ranges[0] as Comparison
  if (field !== 'createdAtMs' && field !== 'updatedAtMs') return null
  const condition = conditionOf(dialect, { kind: 'and', of: ranges })
  return {
    rank: 4,
    cost: 1,
    numbers: alongIndex(standing, condition),
    following: (queries, from) => followingInStretches(queries, field, ranges, from),
  }
}

// ── SQL ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const sortColumns = { email: 'sort_email', firstName: 'sort_first_name', lastName: 'sort_last_name' } as const

/** Along an index that begins with role and status, all of which are named, and has the rest of the condition in it. */
function alongIndex(standing: readonly string[], condition: RawBuilder<unknown>): Numbers {
  if (standing.length === 0) return numbersWhere(raw`false`)
  return numbersWhere(
    raw`role in (${raw.join(roles.map((role) => raw.lit(role)))})
      and status in (${raw.join(standing.map((status) => raw.lit(status)))}) and deleted_at is null and ${condition}`,
  )
}

function claimed(kind: 'email' | 'username', condition: RawBuilder<unknown>): Candidates {
  const claims = raw`from claims where kind = ${raw.lit(kind)} and ${condition}`
  return {
    cost: lookUpCost,
    counted: raw`select 1 ${claims}`,
    numbers: numbersWhere(raw`id in (select user_id ${claims})`),
  }
}

function numbersWhere(condition: RawBuilder<unknown>): Numbers {
  return raw`select number from users where ${condition}`
}

function beginning(key: RawBuilder<unknown>, begin: string): RawBuilder<unknown> {
  return raw`(${key} >= ${begin} and ${key} < ${`${begin}${lastPoint}`})`
}

/** No text has it. */
const lastPoint = '\u{10ffff}'

function listed(values: readonly unknown[]): RawBuilder<unknown> {
  return values.length === 0 ? raw`null` : raw.join(values)
}
