import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast, person } from '../../test/cast.ts'
import { type EngineName, engines, openPlace, openStoreWorld, settingsFrom } from '../../test/place.ts'
import { system } from '../core/actor.ts'
import type { Core } from '../core/ports.ts'
import { openRoster } from './assemble.ts'
import { openDirectoryFor } from './directory.ts'
import { ensureDefaultAdmin } from './first-users.ts'
import { openLog } from './log.ts'
import { readSettings } from './settings.ts'

const log = openLog({ production: false, logLevel: 'silent' })
const login = { email: 'chief@example.com', password: 'chiefspassword' }
const wanted = { ...settingsFrom({}), serviceModuleDefaultAdmin: login }

for (const engine of engines) {
  test(`${engine}: the default admin is made where nobody ever had the address, once`, async () => {
    await using place = await openStoreWorld(engine)
    await Promise.all([ensureDefaultAdmin(place.core, wanted), ensureDefaultAdmin(place.core, wanted)])
    await ensureDefaultAdmin(place.core, { ...wanted, serviceModuleDefaultAdmin: { ...login, password: 'another' } })

    const made = await chiefIn(place.core)
    assert.deepEqual([made?.role, made?.status], ['admin', 'active'])
    assert.equal(made?.particulars.preferences.notifications.email, false)
    assert.equal(await place.core.directory.users.activeAdmins(), 2)
    assert.ok(await knowsPassword(place.core, login.password))
  })

  test(`${engine}: whoever has the address of the default admin is left alone, in whatever state`, async () => {
    for (const facts of [{ role: 'user' }, { role: 'admin', status: 'inactive' }, { status: 'pending' }] as const) {
      await using place = await openStoreWorld(engine)
      await add(place.core, person({ place: 9, email: 'Chief@Example.com', ...facts }))
      const before = await chiefIn(place.core)

      await ensureDefaultAdmin(place.core, wanted)

      assert.deepEqual(await chiefIn(place.core), before)
      assert.equal(await knowsPassword(place.core, login.password), false)
    }
  })

  test(`${engine}: a default admin who was deleted stays so while another admin is active`, async () => {
    await using place = await openStoreWorld(engine)
    await ensureDefaultAdmin(place.core, wanted)
    const first = await chiefIn(place.core)
    assert.ok(first)
    await place.core.commit('delete-user', { actor: system, id: first.id, versions: null, finality: 'final' })

    await ensureDefaultAdmin(place.core, {
      ...wanted,
      serviceModuleDefaultAdmin: { ...login, email: 'CHIEF@example.com' },
    })

    assert.equal(await chiefIn(place.core), null)
  })

  test(`${engine}: a default admin who got another address does not come back under the old one`, async () => {
    await using place = await openStoreWorld(engine)
    await ensureDefaultAdmin(place.core, wanted)
    const first = await chiefIn(place.core)
    assert.ok(first)
    const changes = { email: 'renamed@example.com' as never }
    const renamed = await place.core.commit('update-user', { actor: system, id: first.id, changes, versions: null })
    assert.ok(renamed.ok)

    await ensureDefaultAdmin(place.core, wanted)
    await place.core.commit('delete-user', { actor: system, id: first.id, versions: null, finality: 'final' })
    await ensureDefaultAdmin(place.core, wanted)

    assert.equal(await chiefIn(place.core), null)
  })

  test(`${engine}: a default admin who was deleted is made anew where no other admin is active`, async () => {
    await using place = await openEmpty(engine)
    const deletion = { atMs: 1, restorable: false }
    await add(place.core, { ...person({ place: 9, email: 'Chief@example.com', role: 'admin' }), deletion })
    await add(place.core, person({ place: 10, role: 'admin', status: 'inactive' }))

    await ensureDefaultAdmin(place.core, wanted)

    const made = await chiefIn(place.core)
    assert.deepEqual([made?.role, made?.status], ['admin', 'active'])
    assert.ok(made?.id !== person({ place: 9 }).id, 'somebody else')
  })

  test(`${engine}: nobody is made where the contract is not served, or nobody is asked for`, async () => {
    await using place = await openStoreWorld(engine)
    const unserved = settingsFrom({
      SERVICE_MODULE: 'false',
      SERVICE_MODULE_DEFAULT_ADMIN: 'chief@example.com:chiefspassword',
    })

    await ensureDefaultAdmin(place.core, unserved)
    await ensureDefaultAdmin(place.core, settingsFrom({}))

    assert.equal(await chiefIn(place.core), null)
  })

  test(`${engine}: the default admin is ensured at each start, and what was made of them outlives it`, async () => {
    const { environment, leave } = await openPlace(engine)
    const settings = { ...environment, PORT: '0', SERVICE_MODULE_DEFAULT_ADMIN: 'chief@example.com:chiefs:password' }
    const start = () => openRoster(settingsFrom(settings), { log })
    try {
      {
        await using roster = await start()
        assert.equal(await tokenStatus(roster.port, 'chiefs:password'), 200)
        const { core } = roster.directory
        await add(core, cast.ada.user)
        const chief = await chiefIn(core)
        assert.ok(chief)
        const changes = { status: 'inactive' } as const
        await core.commit('update-user', { actor: system, id: chief.id, changes, versions: null })
      }
      await using roster = await start()
      assert.equal((await chiefIn(roster.directory.core))?.status, 'inactive')
      assert.equal(await tokenStatus(roster.port, 'chiefs:password'), 401)
    } finally {
      await leave()
    }
  })
}

test('a default admin whose password is too weak for the floor of the house keeps Roster from starting', async () => {
  await using place = await openStoreWorld('sqlite')
  const core = { ...place.core, policy: { ...place.core.policy, houseFloorEverywhere: true } }

  await assert.rejects(ensureDefaultAdmin(core, wanted), { name: 'UserTrouble', message: /password \(weak_password\)/ })

  assert.equal(await chiefIn(place.core), null)
})

test('the default admin is written as an address, a colon and a password, which may hold further ones', () => {
  const read = (text: string) => readSettings({ SERVICE_MODULE_DEFAULT_ADMIN: text })
  const good = read('a@example.com:b:c:')

  assert.deepEqual(good.settings?.serviceModuleDefaultAdmin, { email: 'a@example.com', password: 'b:c:' })
  for (const bad of ['a@example.com', 'a@example.com:', ':password', 'a:password', 'password']) {
    assert.ok(read(bad).mistakes, bad)
  }
})

function chiefIn(core: Core) {
  return core.directory.users.byClaim('email', login.email)
}

async function knowsPassword(core: Core, password: string): Promise<boolean> {
  const chief = await chiefIn(core)
  assert.ok(chief)
  const verified = await core.passwords.verify(await core.directory.credentials.passwordHash(chief.id), password)
  return verified.ok && verified.value
}

async function add(core: Core, user: ReturnType<typeof person>): Promise<void> {
  const people = [{ user, passwordHash: null }]
  assert.ok((await core.commit('add-people', { actor: system, people, onlyIfEmpty: false })).ok)
}

async function openEmpty(engine: EngineName) {
  const place = await openPlace(engine)
  const directory = await openDirectoryFor(settingsFrom(place.environment), { log })
  const leave = async () => {
    await directory.close()
    await place.leave()
  }
  return { ...directory, [Symbol.asyncDispose]: leave }
}

async function tokenStatus(port: number, password: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/service-module/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: login.email, password }),
  })
  return answer.status
}
