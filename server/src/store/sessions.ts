import type { Origin } from '../core/actor.ts'
import type { SessionStore } from '../core/ports.ts'
import type { Session, SessionId } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { first, type Queries, statement } from './queries.ts'
import type { Sealed, SessionsTable } from './tables.ts'

/** What is to be known of a session that has not been ended; null of any other. */
export async function openSession(
  queries: Queries,
  id: SessionId,
  userId: UserId,
): Promise<Pick<Session, 'impersonator'> | null> {
  const row = await first(queries.all(standing, { id, userId }))
  return row === undefined ? null : impersonatorOf(row)
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
        origin: queries.seal(JSON.stringify(session.origin), context(session.id)),
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
    async addRefreshToken(sessionId, userId, digest, at) {
      await queries.run(use, { sessionId, at })
      await queries.run(issue, { digest, sessionId, userId, at })
    },
    async end(id, userId, at) {
      const ended = await queries.run(endOne, { id, at })
      if (ended > 0) touched.set(userId, 'record')
    },
    async endAll(userId, at, keep) {
      await queries.run(keep === null ? endEvery : endOthers, { userId, at, keep: keep ?? ('' as SessionId) })
      touched.set(userId, 'record')
    },
  }
}

function sessionOf(queries: Queries, row: SessionsTable): Session {
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
    .select(['impersonator_id', 'impersonator_session_id'])
    .where('id', '=', p.id)
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null),
)

const byIdHeld = statement((sql, p: { id: SessionId }, dialect) =>
  dialect.lock(sql.selectFrom('sessions').selectAll().where('id', '=', p.id)),
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

const use = statement((sql, p: { sessionId: SessionId; at: number }) =>
  sql.updateTable('sessions').set({ last_used_at: p.at }).where('id', '=', p.sessionId),
)

const endOne = statement((sql, p: { id: SessionId; at: number }) =>
  sql.updateTable('sessions').set({ ended_at: p.at }).where('id', '=', p.id).where('ended_at', 'is', null),
)

const endEvery = statement((sql, p: { userId: UserId; at: number; keep: SessionId }) =>
  sql.updateTable('sessions').set({ ended_at: p.at }).where('user_id', '=', p.userId).where('ended_at', 'is', null),
)

const endOthers = statement((sql, p: { userId: UserId; at: number; keep: SessionId }) =>
  sql
    .updateTable('sessions')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null)
    .where('id', '!=', p.keep),
)
