import type { FactReads, FactStore } from '../core/facts/ports.ts'
import { first, type Queries, statement } from './queries.ts'

export function factReads(queries: Queries): FactReads {
  return {
    isNoted: async (name) => (await queries.all(byName, { name })).length > 0,
    valueOf: async (name) => (await first(queries.all(byName, { name })))?.value ?? null,
  }
}

export function factStore(queries: Queries): FactStore {
  return {
    valueOf: async (name) => (await first(queries.all(byNameHeld, { name })))?.value ?? null,
    async note(name) {
      await queries.run(insert, { name })
    },
    async keep(name, value) {
      await queries.run(put, { name, value })
    },
    async forget(name) {
      await queries.run(forget, { name })
    },
  }
}

const byName = statement((sql, p: { name: string }) =>
  sql.selectFrom('facts').select('value').where('name', '=', p.name),
)

const byNameHeld = statement((sql, p: { name: string }, dialect) =>
  dialect.lock(sql.selectFrom('facts').select('value').where('name', '=', p.name)),
)

const insert = statement((sql, p: { name: string }) =>
  sql
    .insertInto('facts')
    .values({ name: p.name, value: '' })
    .onConflict((conflict) => conflict.column('name').doNothing()),
)

const put = statement((sql, p: { name: string; value: string }) =>
  sql
    .insertInto('facts')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
)

const forget = statement((sql, p: { name: string }) => sql.deleteFrom('facts').where('name', '=', p.name))
