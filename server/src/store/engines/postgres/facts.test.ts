import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../../../test/postgres.ts'
import { keepOnce } from './facts.ts'

test('of nodes that keep the same fact of a new directory at once, all are told the same', async () => {
  await using database = await freshDatabase()

  const kept = await Promise.all(
    ['one', 'two', 'three'].map((value) => keepOnce(database.url, 'directory_key', async () => value)),
  )

  assert.equal(new Set(kept).size, 1)
  assert.equal(await keepOnce(database.url, 'directory_key', async () => 'four'), kept[0])
})
