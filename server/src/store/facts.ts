import type { FactReads, FactStore } from '../core/ports.ts'
import { type Queries, statement } from './queries.ts'

export function factReads(queries: Queries): FactReads {
  return { isNoted: async (name) => (await queries.all(byName, { name })).length > 0 }
}

export function factStore(queries: Queries): FactStore {
  return {
    async note(name) {
      await queries.run(insert, { name })
    },
  }
}

const byName = statement((sql, p: { name: string }) =>
  sql.selectFrom('facts').select('name').where('name', '=', p.name),
)

const insert = statement((sql, p: { name: string }) =>
  sql
    .insertInto('facts')
    .values({ name: p.name, value: '' })
    .onConflict((conflict) => conflict.column('name').doNothing()),
)
