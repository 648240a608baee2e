import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { person } from '../../test/cast.ts'
import { system } from '../core/actor.ts'
import { commitAddPeople } from '../core/users/add-people.ts'
import { migrate } from './engines/sqlite/migrate.ts'
import { openQueries } from './engines/sqlite/queries.ts'
import type { Queries } from './queries.ts'
import { openStore } from './store.ts'

test('of people who are added together the admins are counted last and at once, as others wait for that count', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 0)
  const queries = openQueries(connection)
  const asked: unknown[] = []
  const all: Queries['all'] = (statement, parameters) => {
    asked.push(parameters)
    return queries.all(statement, parameters)
  }
  const run: Queries['run'] = (statement, parameters) => {
    asked.push(parameters)
    return queries.run(statement, parameters)
  }
  const store = openStore({ ...queries, all, run })
  const roles = ['admin', 'user', 'admin'] as const
  const people = roles.map((role, place) => ({ user: person({ place: place + 1, role }), passwordHash: null }))

  const added = await commitAddPeople({ store, nowMs: 1 }, { actor: system, people, onlyIfEmpty: false })

  assert.ok(added.ok)
  const isCount = (parameters: unknown) => JSON.stringify(parameters) === '{"added":2}'
  assert.deepEqual([asked.findIndex(isCount), asked.length > 1], [asked.length - 1, true])
})
