import type { Challenge } from '../core/factors/challenge.ts'
import type { ChallengeReads, ChallengeStore } from '../core/factors/ports.ts'
import type { UserId } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'
import type { Sealed, Tables } from './tables.ts'

export function challengeReads(queries: Queries): ChallengeReads {
  return {
    async byDigest(digest, nowMs) {
      return challengeFrom(queries, await first(queries.all(standing, { digest, nowMs })))
    },
  }
}

export function challengeStore(queries: Queries): ChallengeStore {
  return {
    async add(digest, challenge, expiresAtMs) {
      const content = queries.seal(JSON.stringify(challenge), context(digest))
      await queries.run(insert, { digest, userId: challenge.userId, expiresAtMs, content })
    },
    async attempt(digest, nowMs, attemptsMax) {
      return challengeFrom(queries, await first(queries.all(attempt, { digest, nowMs, attemptsMax })))
    },
    async take(digest, nowMs) {
      return challengeFrom(queries, await first(queries.all(take, { digest, nowMs })))
    },
    voidAll: (userId) => voidChallenges(queries, userId),
    async forget(before) {
      await queries.run(forget, { before })
    },
  }
}

export async function voidChallenges(queries: Queries, userId: UserId): Promise<void> {
  await queries.run(voidOf, { userId })
}

function challengeFrom(queries: Queries, row: Tables['challenges'] | undefined): Challenge | null {
  return row === undefined ? null : (JSON.parse(queries.unseal(row.content, context(row.digest))) as Challenge)
}

function context(digest: string): string {
  return `challenges.content:${digest}`
}

const standing = statement((sql, p: { digest: string; nowMs: number }) =>
  sql.selectFrom('challenges').selectAll().where('digest', '=', p.digest).where('expires_at', '>', p.nowMs),
)

const insert = statement((sql, p: { digest: string; userId: UserId; expiresAtMs: number; content: Sealed }) =>
  sql
    .insertInto('challenges')
    .values({ digest: p.digest, user_id: p.userId, attempts: 0, expires_at: p.expiresAtMs, content: p.content }),
)

const attempt = statement((sql, p: { digest: string; nowMs: number; attemptsMax: number }) =>
  sql
    .updateTable('challenges')
    .set((row) => ({ attempts: row('attempts', '+', 1) }))
    .where('digest', '=', p.digest)
    .where('expires_at', '>', p.nowMs)
    .where('attempts', '<', p.attemptsMax)
    .returningAll(),
)

const take = statement((sql, p: { digest: string; nowMs: number }) =>
  sql.deleteFrom('challenges').where('digest', '=', p.digest).where('expires_at', '>', p.nowMs).returningAll(),
)

const voidOf = statement((sql, p: { userId: UserId }) => sql.deleteFrom('challenges').where('user_id', '=', p.userId))

const forget = statement((sql, p: { before: number }) =>
  sql.deleteFrom('challenges').where('expires_at', '<', p.before),
)
