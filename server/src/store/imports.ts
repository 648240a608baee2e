import type { Import, ImportId, ImportProgress } from '../core/imports/import.ts'
import type { ImportReads, ImportStore } from '../core/imports/ports.ts'
import { limits } from '../core/limits.ts'
import type { UserId } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'
import type { ImportsTable } from './tables.ts'

export function importReads(queries: Queries): ImportReads {
  return {
    async byId(id) {
      const row = await first(queries.all(byId, { id }))
      return row === undefined ? null : importOf(queries, row)
    },
  }
}

export function importStore(queries: Queries): ImportStore {
  return {
    async add(begun) {
      await queries.run(insert, rowOf(queries, begun))
    },
    async isRunning(startedBy, sinceMs) {
      return (await queries.all(running, { startedBy, sinceMs })).length > 0
    },
    async keep(going) {
      await queries.run(update, rowOf(queries, going))
    },
    async forget(before) {
      return queries.run(forgetSome, { before })
    },
  }
}

function importOf(queries: Queries, row: ImportsTable): Import {
  return {
    id: row.id,
    startedBy: row.user_id,
    state: row.state,
    startedAtMs: row.started_at,
    updatedAtMs: row.updated_at,
    progress: {
      mailed: 0,
      ...(JSON.parse(queries.unseal(row.progress, context(row.id))) as Omit<ImportProgress, 'mailed'>),
    },
  }
}

function rowOf(queries: Queries, { id, startedBy, state, startedAtMs, updatedAtMs, progress }: Import): ImportsTable {
  const sealed = queries.seal(JSON.stringify(progress), context(id))
  return { id, user_id: startedBy, state, started_at: startedAtMs, updated_at: updatedAtMs, progress: sealed }
}

function context(id: ImportId): string {
  return `imports.progress:${id}`
}

const byId = statement((sql, p: { id: ImportId }) => sql.selectFrom('imports').selectAll().where('id', '=', p.id))

const insert = statement((sql, p: ImportsTable) =>
  sql.insertInto('imports').values({
    id: p.id,
    user_id: p.user_id,
    state: p.state,
    started_at: p.started_at,
    updated_at: p.updated_at,
    progress: p.progress,
  }),
)

const update = statement((sql, p: ImportsTable) =>
  sql
    .updateTable('imports')
    .set({ state: p.state, updated_at: p.updated_at, progress: p.progress })
    .where('id', '=', p.id),
)

const running = statement((sql, p: { startedBy: UserId; sinceMs: number }) =>
  sql
    .selectFrom('imports')
    .select('id')
    .where('user_id', '=', p.startedBy)
    .where('state', '=', 'running')
    .where('updated_at', '>=', p.sinceMs)
    .limit(1),
)

const forgetSome = statement((sql, p: { before: number }) =>
  sql
    .deleteFrom('imports')
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('imports')
        .select('id')
        .where('started_at', '<=', p.before)
        .orderBy('started_at')
        .limit(limits.forgottenAtOnceMax),
    ),
)
