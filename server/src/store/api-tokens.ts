import { sql as raw } from '#kysely'
import type { ApiToken, ApiTokenGrant, ApiTokenId } from '../core/api-tokens/api-token.ts'
import type { ApiTokenQuestion, ApiTokenStore } from '../core/api-tokens/ports.ts'
import { limits } from '../core/limits.ts'
import type { Permission } from '../core/permissions.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { first, type Queries, statement } from './queries.ts'
import type { ApiTokensTable } from './tables.ts'

export async function apiTokenStands(queries: Queries, id: ApiTokenId, userId: UserId): Promise<boolean> {
  return (await queries.all(standing, { id, userId })).length === 1
}

export async function apiTokenGrant(queries: Queries, digest: string): Promise<ApiTokenGrant | null> {
  const row = await first(queries.all(byDigest, { digest }))
  return row === undefined ? null : Object.freeze(grantOf(row))
}

export async function pageOfApiTokens(
  queries: Queries,
  { userId, offset, limit }: ApiTokenQuestion,
): Promise<{ tokens: readonly ApiToken[]; total: number }> {
  const rows = await queries.all(page, { userId, offset, limit })
  return { tokens: rows.map((row) => apiTokenOf(queries, row)), total: await countOf(queries, userId) }
}

export function apiTokenStore(queries: Queries, touched: Map<UserId, Touch>): ApiTokenStore {
  return {
    async add(token, digest) {
      await queries.run(insert, {
        id: token.id,
        user_id: token.userId,
        digest,
        name: queries.seal(token.name, context(token.id)),
        permissions: token.permissions.join(' '),
        created_at: token.createdAtMs,
        expires_at: token.expiresAtMs,
        last_used_at: token.lastUsedAtMs,
      })
    },
    count: (userId) => countOf(queries, userId),
    async ownerOf(id) {
      return (await first(queries.all(ownerOf, { id })))?.user_id ?? null
    },
    async noteUse(id, at) {
      await queries.run(use, { id, at, before: at - limits.useNotedMsMin })
    },
    async revoke(id, owner) {
      const row = await first(owner === null ? queries.all(drop, { id }) : queries.all(dropOwn, { id, owner }))
      if (row === undefined) return null
      touched.set(row.user_id, 'record')
      return { userId: row.user_id, name: queries.unseal(row.name, context(id)) }
    },
    async revokeAll(userId) {
      const revoked = await queries.run(dropAll, { userId })
      if (revoked > 0) touched.set(userId, 'record')
    },
    forgetAllExpired: async (before) => queries.run(dropSomeExpired, { before }),
    async forgetExpired(userId, now) {
      await queries.run(dropExpired, { userId, now })
    },
  }
}

async function countOf(queries: Queries, userId: UserId): Promise<number> {
  return (await first(queries.all(count, { userId })))?.n ?? 0
}

function grantOf(row: Pick<ApiTokensTable, 'id' | 'user_id' | 'permissions' | 'expires_at'>): ApiTokenGrant {
  return {
    id: row.id,
    userId: row.user_id,
    permissions: row.permissions === '' ? [] : (row.permissions.split(' ') as Permission[]),
    expiresAtMs: row.expires_at,
  }
}

export function apiTokenOf(queries: Queries, row: ApiTokensTable): ApiToken {
  return {
    ...grantOf(row),
    name: queries.unseal(row.name, context(row.id)),
    createdAtMs: row.created_at,
    lastUsedAtMs: row.last_used_at,
  }
}

function context(id: ApiTokenId): string {
  return `api_tokens.name:${id}`
}

const standing = statement((sql, p: { id: ApiTokenId; userId: UserId }) =>
  sql.selectFrom('api_tokens').select('id').where('id', '=', p.id).where('user_id', '=', p.userId),
)

const ownerOf = statement((sql, p: { id: ApiTokenId }) =>
  sql.selectFrom('api_tokens').select('user_id').where('id', '=', p.id),
)

const byDigest = statement((sql, p: { digest: string }) =>
  sql.selectFrom('api_tokens').select(['id', 'user_id', 'permissions', 'expires_at']).where('digest', '=', p.digest),
)

const page = statement((sql, p: { userId: UserId; offset: number; limit: number }) =>
  sql
    .selectFrom('api_tokens')
    .selectAll()
    .where('user_id', '=', p.userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
)

const count = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('api_tokens').select(raw<number>`cast(count(*) as bigint)`.as('n')).where('user_id', '=', p.userId),
)

const insert = statement((sql, p: ApiTokensTable) =>
  sql.insertInto('api_tokens').values({
    id: p.id,
    user_id: p.user_id,
    digest: p.digest,
    name: p.name,
    permissions: p.permissions,
    created_at: p.created_at,
    expires_at: p.expires_at,
    last_used_at: p.last_used_at,
  }),
)

const use = statement((sql, p: { id: ApiTokenId; at: number; before: number }) =>
  sql
    .updateTable('api_tokens')
    .set({ last_used_at: p.at })
    .where('id', '=', p.id)
    .where((one) => one.or([one('last_used_at', 'is', null), one('last_used_at', '<=', p.before)])),
)

const drop = statement((sql, p: { id: ApiTokenId }) =>
  sql.deleteFrom('api_tokens').where('id', '=', p.id).returning(['user_id', 'name']),
)

const dropOwn = statement((sql, p: { id: ApiTokenId; owner: UserId }) =>
  sql.deleteFrom('api_tokens').where('id', '=', p.id).where('user_id', '=', p.owner).returning(['user_id', 'name']),
)

const dropAll = statement((sql, p: { userId: UserId }) => sql.deleteFrom('api_tokens').where('user_id', '=', p.userId))

const dropExpired = statement((sql, p: { userId: UserId; now: number }) =>
  sql.deleteFrom('api_tokens').where('user_id', '=', p.userId).where('expires_at', '<=', p.now),
)

const dropSomeExpired = statement((sql, p: { before: number }) =>
  sql
    .deleteFrom('api_tokens')
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('api_tokens')
        .select('id')
        .where('expires_at', '<', p.before)
        .orderBy('expires_at')
        .limit(limits.apiTokensForgottenAtOnce),
    ),
)
