import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../test/cast.ts'
import { engines, openPlace, openStoreWorld, settingsFrom } from '../../test/place.ts'
import { system } from '../core/actor.ts'
import { openDirectoryFor } from './directory.ts'
import { ensureFirstAdmin, refuseTestUsers, seedTestUsers, testUsers } from './first-users.ts'
import { openLog } from './log.ts'

const log = openLog({ production: false, logLevel: 'silent' })
const wanted = { adminEmail: 'first@example.com', adminPassword: 'Lighthouse-Keeper-77!' }

async function openEmpty(engine: (typeof engines)[number]) {
  const place = await openPlace(engine)
  const directory = await openDirectoryFor(settingsFrom(place.environment), { log })
  const leave = async () => {
    await directory.close()
    await place.leave()
  }
  return { ...directory, environment: place.environment, [Symbol.asyncDispose]: leave }
}

for (const engine of engines) {
  test(`${engine}: test users are seeded once, and never into a directory that has held anybody`, async () => {
    await using fresh = await openEmpty(engine)
    await seedTestUsers(fresh.core)
    for (const { email } of testUsers) {
      const user = await fresh.core.directory.users.byClaim('email', email)
      assert.ok(user !== null, email)
      const id = user.id
      await fresh.core.commit('delete-user', { actor: system, id, versions: null, finality: 'final' })
    }

    await seedTestUsers(fresh.core)

    const seeded = await Promise.all(testUsers.map(({ email }) => fresh.core.directory.users.byClaim('email', email)))
    assert.equal(seeded.filter((user) => user !== null).length, 1, 'only the last admin, who could not be deleted')
    await using settled = await openStoreWorld(engine)
    await seedTestUsers(settled.core)
    assert.equal(await settled.core.directory.users.byClaim('email', 'admin@sudigital.com'), null)
  })

  test(`${engine}: production is refused while a test user is active with the documented password`, async () => {
    await using fresh = await openEmpty(engine)
    await seedTestUsers(fresh.core)
    await assert.rejects(refuseTestUsers(fresh.core), { name: 'UserTrouble' })

    await using settled = await openStoreWorld(engine)
    await refuseTestUsers(settled.core)
  })

  test(`${engine}: the first admin is made where no admin is active, and nowhere else`, async () => {
    await using fresh = await openEmpty(engine)
    await ensureFirstAdmin(fresh.core, { adminEmail: null, adminPassword: null })
    assert.equal(await fresh.core.directory.users.activeAdmins(), 0)

    await Promise.all([ensureFirstAdmin(fresh.core, wanted), ensureFirstAdmin(fresh.core, wanted)])
    await ensureFirstAdmin(fresh.core, { ...wanted, adminEmail: 'second@example.com' })

    assert.equal(await fresh.core.directory.users.activeAdmins(), 1)
    assert.equal((await fresh.core.directory.users.byClaim('email', 'first@example.com'))?.role, 'admin')
    assert.equal(await fresh.core.directory.users.byClaim('email', 'second@example.com'), null)
  })

  test(`${engine}: a first admin with a weak password is refused in words`, async () => {
    await using fresh = await openEmpty(engine)
    const weak = { ...wanted, adminPassword: 'password' }
    await assert.rejects(ensureFirstAdmin(fresh.core, weak), { name: 'UserTrouble', message: /weak_password/ })
    assert.equal(await fresh.core.directory.users.activeAdmins(), 0)
  })
}

test('somebody who reads their own activity does not see from where an admin acted', async () => {
  const { openWorld } = await import('../../test/world.ts')
  await using world = await openWorld()
  const path = `/api/users/${cast.grace.user.id}`
  await world.fetch(path, { method: 'PATCH', as: 'ada', json: { lastName: 'H' }, headers: { 'user-agent': 'Admin/1' } })

  const own = await (await world.fetch(`${path}/activity?type=updated`, { as: 'grace' })).text()
  const full = await (await world.fetch(`${path}/activity?type=updated`, { as: 'ada' })).text()

  assert.match(own, /"ip":null,"userAgent":null/)
  assert.match(full, /"ip":"127.0.0.1","userAgent":"Admin\/1"/)
})
