import type { Link, LinkId, LinkPurpose } from '../core/links/link.ts'
import type { LinkReads, LinkStore } from '../core/ports.ts'
import type { Email, UserId } from '../core/users/user.ts'
import { uuidv7 } from './ids.ts'
import { first, type Queries, statement } from './queries.ts'
import type { LinksTable } from './tables.ts'

export function linkReads(queries: Queries): LinkReads {
  return {
    async byId(id) {
      const row = await first(queries.all(byId, { id }))
      return row === undefined ? null : linkOf(queries, row)
    },
  }
}

export function linkStore(queries: Queries): LinkStore {
  return {
    ...linkReads(queries),
    async issue({ userId, purpose, email, createdAtMs, expiresAtMs }) {
      const id = uuidv7(createdAtMs) as LinkId
      await queries.run(insert, {
        id,
        user_id: userId,
        purpose,
        email: queries.seal(email, context(id)),
        created_at: createdAtMs,
        expires_at: expiresAtMs,
        ended_at: null,
      })
      return id
    },
    async lastIssued(userId, purpose) {
      const row = await first(queries.all(newest, { userId, purpose }))
      return row?.created_at ?? null
    },
    async spend(id, purpose, at) {
      const row = await first(queries.all(spend, { id, purpose, at }))
      return row === undefined ? null : linkOf(queries, row)
    },
    async voidAll(userId, purpose, at) {
      await queries.run(endEvery, { userId, purpose, at })
    },
  }
}

function linkOf(queries: Queries, row: LinksTable): Link {
  return {
    id: row.id,
    purpose: row.purpose,
    userId: row.user_id,
    email: queries.unseal(row.email, context(row.id)) as Email,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    endedAtMs: row.ended_at,
  }
}

function context(id: LinkId): string {
  return `links.email:${id}`
}

const byId = statement((sql, p: { id: LinkId }) => sql.selectFrom('links').selectAll().where('id', '=', p.id))

const insert = statement((sql, p: LinksTable) =>
  sql.insertInto('links').values({
    id: p.id,
    user_id: p.user_id,
    purpose: p.purpose,
    email: p.email,
    created_at: p.created_at,
    expires_at: p.expires_at,
    ended_at: p.ended_at,
  }),
)

const newest = statement((sql, p: { userId: UserId; purpose: LinkPurpose }) =>
  sql
    .selectFrom('links')
    .select('created_at')
    .where('user_id', '=', p.userId)
    .where('purpose', '=', p.purpose)
    .orderBy('created_at', 'desc')
    .limit(1),
)

const spend = statement((sql, p: { id: LinkId; purpose: LinkPurpose; at: number }) =>
  sql
    .updateTable('links')
    .set({ ended_at: p.at })
    .where('id', '=', p.id)
    .where('purpose', '=', p.purpose)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', p.at)
    .returningAll(),
)

const endEvery = statement((sql, p: { userId: UserId; purpose: LinkPurpose; at: number }) =>
  sql
    .updateTable('links')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('purpose', '=', p.purpose)
    .where('ended_at', 'is', null),
)
