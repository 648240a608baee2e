import { sql as raw } from '#kysely'
import type { Activity, ActivityDetail } from '../core/activity/activity.ts'
import type {
  ActivityCountQuestion,
  ActivityQuestion,
  ActivityStore,
  LogAnswer,
  LogQuestion,
} from '../core/activity/ports.ts'
import { limits } from '../core/limits.ts'
import type { ActivityCount } from '../core/stats/stats.ts'
import { lowestId, uuidv7 } from './ids.ts'
import { type Queries, statement } from './queries.ts'
import type { Tables } from './tables.ts'

export function activityStore(queries: Queries): ActivityStore {
  return {
    async add(entries) {
      const rows = rowsOf(queries, entries)
      if ((await queries.insertMany(into, rows)) < rows.length) throw new Error('an id was made twice')
    },
    forget: async (before) => queries.run(forgetSome, { before, lowest: lowestId(before) }),
  }
}

/** A page of one person's activity, newest first, with the exact total. */
export async function pageOfActivity(
  queries: Queries,
  question: ActivityQuestion,
): Promise<{ entries: Activity[]; total: number }> {
  let matching = queries.sql.selectFrom('activity').where('user_id', '=', question.userId)
  if (question.type !== null) matching = matching.where('type', '=', question.type)
  if (question.fromMs !== null) matching = matching.where('at', '>=', question.fromMs)
  if (question.toMs !== null) matching = matching.where('at', '<', question.toMs)
  const [counted] = await queries.query(matching.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const rows = await queries.query(
    matching.selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(question.limit).offset(question.offset),
  )
  return { entries: rows.map((row) => activityOf(queries, row)), total: counted?.n ?? 0 }
}

/**
 * A page of the whole record, newest first, which is in the order of ids: they are made of the instants. An id is never of an earlier millisecond
 * than its entry.
 */
export async function logOfActivity(queries: Queries, question: LogQuestion): Promise<LogAnswer> {
  const { type, actorId, userId, within, without, fromMs, toMs, from, limit } = question
  let matching = queries.sql.selectFrom('activity')
  if (type !== null) matching = matching.where('type', '=', type)
  if (actorId !== null) matching = matching.where('actor_id', '=', actorId)
  if (userId !== null) matching = matching.where('user_id', '=', userId)
  if (within !== null) matching = matching.where('organization_id', 'in', within)
  if (without.length > 0) matching = matching.where('type', 'not in', without)
  if (fromMs !== null) matching = matching.where('at', '>=', fromMs).where('id', '>=', lowestId(fromMs))
  if (toMs !== null) matching = matching.where('at', '<', toMs)
  const max = limits.activityCountedMax
  const counted = queries.sql.selectFrom(
    matching
      .select('id')
      .limit(max + 1)
      .as('matching'),
  )
  const [sum] = await queries.query(counted.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const page = matching
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  const rows = await queries.query(
    'offset' in from ? page.offset(from.offset) : from.after === null ? page : page.where('id', '<', from.after),
  )
  const entries = rows.slice(0, limit).map((row) => activityOf(queries, row))
  const n = sum?.n ?? 0
  return { entries, total: Math.min(n, max), totalIsExact: n <= max, hasNext: rows.length > limit }
}

export async function countsOfActivity(
  queries: Queries,
  { types, fromMs, toMs, widthMs }: ActivityCountQuestion,
): Promise<ActivityCount[]> {
  const place = raw<number>`cast((at - ${fromMs}) / ${widthMs} as bigint)`
  const rows = await queries.query(
    queries.sql
      .selectFrom('activity')
      .select(['type', place.as('place'), raw<number>`cast(count(*) as bigint)`.as('n')])
      .where('type', 'in', types)
      .where('at', '>=', fromMs)
      .where('at', '<', toMs)
      .groupBy(['type', 'place']),
  )
  return rows as ActivityCount[]
}

export function activityOf(queries: Queries, row: Tables['activity']): Activity {
  const detail = JSON.parse(queries.unseal(row.detail, activityContext(row.id))) as ActivityDetail
  return { id: row.id, userId: row.user_id, type: row.type, atMs: row.at, detail }
}

export function activityContext(id: string): string {
  return `activity.detail:${id}`
}

const into = {
  table: 'activity',
  columns: ['id', 'user_id', 'type', 'at', 'detail', 'actor_id', 'organization_id'],
} as const

/** Many entries often have one detail. */
function rowsOf(queries: Queries, entries: readonly Omit<Activity, 'id'>[]): unknown[][] {
  const texts = new Map<ActivityDetail, string>()
  return entries.map(({ userId, type, atMs, detail }) => {
    const id = uuidv7(atMs)
    const text = texts.get(detail) ?? JSON.stringify(detail)
    texts.set(detail, text)
    const sealed = queries.seal(text, activityContext(id))
    return [id, userId, type, atMs, sealed, detail.actor, detail.organization ?? null]
  })
}

/** In the order of ids: an id is never of an earlier millisecond than its entry. */
const forgetSome = statement((sql, p: { before: number; lowest: string }) =>
  sql
    .deleteFrom('activity')
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('activity')
        .select('id')
        .where('id', '<', p.lowest)
        .where('at', '<', p.before)
        .orderBy('id')
        .limit(limits.activityForgottenAtOnce),
    ),
)
