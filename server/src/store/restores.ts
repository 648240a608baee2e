import { limits } from '../core/limits.ts'
import type { RestoreStore } from '../core/restores/ports.ts'
import { type Queries, statement } from './queries.ts'

export function restoreStore(queries: Queries): RestoreStore {
  const { sql, query } = queries
  return {
    async endSessions(after, atMs) {
      const open = sql.selectFrom('sessions').select('id').where('ended_at', 'is', null)
      const rest = after === null ? open : open.where('id', '>', after)
      const found = await query(rest.orderBy('id').limit(limits.sessionsEndedAtOnce))
      const last = found.at(-1)
      if (last === undefined) return null
      const some = sql
        .updateTable('sessions')
        .set({ ended_at: atMs })
        .where('ended_at', 'is', null)
        .where('id', '<=', last.id)
      await query(after === null ? some : some.where('id', '>', after))
      return last.id
    },
    async endWaysIn({ atMs, keepApiTokens }) {
      await queries.run(endLinks, { atMs })
      await queries.run(forgetChallenges, {})
      await queries.run(forgetWaitingMail, {})
      if (!keepApiTokens) await queries.run(revokeApiTokens, {})
    },
  }
}

const endLinks = statement((sql, p: { atMs: number }) =>
  sql.updateTable('links').set({ ended_at: p.atMs }).where('ended_at', 'is', null),
)

const forgetChallenges = statement((sql, _: object) => sql.deleteFrom('challenges'))

const forgetWaitingMail = statement((sql, _: object) => sql.deleteFrom('mail').where('state', '=', 'waiting'))

const revokeApiTokens = statement((sql, _: object) => sql.deleteFrom('api_tokens'))
