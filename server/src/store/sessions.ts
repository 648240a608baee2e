import { sql as raw } from '#kysely'
import type { Origin } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import type { SessionQuestion, SessionStore } from '../core/sessions/ports.ts'
import type { Session, SessionId } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'
import { voidChallenges } from './challenges.ts'
import type { Touch } from './engines/engine.ts'
import { first, type Queries, statement } from './queries.ts'
import type { Sealed, SessionsTable } from './tables.ts'

/** What is to be known of a session that has not been ended; null of any other. */
export async function openSession(
  queries: Queries,
  id: SessionId,
  userId: UserId,
): Promise<Pick<Session, 'impersonator' | 'lastUsedAtMs'> | null> {
  const row = await first(queries.all(standing, { id, userId }))
  return row === undefined ? null : { lastUsedAtMs: row.last_used_at, ...impersonatorOf(row) }
}

/** A page of the sessions of one person that stand, newest use first, with the exact total. */
export async function pageOfSessions(
  queries: Queries,
  { userId, atMs, offset, limit }: SessionQuestion,
): Promise<{ sessions: Session[]; total: number }> {
  const standing = queries.sql
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', atMs)
  const [counted] = await queries.query(standing.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const rows = await queries.query(
    standing.selectAll().orderBy('last_used_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset),
  )
  return { sessions: rows.map((row) => sessionOf(queries, row)), total: counted?.n ?? 0 }
}

export function sessionStore(queries: Queries, touched: Map<UserId, Touch>): SessionStore {
  return {
    async byId(id) {
      const row = await first(queries.all(byIdHeld, { id }))
      return row === undefined ? null : sessionOf(queries, row)
    },
    async open(session, digest) {
      await queries.run(insert, {
        ...session,
        impersonatorId: session.impersonator?.id ?? null,
        impersonatorSessionId: session.impersonator?.sessionId ?? null,
        origin: sealed(queries, session),
      })
      if (digest === null) return
      await queries.run(issue, { digest, sessionId: session.id, userId: session.userId, at: session.createdAtMs })
    },
    async spendRefreshToken(digest, at) {
      const spent = await first(queries.all(spend, { digest, at }))
      const known = spent ?? (await first(queries.all(issued, { digest })))
      if (known === undefined) return { kind: 'unknown' }
      return { kind: spent ? 'spent' : 'reused', sessionId: known.session_id, userId: known.user_id }
    },
    async addRefreshToken({ id, userId }, digest, at) {
      await queries.run(issue, { digest, sessionId: id, userId, at })
    },
    async noteUse(id, origin, at) {
      await queries.run(use, { id, at, origin: sealed(queries, { id, origin }) })
    },
    async end(id, userId, at) {
      const ended = await queries.run(endOne, { id, at })
      if (ended > 0) touched.set(userId, 'record')
    },
    async endAll(userId, at, keep) {
      const ended = await queries.all(keep === null ? endEvery : endOthers, { userId, at, keep: keep ?? nothing })
      await voidChallenges(queries, userId)
      touched.set(userId, 'record')
      return ended.filter(({ expires_at }) => expires_at > at).length
    },
    async forget(before) {
      const ids = [...(await queries.all(ended, { before })), ...(await queries.all(expired, { before }))].map(
        ({ id }) => id,
      )
      return ids.length === 0 ? 0 : forgetThese(queries, ids)
    },
  }
}

/** Tokens first: a session with more of them than are forgotten at once takes another turn. */
async function forgetThese({ sql, query }: Queries, ids: readonly SessionId[]): Promise<number> {
  const tokens = await query(
    sql
      .deleteFrom('refresh_tokens')
      .where('digest', 'in', (sub) =>
        sub
          .selectFrom('refresh_tokens')
          .select('digest')
          .where('session_id', 'in', ids)
          .limit(limits.refreshTokensForgottenAtOnce),
      )
      .returning('digest'),
  )
  if (tokens.length === limits.refreshTokensForgottenAtOnce) return tokens.length
  const sessions = await query(sql.deleteFrom('sessions').where('id', 'in', ids).returning('id'))
  return tokens.length + sessions.length
}

const nothing = '' as SessionId

function sealed(queries: Queries, { id, origin }: Pick<Session, 'id' | 'origin'>): Sealed {
  return queries.seal(JSON.stringify(origin), context(id))
}

export function sessionOf(queries: Queries, row: SessionsTable): Session {
  return {
    id: row.id,
    userId: row.user_id,
    createdAtMs: row.created_at,
    lastUsedAtMs: row.last_used_at,
    expiresAtMs: row.expires_at,
    endedAtMs: row.ended_at,
    origin: JSON.parse(queries.unseal(row.origin, context(row.id))) as Origin,
    ...impersonatorOf(row),
  }
}

function impersonatorOf(
  row: Pick<SessionsTable, 'impersonator_id' | 'impersonator_session_id'>,
): Pick<Session, 'impersonator'> {
  const { impersonator_id: id, impersonator_session_id: sessionId } = row
  return id === null || sessionId === null ? {} : { impersonator: { id, sessionId } }
}

function context(id: SessionId): string {
  return `sessions.origin:${id}`
}

interface NewRow extends Omit<Session, 'origin' | 'endedAtMs' | 'impersonator'> {
  readonly origin: Sealed
  readonly impersonatorId: UserId | null
  readonly impersonatorSessionId: SessionId | null
}

const standing = statement((sql, p: { id: SessionId; userId: UserId }) =>
  sql
    .selectFrom('sessions')
    .select(['last_used_at', 'impersonator_id', 'impersonator_session_id'])
    .where('id', '=', p.id)
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null),
)

const byIdHeld = statement((sql, p: { id: SessionId }, dialect) =>
  dialect.lock(sql.selectFrom('sessions').selectAll().where('id', '=', p.id)),
)

const ended = statement((sql, p: { before: number }) =>
  sql
    .selectFrom('sessions')
    .select('id')
    .where('ended_at', '<=', p.before)
    .orderBy('ended_at')
    .limit(limits.sessionsForgottenAtOnce),
)

const expired = statement((sql, p: { before: number }) =>
  sql
    .selectFrom('sessions')
    .select('id')
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', p.before)
    .orderBy('expires_at')
    .limit(limits.sessionsForgottenAtOnce),
)

const insert = statement((sql, p: NewRow) =>
  sql.insertInto('sessions').values({
    id: p.id,
    user_id: p.userId,
    created_at: p.createdAtMs,
    last_used_at: p.lastUsedAtMs,
    expires_at: p.expiresAtMs,
    ended_at: null,
    origin: p.origin,
    impersonator_id: p.impersonatorId,
    impersonator_session_id: p.impersonatorSessionId,
  }),
)

const issue = statement((sql, p: { digest: string; sessionId: SessionId; userId: UserId; at: number }) =>
  sql
    .insertInto('refresh_tokens')
    .values({ digest: p.digest, session_id: p.sessionId, user_id: p.userId, issued_at: p.at, used_at: null }),
)

const spend = statement((sql, p: { digest: string; at: number }) =>
  sql
    .updateTable('refresh_tokens')
    .set({ used_at: p.at })
    .where('digest', '=', p.digest)
    .where('used_at', 'is', null)
    .returning(['session_id', 'user_id']),
)

const issued = statement((sql, p: { digest: string }) =>
  sql.selectFrom('refresh_tokens').select(['session_id', 'user_id']).where('digest', '=', p.digest),
)

const use = statement((sql, p: { id: SessionId; at: number; origin: Sealed }) =>
  sql
    .updateTable('sessions')
    .set({ last_used_at: p.at, origin: p.origin })
    .where('id', '=', p.id)
    .where('ended_at', 'is', null)
    .where('last_used_at', '<=', p.at),
)

const endOne = statement((sql, p: { id: SessionId; at: number }) =>
  sql.updateTable('sessions').set({ ended_at: p.at }).where('id', '=', p.id).where('ended_at', 'is', null),
)

const endEvery = statement((sql, p: { userId: UserId; at: number; keep: SessionId }) =>
  sql
    .updateTable('sessions')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null)
    .returning('expires_at'),
)

const endOthers = statement((sql, p: { userId: UserId; at: number; keep: SessionId }) =>
  sql
    .updateTable('sessions')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null)
    .where('id', '!=', p.keep)
    .returning('expires_at'),
)
