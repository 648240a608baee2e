import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { migrations } from '../../migrations/migrations.ts'
import { countFound } from '../../search.ts'
import { openStore } from '../../store.ts'
import { migrate } from './migrate.ts'
import { openQueries } from './queries.ts'
import { person } from './test-directory.ts'

const everybody = { role: null, status: null }

test('whoever was kept before there was an index is found once there is one', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 1, migrations.slice(0, 2))
  const { users } = openStore(openQueries(connection))
  for (let n = 1; n <= 1_500; n += 1) await users.add(person(n))
  await users.add({ ...person(2_000), firstName: 'Lovelace', deletion: { atMs: 1, restorable: true } })

  await migrate(connection, 2)

  const queries = openQueries(connection)
  assert.equal(await countFound(queries, { ...everybody, words: ['lovelace'] }, 10_000), 1_500)
  assert.equal(await countFound(queries, { ...everybody, words: ['person-1500@'] }, 10_000), 1)
})

test('the index keeps no text, and forgets whoever leaves it', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 1)
  const queries = openQueries(connection)
  const store = openStore(queries)
  const added = await store.users.add(person(1))
  assert.ok(added.ok)
  await store.finish()

  const { id, number } = added.value
  await queries.dialect.search.remove(queries, [{ id, number }])

  assert.deepEqual(connection.prepare('select * from search_texts').all(), [])
  assert.deepEqual(connection.prepare('select rowid from search_grams where search_grams match ?').all(['"ada"']), [])
})
