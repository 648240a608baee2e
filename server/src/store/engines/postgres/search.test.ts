import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../../../test/postgres.ts'
import { migrations } from '../../migrations/migrations.ts'
import { countFound } from '../../search.ts'
import { type Connection, withConnection } from './connections.ts'
import { migrate } from './migrate.ts'
import { queriesOver, type Sealer } from './queries.ts'

const everybody = { role: null, status: null }
const oldUsers = `insert into users (id, email, last_name, role, status, email_verified, version, created_at, updated_at, restorable,
    particulars, sort_email, sort_first_name, sort_last_name)
  select gen_random_uuid(), 'person' || n || '@example.com', 'Lovelace', 'user', 'active', 0, 1, 1, 1, 0, '', '', '', ''
  from generate_series(1, 1500) as n`
const clear: Sealer = {
  seal: (text) => Buffer.from(text),
  unseal: (bytes) => bytes.toString(),
  unsealBytes: (bytes) => bytes,
}

test('whoever was kept before there was an index is found once there is one', async () => {
  await using database = await freshDatabase()
  await withConnection(database.url, async (connection) => {
    await migrate(connection, migrations.slice(0, 2))
    await connection.query({ text: oldUsers })
    await connection.query({ text: 'update users set deleted_at = 1 where number = 7' })

    await migrate(connection, migrations)

    const queries = queriesOver(connection, clear)
    assert.equal(await countFound(queries, { ...everybody, words: ['lovelace'] }, 10_000), 1_499)
    assert.equal(await countFound(queries, { ...everybody, words: ['person1500@'] }, 10_000), 1)
  })
})

test('a search can be answered by the index', async () => {
  await using database = await freshDatabase()
  await withConnection(database.url, async (connection) => {
    await migrate(connection, migrations)
    await connection.query({ text: 'set enable_seqscan = off' })

    assert.match(await planOf(connection, 'son1234@'), /Bitmap Index Scan on search_texts_by_gram/)
  })
})

async function planOf(connection: Connection, word: string): Promise<string> {
  const queries = queriesOver(connection, clear)
  const { search } = queries.dialect
  const asked: string[] = []
  const explaining = {
    ...queries,
    async query(compilable: Parameters<typeof queries.query>[0]) {
      const { sql, parameters } = compilable.compile()
      const { rows } = await connection.query({ text: `explain ${sql}`, values: [...parameters] })
      asked.push(...(rows as { 'QUERY PLAN': string }[]).map((row) => row['QUERY PLAN']))
      return []
    },
  } as typeof queries
  const grams = [...word].slice(2).map((_, at) => word.slice(at, at + 3))
  await search.count(explaining, { ...everybody, grams, spans: [word] }, 100)
  return asked.join('\n')
}
