import { type RawBuilder, sql as raw } from '#kysely'
import type { Comparison } from '../core/users/filter.ts'
import { conditionOf } from './filter-sql.ts'
import type { Queries } from './queries.ts'
import type { Following } from './search-index.ts'

/**
 * Whoever was created or changed in a range of time, in the order of numbers. Numbers follow time, so to walk along them may pass nearly everybody
 * before it meets one; and to sort all whom a wide range finds takes long. So there is an index by stretches of thirty days, each in the order of
 * numbers, and as many of these as there are in the range are merged.
 */
export async function followingInStretches(
  queries: Queries,
  field: 'createdAtMs' | 'updatedAtMs',
  ranges: readonly Comparison[],
  { after, direction, limit }: Following,
): Promise<RawBuilder<{ number: number }> | null> {
  const stretch = stretches[field]
  const stretchesMet = await stretchesWithin(queries, stretch, ranges)
  if (stretchesMet.length > stretchesMax) return null
  const beyond = direction === 'asc' ? raw`>` : raw`<`
  const order = direction === 'asc' ? raw`order by number` : raw`order by number desc`
  const condition = conditionOf(queries.dialect, { kind: 'and', of: ranges })
  const parts = stretchesMet.map(
    (at) => raw`select number from (select number from users where deleted_at is null and ${stretch} = ${at}
      and number ${beyond} ${after} and ${condition} ${order} limit ${limit}) as one`,
  )
  if (parts.length === 0) return raw`select number from users where false`
  return raw`select number from (${raw.join(parts, raw` union all `)}) as stretches ${order} limit ${limit}`
}

/** As the indexes have it. */
const stretchMs = 2_592_000_000
const stretches = {
  createdAtMs: raw`(created_at / ${raw.lit(stretchMs)})`,
  updatedAtMs: raw`(updated_at / ${raw.lit(stretchMs)})`,
} as const
const stretchesMax = 200

/** Those in which there is somebody. */
async function stretchesWithin(queries: Queries, stretch: RawBuilder<unknown>, ranges: readonly Comparison[]) {
  const [first, last] = endsOf(ranges)
  const rows = await queries.query<{ at: number }>({
    compile: () =>
      raw<{ at: number }>`with recursive stretches (at) as (
        select (select min(${stretch}) from users where deleted_at is null and ${stretch} >= ${first})
        union all
        select (select min(${stretch}) from users where deleted_at is null and ${stretch} > stretches.at)
        from stretches where stretches.at < ${last}
      ) select at from stretches where at is not null and at <= ${last} limit ${stretchesMax + 1}`.compile(queries.sql),
  })
  return rows.map(({ at }) => at)
}

/** The first and the last stretch that can have somebody in it. */
function endsOf(ranges: readonly Comparison[]): [number, number] {
  let [first, last] = [0, Math.trunc(Number.MAX_SAFE_INTEGER / stretchMs)]
  for (const { by, value } of ranges) {
    const at = Math.trunc(Math.max(-stretchMs, Math.min(Number.MAX_SAFE_INTEGER, Number(value))) / stretchMs)
    if (by === 'eq' || by === 'gt' || by === 'ge') first = Math.max(first, at)
    if (by === 'eq' || by === 'lt' || by === 'le') last = Math.min(last, at)
  }
  return [first, last]
}
