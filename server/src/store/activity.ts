import { sql as raw } from '#kysely'
import type { Activity, ActivityDetail } from '../core/activity/activity.ts'
import type { ActivityQuestion, ActivityStore } from '../core/activity/ports.ts'
import type { UserId } from '../core/users/user.ts'
import { uuidv7 } from './ids.ts'
import { type Queries, statement } from './queries.ts'
import type { Sealed, Tables } from './tables.ts'

export function activityStore(queries: Queries): ActivityStore {
  return {
    async add(entry) {
      const id = uuidv7(entry.atMs)
      const detail = queries.seal(JSON.stringify(entry.detail), context(id))
      await queries.run(insert, { ...entry, id, detail, actorId: entry.detail.actor })
    },
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

function activityOf(queries: Queries, row: Tables['activity']): Activity {
  const detail = JSON.parse(queries.unseal(row.detail, context(row.id))) as ActivityDetail
  return { id: row.id, userId: row.user_id, type: row.type, atMs: row.at, detail }
}

function context(id: string): string {
  return `activity.detail:${id}`
}

const insert = statement((sql, p: Omit<Activity, 'detail'> & { detail: Sealed; actorId: UserId | null }) =>
  sql
    .insertInto('activity')
    .values({ id: p.id, user_id: p.userId, type: p.type, at: p.atMs, detail: p.detail, actor_id: p.actorId }),
)
