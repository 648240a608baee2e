import type { CredentialReads, CredentialStore } from '../core/credentials/ports.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { first, type Queries, statement } from './queries.ts'

export function credentialReads(queries: Queries): CredentialReads {
  return {
    async passwordHash(userId) {
      const row = await first(queries.all(hashOf, { userId }))
      return row?.password_hash ?? null
    },
  }
}

export function credentialStore(queries: Queries, touched: Map<UserId, Touch>): CredentialStore {
  return {
    ...credentialReads(queries),
    async changedAtMs(userId) {
      return (await first(queries.all(changedAt, { userId })))?.changed_at ?? null
    },
    async setPassword(userId, hash, at) {
      await queries.run(keep, { userId, hash, at })
    },
    async addPasswords(passwords) {
      const rows = passwords.map(({ userId, hash, atMs }) => [userId, hash, atMs])
      if ((await queries.insertMany(into, rows)) < rows.length) throw new Error('somebody new has a password')
    },
    async renewHash(userId, hash) {
      await queries.run(renew, { userId, hash })
    },
    async forget(userId) {
      await queries.run(drop, { userId })
      touched.set(userId, 'record')
    },
  }
}

const into = { table: 'credentials', columns: ['user_id', 'password_hash', 'changed_at'] } as const

const hashOf = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('credentials').select('password_hash').where('user_id', '=', p.userId),
)

const changedAt = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('credentials').select('changed_at').where('user_id', '=', p.userId),
)

const keep = statement((sql, p: { userId: UserId; hash: string; at: number }) =>
  sql
    .insertInto('credentials')
    .values({ user_id: p.userId, password_hash: p.hash, changed_at: p.at })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ password_hash: p.hash, changed_at: p.at })),
)

const renew = statement((sql, p: { userId: UserId; hash: string }) =>
  sql.updateTable('credentials').set({ password_hash: p.hash }).where('user_id', '=', p.userId),
)

const drop = statement((sql, p: { userId: UserId }) => sql.deleteFrom('credentials').where('user_id', '=', p.userId))
