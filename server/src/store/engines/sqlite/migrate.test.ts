import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import type { Migration } from '../../migrations/migrations.ts'
import { DatabaseTooNew } from '../engine.ts'
import { migrate, reachedMigration } from './migrate.ts'

const first: Migration = { number: 1, name: 'people', statements: ({ text }) => [`create table people (name ${text})`] }
const second: Migration = { number: 2, name: 'pets', statements: ({ text }) => [`create table pets (name ${text})`] }
const broken: Migration = { number: 3, name: 'broken', statements: () => ['create table cars (name text)', 'nonsense'] }

test('only the steps that are missing are taken, and reported', () => {
  const connection = new Database(':memory:')

  assert.deepEqual(migrate(connection, 1, [first]), [{ number: 1, name: 'people' }])
  assert.deepEqual(migrate(connection, 2, [first, second]), [{ number: 2, name: 'pets' }])
  assert.deepEqual(migrate(connection, 3, [first, second]), [])
})

test('a step that fails leaves nothing of itself and all before it', () => {
  const connection = new Database(':memory:')

  assert.throws(() => migrate(connection, 1, [first, second, broken]))

  assert.equal(reachedMigration(connection), 2)
  assert.throws(() => connection.prepare('select * from cars'))
})

test('a database of a newer program is left alone', () => {
  const connection = new Database(':memory:')
  migrate(connection, 1, [first, second])

  assert.throws(() => migrate(connection, 2, [first]), DatabaseTooNew)
})
