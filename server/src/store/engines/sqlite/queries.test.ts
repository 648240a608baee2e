import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { sql as raw } from '#kysely'
import { limits } from '../../../core/limits.ts'
import { statement } from '../../queries.ts'
import { migrate } from './migrate.ts'
import { openQueries } from './queries.ts'

type Fact = { name: string; value: string }

const keep = statement((sql, p: Fact) => sql.insertInto('facts').values({ name: p.name, value: p.value }))
const keepNew = statement((sql, p: Fact) =>
  sql
    .insertInto('facts')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('name'),
)
const every = statement((sql, _: object) => sql.selectFrom('facts').selectAll().orderBy('name'))
const drop = statement((sql, _: object) => sql.deleteFrom('facts'))

async function open() {
  const connection = new Database(':memory:')
  await migrate(connection, 0)
  return { queries: openQueries(connection), connection }
}

test('answers are at hand at once', async () => {
  const { queries } = await open()

  assert.equal(queries.run(keep, { name: 'a', value: '1' }), 1)
  assert.deepEqual(queries.all(every, {}), [{ name: 'a', value: '1' }])
})

test('a statement that returns rows can be counted, and one that returns none be asked for them', async () => {
  const { queries } = await open()

  assert.equal(queries.run(keepNew, { name: 'a', value: '1' }), 1)
  assert.equal(queries.run(keepNew, { name: 'a', value: '2' }), 0)
  assert.deepEqual(queries.all(keep, { name: 'b', value: '1' }), [])
  assert.equal(queries.run(drop, {}), 2)
})

test('of many rows those that something is in the way of are left out, and those before a broken rule are left to be taken back', async () => {
  const { queries, connection } = await open()
  const facts = { table: 'facts', columns: ['name', 'value'] } as const
  const kept = async () => (await queries.all(every, {})).map(({ name }) => name)

  assert.equal(
    queries.insertMany(facts, [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]),
    2,
  )
  connection.exec('begin; savepoint one')
  assert.throws(
    () =>
      queries.insertMany(
        facts,
        Array.from({ length: 10 }, (_, n) => [`c${n}`, n < 9 ? '4' : null]),
      ),
    /NOT NULL/,
  )
  assert.deepEqual([(await kept()).length, connection.inTransaction], [11, true])
  connection.exec('rollback to one; release one; commit')
  assert.deepEqual(await kept(), ['a', 'b'])
})

test('any number of different queries can be asked, and only so many are kept prepared', async (t) => {
  const { queries, connection } = await open()
  queries.run(keep, { name: 'a', value: '1' })
  const prepare = t.mock.method(connection, 'prepare')
  const ask = (length: number) => {
    const names = Array.from({ length }, (_, n) => String(n))
    return queries.query(
      queries.sql
        .selectFrom('facts')
        .select('value')
        .where('name', 'in', ['a', ...names]),
    )
  }

  for (let length = 0; length <= limits.preparedQueriesMax; length += 1) assert.deepEqual(ask(length), [{ value: '1' }])
  assert.deepEqual(ask(limits.preparedQueriesMax), [{ value: '1' }])
  assert.equal(prepare.mock.callCount(), limits.preparedQueriesMax + 1)
  ask(0)
  assert.equal(prepare.mock.callCount(), limits.preparedQueriesMax + 2)
})

test('texts come back as they went in, whatever they are made of', async () => {
  const { queries } = await open()
  const texts = ['', ' ', "'; drop table facts; --", 'Ωmega 王小明 Łódź', '👩‍👩‍👧‍👦', 'a'.repeat(1_000_000)]

  for (const [n, value] of texts.entries()) queries.run(keep, { name: String(n), value })

  assert.deepEqual(
    (queries.all(every, {}) as Fact[]).map(({ value }) => value),
    texts,
  )
})

test('adding up ends with the rows or with the time, whichever comes first', async () => {
  const { queries, connection } = await open()
  connection.exec(`insert into facts (name, value)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 5000) select i, i from n`)
  const hits = queries.sql.selectFrom('facts').select(raw<number>`cast(value as integer) % 2`.as('hits'))

  assert.deepEqual(queries.tally(hits, 60_000), { n: 2_500, isWhole: true })
  assert.deepEqual(queries.tally(hits, -1), { n: 500, isWhole: false })
  assert.deepEqual(queries.tally(hits, 60_000), { n: 2_500, isWhole: true })
})
