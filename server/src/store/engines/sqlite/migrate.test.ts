import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import type { Migration } from '../../migrations/migrations.ts'
import { DatabaseTooNew } from '../engine.ts'
import { migrate, reachedMigration } from './migrate.ts'

const first: Migration = { number: 1, name: 'people', statements: ({ text }) => [`create table people (name ${text})`] }
const second: Migration = { number: 2, name: 'pets', statements: ({ text }) => [`create table pets (name ${text})`] }
const broken: Migration = { number: 3, name: 'broken', statements: () => ['create table cars (name text)', 'nonsense'] }

test('only the steps that are missing are taken, and reported', async () => {
  const connection = new Database(':memory:')

  assert.deepEqual(await migrate(connection, 1, [first]), [{ number: 1, name: 'people' }])
  assert.deepEqual(await migrate(connection, 2, [first, second]), [{ number: 2, name: 'pets' }])
  assert.deepEqual(await migrate(connection, 3, [first, second]), [])
})

test('a step that fails leaves nothing of itself and all before it', async () => {
  const connection = new Database(':memory:')

  await assert.rejects(migrate(connection, 1, [first, second, broken]))

  assert.equal(reachedMigration(connection), 2)
  assert.throws(() => connection.prepare('select * from cars'))
})

test('a database of a newer program is left alone', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 1, [first, second])

  await assert.rejects(migrate(connection, 2, [first]), DatabaseTooNew)
})
