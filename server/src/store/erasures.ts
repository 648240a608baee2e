import { sql as raw } from '#kysely'
import type { ErasedThing, Erasure } from '../core/erasures/erasure.ts'
import type { ErasureReads, ErasureStore } from '../core/erasures/ports.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { erasureSweeps } from './erasure-sweeps.ts'
import { first, type Queries, statement } from './queries.ts'
import type { ErasuresTable } from './tables.ts'
import { anyUserHeld } from './users.ts'

export function erasureReads(queries: Queries): Pick<ErasureReads, 'ofUser'> {
  return {
    async ofUser(userId) {
      const row = await first(queries.all(byUser, { userId }))
      return row === undefined ? null : erasureOf(row)
    },
  }
}

export async function unfinishedErasures(
  queries: Queries,
  { beforeMs, limit }: { beforeMs: number; limit: number },
): Promise<Erasure[]> {
  return (await queries.all(unfinished, { before: beforeMs, limit })).map(erasureOf)
}

export async function erasedFollowing(
  queries: Queries,
  { after, limit }: { after: UserId | null; limit: number },
): Promise<UserId[]> {
  return (await queries.all(following, { after: after ?? beforeAll, limit })).map(({ user_id }) => user_id)
}

/** No id is smaller. */
const beforeAll = '00000000-0000-0000-0000-000000000000' as UserId

export function erasureStore(queries: Queries, touched: Map<UserId, Touch>): ErasureStore {
  return {
    ...erasureReads(queries),
    user: (id) => anyUserHeld(queries, id),
    async forgetAll(user) {
      const erased: { [Thing in ErasedThing]?: number } = {}
      const count = (thing: ErasedThing, n: number) => {
        if (n > 0) erased[thing] = (erased[thing] ?? 0) + n
      }
      const { profile, attributes, avatar, redirectUri } = user.particulars
      count(
        'profile',
        [...Object.keys(profile), ...Object.keys(attributes), avatar, redirectUri].filter(isThere).length,
      )
      count('names', [user.email, user.username, user.firstName, user.lastName].filter(isThere).length)
      for (const { user_id } of await queries.all(dropImpersonations, { userId: user.id })) {
        touched.set(user_id, 'record')
        count('sessions', 1)
      }
      for (const [thing, drop] of Object.entries(drops))
        count(thing as ErasedThing, await queries.run(drop, { userId: user.id }))
      return erased
    },
    async bury({ id }, atMs) {
      await queries.run(bury, { id, atMs })
    },
    async add({ id, userId, cause, atMs, erased, sweptAtMs, finishedAtMs }) {
      await queries.run(insert, {
        user_id: userId,
        id,
        cause,
        at: atMs,
        erased: JSON.stringify(erased),
        swept_at: sweptAtMs,
        finished_at: finishedAtMs,
      })
    },
    ...erasureSweeps(queries),
    async noteSwept(userIds, atMs) {
      for (const userId of userIds) await queries.run(noteSwept, { userId, atMs })
    },
    async noteFinished(userIds, atMs) {
      for (const userId of userIds) await queries.run(noteFinished, { userId, atMs })
    },
    async overdue(before, limit) {
      return (await queries.all(overdue, { before, limit })).map(({ id }) => id)
    },
  }
}

function isThere(part: unknown): boolean {
  return part !== null
}

function erasureOf(row: ErasuresTable): Erasure {
  return {
    id: row.id,
    userId: row.user_id,
    cause: row.cause,
    atMs: row.at,
    erased: JSON.parse(row.erased) as Erasure['erased'],
    sweptAtMs: row.swept_at,
    finishedAtMs: row.finished_at,
  }
}

/** Whatever has rows of its own for a user. Refresh tokens go before the sessions by which they are found. */
const drops: { readonly [Thing in ErasedThing]?: ReturnType<typeof dropFrom> } = {
  passwords: dropFrom('credentials'),
  refreshTokens: statement((sql, p: { userId: UserId }) =>
    sql
      .deleteFrom('refresh_tokens')
      .where('session_id', 'in', (sub) => sub.selectFrom('sessions').select('id').where('user_id', '=', p.userId)),
  ),
  sessions: dropFrom('sessions'),
  apiTokens: dropFrom('api_tokens'),
  factors: dropFrom('factors'),
  recoveryCodes: dropFrom('recovery_codes'),
  challenges: dropFrom('challenges'),
  mailedLinks: dropFrom('links'),
  mail: dropFrom('mail'),
  invitations: dropFrom('invitations'),
  memberships: dropFrom('members'),
  pictures: dropFrom('avatars'),
  imports: dropFrom('imports'),
  requests: statement((sql, p: { userId: UserId }) =>
    sql
      .deleteFrom('remembered_requests')
      .where('name', 'in', (sub) =>
        sub.selectFrom('remembered_requests').select('name').where('part', '=', -1).where('user_id', '=', p.userId),
      ),
  ),
}

function dropFrom(
  table:
    | 'api_tokens'
    | 'avatars'
    | 'challenges'
    | 'credentials'
    | 'factors'
    | 'imports'
    | 'invitations'
    | 'links'
    | 'mail'
    | 'members'
    | 'recovery_codes'
    | 'sessions',
) {
  return statement((sql, p: { userId: UserId }) => sql.deleteFrom(table).where('user_id', '=', p.userId))
}

/** In whosever stead they acted: from where is told in these. None of them can be prolonged, so they have no refresh tokens. */
const dropImpersonations = statement((sql, p: { userId: UserId }) =>
  sql.deleteFrom('sessions').where('impersonator_id', '=', p.userId).returning('user_id'),
)

const byUser = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('erasures').selectAll().where('user_id', '=', p.userId),
)

const unfinished = statement((sql, p: { before: number; limit: number }) =>
  sql
    .selectFrom('erasures')
    .selectAll()
    .where('finished_at', 'is', null)
    .where('at', '<=', p.before)
    .orderBy(raw`case when swept_at is null then 0 else 1 end`)
    .orderBy('at')
    .limit(p.limit),
)

const following = statement((sql, p: { after: UserId; limit: number }) =>
  sql.selectFrom('erasures').select('user_id').where('user_id', '>', p.after).orderBy('user_id').limit(p.limit),
)

const bury = statement((sql, p: { id: UserId; atMs: number }) =>
  sql.updateTable('users').set({ erased_at: p.atMs }).where('id', '=', p.id),
)

const insert = statement((sql, p: ErasuresTable) =>
  sql.insertInto('erasures').values({
    user_id: p.user_id,
    id: p.id,
    cause: p.cause,
    at: p.at,
    erased: p.erased,
    swept_at: p.swept_at,
    finished_at: p.finished_at,
  }),
)

const noteSwept = statement((sql, p: { userId: UserId; atMs: number }) =>
  sql.updateTable('erasures').set({ swept_at: p.atMs }).where('user_id', '=', p.userId).where('swept_at', 'is', null),
)

const noteFinished = statement((sql, p: { userId: UserId; atMs: number }) =>
  sql
    .updateTable('erasures')
    .set({ finished_at: p.atMs })
    .where('user_id', '=', p.userId)
    .where('finished_at', 'is', null),
)

const overdue = statement((sql, p: { before: number; limit: number }, dialect) =>
  dialect.lockFree(
    sql
      .selectFrom('users')
      .select('id')
      .where('deleted_at', '<', p.before)
      .where('erased_at', 'is', null)
      .orderBy('deleted_at')
      .limit(p.limit),
  ),
)
