import type { Activity, ActivityDetail } from '../core/activity/activity.ts'
import type { ErasureStore, SweepPlace, Swept } from '../core/erasures/ports.ts'
import { withoutTraces } from '../core/erasures/sweep.ts'
import type { InvitationId } from '../core/invitations/invitation.ts'
import { limits } from '../core/limits.ts'
import { nobody, type UserId } from '../core/users/user.ts'
import { activityContext, activityOf } from './activity.ts'
import { forgetInviter } from './mail.ts'
import { accountActivity, actorActivity } from './personal-data.ts'
import { type Queries, statement } from './queries.ts'
import { requestsNaming } from './requests.ts'
import type { Sealed } from './tables.ts'

type Sweeps = Pick<ErasureStore, 'sweepActivity' | 'sweepInvitations' | 'sweepRequests' | 'noteActors'>

/** What may name somebody who was erased, a little at a time. */
export function erasureSweeps(queries: Queries): Sweeps {
  return {
    async sweepActivity(userId, whose, from) {
      const place = placeOf(from)
      const rows = await queries.all(sweeps[whose], { userId, ...place, limit: limits.sweptAtOnce })
      for (const row of rows) await strip(queries, activityOf(queries, row), userId)
      const last = rows.at(-1)
      return last === undefined || rows.length < limits.sweptAtOnce ? null : `${last.at} ${last.id}`
    },
    async sweepInvitations(userId, from) {
      const rows = await queries.all(sentBy, { userId, id: from ?? nobody, limit: limits.sweptAtOnce })
      for (const invited of new Set(rows.map(({ user_id }) => user_id))) await forgetInviter(queries, invited)
      return rows.length < limits.sweptAtOnce ? null : (rows.at(-1)?.id ?? null)
    },
    sweepRequests: (userIds, from) => requestsNaming(queries, userIds, from),
    async noteActors() {
      const rows = await queries.all(withoutActor, { limit: limits.sweptAtOnce })
      for (const row of rows) await queries.run(noteActor, { id: row.id, actor: activityOf(queries, row).detail.actor })
      return rows.length
    },
  }
}

async function strip(queries: Queries, entry: Activity, erased: UserId): Promise<void> {
  const { id, userId, type, detail } = entry
  if (type === 'invited' && detail.actor === erased) await forgetInviter(queries, userId)
  const stripped = withoutTraces(entry, erased)
  if (!isSame(detail, stripped))
    await queries.run(keep, { id, detail: queries.seal(JSON.stringify(stripped), activityContext(id)) })
}

function isSame(before: ActivityDetail, after: ActivityDetail): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}

function placeOf(from: SweepPlace | null): { at: number; id: string } {
  const [at, id] = from?.split(' ') ?? []
  return { at: Number(at ?? -1), id: id ?? nobody }
}

const sweeps = { account: accountActivity, actor: actorActivity } as const satisfies Record<Swept, unknown>

const keep = statement((sql, p: { id: string; detail: Sealed }) =>
  sql.updateTable('activity').set({ detail: p.detail }).where('id', '=', p.id),
)

const sentBy = statement((sql, p: { userId: UserId; id: string; limit: number }) =>
  sql
    .selectFrom('invitations')
    .select(['id', 'user_id'])
    .where('invited_by', '=', p.userId)
    .where('id', '>', p.id as InvitationId)
    .orderBy('id')
    .limit(p.limit),
)

/** As the column was given to entries that were there before it. */
const withoutActor = statement((sql, p: { limit: number }) =>
  sql.selectFrom('activity').selectAll().where('actor_id', '=', nobody).limit(p.limit),
)

const noteActor = statement((sql, p: { id: string; actor: UserId | null }) =>
  sql.updateTable('activity').set({ actor_id: p.actor }).where('id', '=', p.id),
)
