import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../../../test/postgres.ts'
import { sealer } from '../../../../test/postgres-nodes.ts'
import { DatabaseUnavailable } from '../engine.ts'
import { openPostgres } from './engine.ts'
import { complaintAbout, DatabaseUnsuitable } from './suitability.ts'

test('a database that is not in UTF-8 is refused with the remedy', async () => {
  await using database = await freshDatabase({ encoding: 'SQL_ASCII' })

  await assert.rejects(openPostgres({ url: database.url, sealer }), (thrown: Error) => {
    assert.ok(thrown instanceof DatabaseUnsuitable)
    assert.match(thrown.message, /has the encoding SQL_ASCII.+TEMPLATE template0 ENCODING 'UTF8'/)
    return true
  })
})

test('a server older than PostgreSQL 15 is refused with the remedy', () => {
  const facts = { database: 'roster', encoding: 'UTF8' }

  assert.match(complaintAbout({ ...facts, versionNumber: 140_012 }) ?? '', /PostgreSQL 14; Roster needs 15 or later/)
  for (const versionNumber of [150_000, 150_018, 180_001]) {
    assert.equal(complaintAbout({ ...facts, versionNumber }), null)
  }
})

test('a server that cannot be reached is a fault of its own, without the password in it', async () => {
  const url = 'postgres://ada:hunter2@127.0.0.1:1/roster'

  await assert.rejects(openPostgres({ url, sealer }), (thrown: Error) => {
    assert.ok(thrown instanceof DatabaseUnavailable)
    assert.doesNotMatch(`${thrown.message} ${thrown.cause}`, /hunter2/)
    return true
  })
})
