import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../../src/core/actor.ts'
import { purgeUsers } from '../../src/core/erasures/purge-users.ts'
import { grantableBy } from '../../src/core/permissions.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { cast } from '../cast.ts'
import { smallPng } from '../images.ts'
import { impersonationOf } from '../nodes.ts'
import { organize } from '../organized.ts'
import { outbox } from '../outbox.ts'
import { engines } from '../place.ts'
import { look, upload, uploaded } from '../uploads.ts'
import { openWorld, type World } from '../world.ts'

const { ada, grace, linus } = cast
const nobodyThere = '01900000-0000-7000-8000-0000000000ff'
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

/** Status and bytes of an answer. */
async function said(answer: Response | Promise<Response>): Promise<string> {
  const { status } = await answer
  return `${status} ${await (await answer).text()}`
}

const erase = (world: World, id: string, init: Parameters<World['fetch']>[1] = { as: 'ada' }) =>
  world.fetch(`/api/users/${id}/erase`, { method: 'POST', ...init })

test('who may neither erase nor export somebody is not told whether they are there, and a program may do neither', async () => {
  await using world = await openWorld()
  await organize(world, 'Acme', [
    [grace.user.id, 'admin'],
    [linus.user.id, 'member'],
  ])
  const program = bearer((await apiTokenOf(world, 'ada', grantableBy('admin'))).token)
  const played = bearer(await impersonationOf(world, await world.token('ada'), grace.user.id))

  for (const door of ['erase', 'export']) {
    const method = door === 'erase' ? 'POST' : 'GET'
    for (const caller of [{ as: 'grace' }, { as: 'linus' }, played] as const) {
      const others = [ada.user.id, nobodyThere, 'x'].map((id) =>
        said(world.fetch(`/api/users/${id}/${door}`, { method, ...caller })),
      )
      const answers = new Set(await Promise.all(others))
      assert.equal(answers.size, 1, `${door}: ${[...answers]}`)
      assert.match([...answers].join(), /^403 /)
    }
    const byProgram = await said(world.fetch(`/api/users/${grace.user.id}/${door}`, { method, ...program }))
    assert.match(byProgram, /^403 .*signed in themselves/)
  }
  assert.match(await said(world.fetch('/api/users/me/export', { ...played })), /^403 /, 'in her stead')
  assert.match(await said(world.fetch(`/api/users/${grace.user.id}/export`, { as: 'grace' })), /^200 /)
  assert.match(await said(erase(world, ada.user.id)), /^403 /, 'not themselves')
})

for (const engine of engines) {
  test(`${engine}: nothing that an erased person held is good for anything, whatever else is done at the same moment`, async () => {
    await using world = await openWorld({ engine })
    const { avatar } = await uploaded(await upload(world, smallPng))
    const program = bearer((await apiTokenOf(world, 'grace', ['users:read'])).token)
    const credentials = { email: grace.user.email, password: grace.password }
    const signIn = () => world.fetch('/api/auth/login', { method: 'POST', json: credentials })
    const { data } = (await (await signIn()).json()) as { data: { refreshToken: string } }
    await world.fetch('/api/auth/forgot-password', { method: 'POST', json: { email: grace.user.email } })
    const [reset] = (await outbox(world)).filter(({ kind }) => kind === 'reset_password')
    assert.equal((await look(world, avatar)).status, 200)

    const update = (lastName: string) =>
      world.fetch(`/api/users/${grace.user.id}`, { method: 'PATCH', as: 'ada', json: { lastName } })
    const answers = await Promise.all([
      ...['One', 'Two', 'Three'].map(update),
      erase(world, grace.user.id),
      erase(world, grace.user.id),
      ...['Four', 'Five'].map(update),
      signIn(),
    ])

    const receipts = await Promise.all(answers.slice(3, 5).map(said))
    assert.equal(new Set(receipts).size, 1, 'one erasure')
    assert.match(receipts.join(), /^200 /)
    assert.match(await said(world.fetch('/api/users/me', { as: 'grace' })), /^401 /)
    assert.match(await said(world.fetch('/api/users/me', program)), /^401 /)
    assert.match(await said(signIn()), /^401 /)
    const refresh = { method: 'POST', json: { refreshToken: data.refreshToken } }
    assert.match(await said(world.fetch('/api/auth/refresh', refresh)), /^401 /)
    const password = 'Compiler-Ship-1959'
    const followed = { method: 'POST', json: { token: reset?.token ?? '', password } }
    assert.match(await said(world.fetch('/api/auth/reset-password', followed)), /^400 /)
    assert.equal((await look(world, avatar)).status, 404)
    assert.match(await said(update('Six')), /^404 /)
    const search = await world.fetch('/api/users?search=grace', { as: 'ada' })
    assert.match(await said(search), /"data":\[\]/)
  })

  test(`${engine}: whose deletion is long enough ago is erased by one node, and nobody else is`, async () => {
    await using world = await openWorld({ engine })
    const remove = (id: typeof grace.user.id) =>
      world.core.commit('delete-user', { actor: system, id, versions: null, finality: 'restorable' })
    assert.ok((await remove(grace.user.id)).ok)
    world.tick(20 * 24 * 3600 * 1000)
    assert.ok((await remove(linus.user.id)).ok)
    assert.deepEqual(await purgeUsers(world.core), { purged: 0 })
    world.tick(11 * 24 * 3600 * 1000)

    const purged = await Promise.all([purgeUsers(world.core), purgeUsers(world.core)])

    assert.equal(
      purged.reduce((sum, one) => sum + one.purged, 0),
      1,
    )
    assert.equal((await world.core.directory.erasures.ofUser(grace.user.id))?.cause, 'retention')
    assert.equal(await world.core.directory.erasures.ofUser(linus.user.id), null)
    assert.equal(await world.core.directory.users.wasHeldBefore('linus@example.com'), true)
  })
}
