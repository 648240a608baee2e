import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql as raw,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from '#kysely'
import { type Dialect, type Statement, statement } from '../queries.ts'
import type { Tables } from '../tables.ts'
import { planOf } from './plan.ts'

const sqlite = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})
const postgres = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
const dialect = { lock: (query) => query } as Dialect

function plan<Parameters extends object>(asked: Statement<Parameters, unknown>, sql = sqlite) {
  return planOf(asked, sql, dialect)
}

type Fact = { name: string; value: string }

test('values are bound in the order in which the SQL asks for them, beside the constants of the statement', () => {
  const update = plan(
    statement((sql, p: Fact & { old: string }) =>
      sql.updateTable('facts').set({ value: p.value }).where('name', '=', p.name).where('value', 'in', ['x', p.old]),
    ),
  )

  const values = update.bind({ name: 'n', value: 'v', old: 'o' })

  assert.equal(update.sql, 'update "facts" set "value" = ? where "name" = ? and "value" in (?, ?)')
  assert.deepEqual(values, ['v', 'n', 'x', 'o'])
})

test('a parameter may be asked for as often as one likes, in every part of a statement', () => {
  const upsert = plan(
    statement((sql, p: Fact) =>
      sql
        .insertInto('facts')
        .values({ name: p.name, value: p.value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value }))
        .returning('value'),
    ),
  )
  const page = plan(
    statement((sql, p: { like: string; limit: number; offset: number }) =>
      sql
        .selectFrom('facts')
        .select(raw<string>`coalesce(value, ${p.like})`.as('value'))
        .where((where) => where.or([where('name', 'like', p.like), where(where.val(p.like), '=', 'all')]))
        .limit(p.limit)
        .offset(p.offset),
    ),
  )

  assert.deepEqual(upsert.bind({ name: 'n', value: 'v' }), ['n', 'v', 'v'])
  assert.deepEqual(page.bind({ like: 'l', limit: 2, offset: 3 }), ['l', 'l', 'l', 'all', 2, 3])
})

test('each engine spells the same statement in its own way', () => {
  const find = statement((sql, p: Fact) =>
    sql.selectFrom('facts').selectAll().where('name', '=', p.name).where('value', '=', p.value),
  )

  assert.equal(plan(find).sql, 'select * from "facts" where "name" = ? and "value" = ?')
  assert.equal(plan(find, postgres).sql, 'select * from "facts" where "name" = $1 and "value" = $2')
  assert.deepEqual(plan(find, postgres).bind({ value: 'v', name: 'n' }), ['n', 'v'])
})

test('null is a value and undefined is a mistake', () => {
  const update = plan(statement((sql, p: { at: number | null }) => sql.updateTable('sessions').set({ ended_at: p.at })))

  assert.deepEqual(update.bind({ at: null }), [null])
  assert.throws(() => update.bind({} as { at: null }), TypeError)
})

test('what would need a value while the statement is built says so', () => {
  const rows: Statement<Fact, unknown>[] = [
    statement((sql, p) => sql.selectFrom('facts').selectAll().where('name', 'like', `%${p.name}%`)),
    statement((sql, p) => sql.selectFrom('facts').selectAll().where('name', '=', JSON.stringify(p.name))),
    statement((sql, p) => sql.insertInto('facts').values(p)),
    statement((sql, p) => sql.insertInto('facts').values({ ...p })),
  ]

  for (const asked of rows) assert.throws(() => plan(asked), TypeError)
})
