import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../../../test/postgres.ts'
import type { Migration } from '../../migrations/migrations.ts'
import { DatabaseTooNew } from '../engine.ts'
import { ask, withConnection } from './connections.ts'
import { migrate } from './migrate.ts'

/** Each step fails when it is taken twice. */
const steps: readonly Migration[] = [1, 2, 3].map((number) => ({
  number,
  name: `step-${number}`,
  statements: () => [`create table step_${number} ()`, 'select pg_sleep(0.02)'],
}))

test('nodes that start at once take each step once', async () => {
  await using database = await freshDatabase()

  await Promise.all([1, 2, 3, 4].map(() => migrateTo(database.url, steps)))

  assert.deepEqual(await taken(database.url), ['step-1', 'step-2', 'step-3'])
})

test('a newer program takes only the steps that are missing', async () => {
  await using database = await freshDatabase()

  await migrateTo(database.url, steps.slice(0, 2))
  await migrateTo(database.url, steps)

  assert.deepEqual(await taken(database.url), ['step-1', 'step-2', 'step-3'])
})

test('a program older than the database refuses to touch it', async () => {
  await using database = await freshDatabase()

  await migrateTo(database.url, steps)

  await assert.rejects(migrateTo(database.url, steps.slice(0, 2)), DatabaseTooNew)
})

test('a step that fails leaves nothing behind', async () => {
  await using database = await freshDatabase()
  const broken = { number: 2, name: 'broken', statements: () => ['create table half ()', 'no sql'] }

  await assert.rejects(migrateTo(database.url, [...steps.slice(0, 1), broken]))
  await migrateTo(database.url, steps)

  assert.deepEqual(await taken(database.url), ['step-1', 'step-2', 'step-3'])
  const { rows } = await withConnection(database.url, (connection) =>
    ask(connection, { text: `select to_regclass('half') as half` }),
  )
  assert.deepEqual(rows, [{ half: null }])
})

function migrateTo(url: string, known: readonly Migration[]): Promise<void> {
  return withConnection(url, (connection) => migrate(connection, known))
}

function taken(url: string): Promise<string[]> {
  return withConnection(url, async (connection) => {
    const { rows } = await ask(connection, { text: 'select name from migrations order by number' })
    return (rows as { name: string }[]).map(({ name }) => name)
  })
}
