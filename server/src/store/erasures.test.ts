import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { cast } from '../../test/cast.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { erasedIdsFile, erasedIdsIn } from '../adapters/erased-ids.ts'
import { system } from '../core/actor.ts'
import { eraseAgain } from '../core/erasures/erase-again.ts'
import { eraseUser } from '../core/erasures/erase-user.ts'
import type { UserId } from '../core/users/user.ts'

const { ada, grace, linus } = cast
const asked = { versions: null }

for (const engine of engines) {
  test(`${engine}: of whoever is erased an id, a number and instants are left, for good`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const { users, erasures } = core.directory
    const before = await users.byId(grace.user.id)

    const erased = await eraseUser(core, system, grace.user.id, asked)
    const again = await eraseUser(core, system, grace.user.id, asked)

    assert.ok(erased.ok)
    assert.deepEqual(erased.value.erased, { names: 3, passwords: 1 })
    assert.deepEqual(again, erased)
    assert.deepEqual(await erasures.ofUser(grace.user.id), erased.value)
    assert.equal(await users.byId(grace.user.id), null)
    assert.equal(await users.byClaim('email', 'grace@example.com'), null)
    assert.equal(await users.wasHeldBefore('grace@example.com'), false)
    const back = await core.commit('restore-user', { actor: system, id: grace.user.id, retentionMs: 1e9 })
    assert.deepEqual(back, { ok: false, refusal: { code: 'not_restorable', because: 'final' } })
    const heir = await core.commit('create-user', {
      actor: system,
      user: { ...grace.user, id: core.ids.next() as UserId },
      passwordHash: null,
    })
    assert.ok(heir.ok && before !== null && heir.value.number > before.number, 'the address is free, the number is not')
  })

  test(`${engine}: the last admin is erased by nobody, but by a backup that had brought them back`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    assert.deepEqual(await eraseUser(core, system, ada.user.id, asked), {
      ok: false,
      refusal: { code: 'last_admin' },
    })
    const stranger = core.ids.next() as UserId
    assert.deepEqual(await eraseAgain(core, [linus.user.id, ada.user.id, stranger]), { erased: 2 })
    assert.deepEqual(await eraseAgain(core, [linus.user.id, ada.user.id, stranger]), { erased: 0 })

    assert.equal(await core.directory.users.activeAdmins(), 0)
    assert.deepEqual(await core.directory.erasures.following(null, 10), [ada.user.id, linus.user.id])
    assert.deepEqual(await core.directory.erasures.following(ada.user.id, 10), [linus.user.id])
    assert.deepEqual(
      await core.erasedIds.all(),
      engine === 'sqlite' ? [linus.user.id, ada.user.id, stranger] : [],
      'kept beside the embedded directory, whether they were found or not',
    )
  })
}

test('ids of erased people outlive a line that was cut short, and are written once', async () => {
  await using world = await openStoreWorld('sqlite')
  const file = join(world.environment.DATA_DIR ?? '', erasedIdsFile)
  await writeFile(file, `${ada.user.id}\n${grace.user.id.slice(0, 20)}`)

  const ids = erasedIdsIn(file)
  await Promise.all([ids.add([linus.user.id]), ids.add([linus.user.id, ada.user.id])])

  assert.deepEqual(await erasedIdsIn(file).all(), [ada.user.id, linus.user.id])
  assert.equal((await readFile(file, 'utf8')).split('\n').filter((line) => line === linus.user.id).length, 1)
})
