import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { cast, person } from '../../test/cast.ts'
import { untilServed } from '../../test/insist.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { nowhere } from '../core/actor.ts'
import type { Core } from '../core/ports.ts'
import { newestFirst, nobodyLeftOut } from '../core/users/list-users.ts'
import { commitRegisterUser, type Registration } from '../core/users/register-user.ts'
import type { Email } from '../core/users/user.ts'
import { migrate } from './engines/sqlite/migrate.ts'
import { openQueries } from './engines/sqlite/queries.ts'
import type { Queries } from './queries.ts'
import { openStore } from './store.ts'

const actor = { kind: 'stranger', origin: nowhere } as const

function registration(place: number, email: string | null): Registration {
  const user = { ...person({ place, firstName: 'Unheard', lastName: 'Of', status: 'pending' }), email: email as Email }
  return { actor, user, passwordHash: 'no hash', request: `requests for ${email}` }
}

async function found({ directory }: Core, words: readonly string[] = []): Promise<number | null> {
  const filter = { ...nobodyLeftOut, words }
  const { total } = await directory.users.page({
    filter,
    order: newestFirst,
    from: { offset: 0 },
    limit: 1,
    count: true,
  })
  return total
}

for (const engine of engines) {
  test(`${engine}: what was tried and taken back is nowhere: no user, name, total, word nor mail of it`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const known = registration(900, cast.grace.user.email)

    assert.ok((await core.commit('register-user', known)).ok)

    assert.equal(await core.directory.users.byId(known.user.id), null)
    assert.equal(await core.directory.credentials.passwordHash(known.user.id), null)
    assert.deepEqual([await found(core), await found(core, ['unheard'])], [3, 0])
    const { here } = world.engine
    assert.equal((await here.query(here.sql.selectFrom('claims').selectAll())).length, 3)
    const { mails } = await core.directory.mail.page({ state: null, offset: 0, limit: 10 })
    assert.deepEqual(
      mails.map(({ to, message }) => [to, message.kind]),
      [[cast.grace.user.email, 'already_registered']],
    )
  })

  test(`${engine}: what was tried and stays is like anything else, and of fifty who ask for one account one makes it`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    const asked = Array.from({ length: 50 }, (_, n) => registration(1000 + n, 'wanted@example.com'))
    await Promise.all(asked.map((one) => untilServed(() => core.commit('register-user', one))))

    const made = await core.directory.users.byClaim('email', 'wanted@example.com')
    assert.equal(made?.status, 'pending')
    assert.deepEqual([await found(core), await found(core, ['unheard'])], [4, 1])
    const { mails } = await core.directory.mail.page({ state: null, offset: 0, limit: 100 })
    assert.deepEqual(
      mails.map(({ userId, message }) => [userId, message.kind]),
      [[made?.id, 'verify_email']],
    )
  })
}

test('for an address that is taken as many statements are run as for a new one, and as many users read', async () => {
  const connection = new Database(':memory:')
  await migrate(connection, 0)
  const queries = openQueries(connection)

  async function register(place: number, email: string) {
    const done = { statements: 0, usersRead: 0 }
    const all: Queries['all'] = async (statement, parameters) => {
      const rows = await queries.all(statement, parameters)
      done.statements += 1
      done.usersRead += rows.filter((row) => typeof row === 'object' && row !== null && 'particulars' in row).length
      return rows
    }
    const run: Queries['run'] = (statement, parameters) => {
      done.statements += 1
      return queries.run(statement, parameters)
    }
    const store = openStore({ ...queries, all, run })
    await commitRegisterUser({ store, nowMs: place }, registration(place, email))
    await store.finish()
    await store.search.write({ ...queries, all, run })
    return done
  }

  const [added, repeated] = [await register(1, 'new@example.com'), await register(2, 'new@example.com')]

  assert.equal(added.usersRead, 1)
  assert.deepEqual(repeated, added)
})
