import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const json = async (answer: Response) => (await answer.json()) as Record<string, never> & { data: { id: string } }

async function signsIn(world: World, name: object, password: string): Promise<number> {
  return (await world.fetch('/api/auth/login', { method: 'POST', json: { ...name, password } })).status
}

for (const engine of engines) {
  test(`${engine}: a user made through the house is read, deactivated and deleted through express-gateway`, async () => {
    await using world = await openWorld({ engine })
    const password = 'SecurePassword123!'
    const made = await world.fetch('/api/users', {
      method: 'POST',
      as: 'ada',
      json: {
        email: 'jane@example.com',
        username: 'jane',
        password,
        firstName: 'Jane',
        lastName: 'Smith',
        status: 'active',
      },
    })
    const { id } = (await json(made)).data

    const read = await json(await world.fetch('/express-gateway/users/jane', { as: 'ada' }))
    assert.deepEqual([read.id, read.username, read.firstname, read.isActive], [id, 'jane', 'Jane', true])
    assert.equal(await signsIn(world, { username: 'jane' }, password), 200)

    const off = await world.fetch('/express-gateway/users/jane/status', {
      method: 'PUT',
      as: 'ada',
      json: { status: false },
    })
    assert.deepEqual(await off.json(), { status: 'Deactivated' })
    assert.equal((await json(await world.fetch(`/api/users/${id}`, { as: 'ada' }))).data['status' as 'id'], 'inactive')
    assert.equal(await signsIn(world, { email: 'jane@example.com' }, password), 403)

    assert.equal((await world.fetch('/express-gateway/users/jane', { method: 'DELETE', as: 'ada' })).status, 204)
    assert.equal((await world.fetch(`/api/users/${id}`, { as: 'ada' })).status, 404)
    assert.equal(await signsIn(world, { email: 'jane@example.com' }, password), 401)
    const restored = await world.fetch(`/api/users/${id}/restore`, { method: 'POST', as: 'ada' })
    assert.equal(restored.status, 409, 'what express-gateway deletes is deleted for good')
  })

  test(`${engine}: a user made through express-gateway is read, changed and deleted through the house`, async () => {
    await using world = await openWorld({ engine })
    const made = await world.fetch('/express-gateway/users', {
      method: 'POST',
      as: 'ada',
      json: { username: 'steve', firstname: 'Steve', lastname: 'Brown', redirectUri: 'http://example.com' },
    })
    const { id } = (await made.json()) as { id: string }

    const read = await json(
      await world.fetch(`/api/users/${id}?fields=email,username,firstName,status,role`, { as: 'ada' }),
    )
    assert.deepEqual(read.data, { email: null, firstName: 'Steve', role: 'user', status: 'active', username: 'steve' })
    const listed = await json(await world.fetch('/api/users', { as: 'ada' }))
    assert.ok((listed.data as unknown as { id: string }[]).some((user) => user.id === id))

    const changed = await world.fetch(`/api/users/${id}`, {
      method: 'PATCH',
      as: 'ada',
      json: { status: 'inactive', lastName: 'Braun' },
    })
    assert.equal(changed.status, 200)
    const seen = (await (await world.fetch(`/express-gateway/users/${id}`, { as: 'ada' })).json()) as Record<
      string,
      unknown
    >
    assert.deepEqual([seen.lastname, seen.isActive, seen.redirectUri], ['Braun', false, 'http://example.com'])

    assert.equal((await world.fetch(`/api/users/${id}`, { method: 'DELETE', as: 'ada' })).status, 200)
    const gone = await world.fetch('/express-gateway/users/steve', { as: 'ada' })
    assert.deepEqual([gone.status, await gone.text()], [404, 'User not found: steve'])
    const again = await world.fetch('/express-gateway/users', {
      method: 'POST',
      as: 'ada',
      json: { username: 'STEVE', firstname: 'S', lastname: 'B' },
    })
    assert.equal(again.status, 200, 'the username is free at once')
    assert.equal((await world.fetch(`/api/users/${id}/restore`, { method: 'POST', as: 'ada' })).status, 409)
  })

  test(`${engine}: the last admin stays whichever door is tried`, async () => {
    await using world = await openWorld({ engine })
    const [me] = [(await json(await world.fetch('/api/users/me', { as: 'ada' }))).data.id]

    for (const [path, method, body] of [
      [`/api/users/${me}`, 'DELETE', undefined],
      [`/api/users/${me}`, 'PUT', { role: 'viewer' }],
      ['/api/users/me', 'PATCH', { status: 'inactive' }],
      [`/express-gateway/users/${me}`, 'DELETE', undefined],
      ['/express-gateway/users/ada@example.com/status', 'PUT', { status: false }],
      ['/express-gateway/users/ada@example.com/status', 'DELETE', { status: 'no' }],
    ] as const) {
      const answer = await world.fetch(path, { method, as: 'ada', ...(body ? { json: body } : {}) })
      assert.equal(answer.status, 409, `${method} ${path}`)
    }
    assert.equal((await world.fetch('/api/users', { as: 'ada' })).status, 200)
  })
}
