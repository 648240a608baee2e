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
const oldUsers = `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1500)
  insert into users (id, email, last_name, role, status, email_verified, version, created_at, updated_at, restorable, particulars,
    sort_email, sort_first_name, sort_last_name)
  select 'id' || n, 'person' || n || '@example.com', 'Lovelace', 'user', 'active', 0, 1, 1, 1, 0, '', '', '', '' from numbers`

test('whoever was kept before there was an index is found once there is one', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 1, migrations.slice(0, 2))
  connection.exec(oldUsers)
  connection.exec('update users set deleted_at = 1 where number = 7')

  await migrate(connection, 2)

  const queries = openQueries(connection)
  assert.equal(await countFound(queries, { ...everybody, words: ['lovelace'] }, 10_000), 1_499)
  assert.equal(await countFound(queries, { ...everybody, words: ['person1500@'] }, 10_000), 1)
})

test('the index keeps no text, and forgets whoever leaves it', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 1)
  const queries = openQueries(connection)
  const store = openStore(queries)
  const added = await store.users.add(person(1))
  assert.ok(added.ok)
  await store.search.write(queries)

  const { id, number } = added.value
  await queries.dialect.search.remove(queries, [{ id, number }])

  assert.deepEqual(connection.prepare('select * from search_texts').all(), [])
  assert.deepEqual(connection.prepare('select rowid from search_grams where search_grams match ?').all(['"ada"']), [])
})
