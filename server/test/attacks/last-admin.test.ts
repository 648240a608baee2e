import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserId } from '../../src/core/users/user.ts'
import { cast } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { knock } from './knock.ts'
import { everythingStored } from './stored.ts'

const ada = cast.ada.user.id
const second = {
  email: 'second@example.com',
  password: 'Lighthouse-Keeper-77!',
  firstName: 'Second',
  lastName: 'Admin',
  role: 'admin',
  status: 'active',
}
const together = { PUBLIC_URL: 'http://127.0.0.1:3001', EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' }

/** Somebody who takes an admin's post away, their own or another's. */
type Ousting = (world: World, token: string, whom: { id: string; email: string }) => Promise<number>

const oustings: Readonly<Record<string, Ousting>> = {
  'PUT of the role': (world, token, { id }) => house(world, token, 'PUT', `/api/users/${id}`, { role: 'user' }),
  'PATCH of the role': (world, token, { id }) => house(world, token, 'PATCH', `/api/users/${id}`, { role: 'viewer' }),
  'PUT of the status': (world, token, { id }) => house(world, token, 'PUT', `/api/users/${id}`, { status: 'inactive' }),
  'PATCH of both': (world, token, { id }) =>
    house(world, token, 'PATCH', `/api/users/${id}`, { status: 'inactive', role: 'user', firstName: 'x' }),
  DELETE: (world, token, { id }) => house(world, token, 'DELETE', `/api/users/${id}`),
  'status by express-gateway': (world, token, { email }) =>
    house(world, token, 'PUT', `/express-gateway/users/${email}/status`, { status: false }),
  'the other verb of express-gateway': (world, token, { id }) =>
    house(world, token, 'DELETE', `/express-gateway/users/${id}/status`, { status: 'x' }),
  'DELETE by express-gateway': (world, token, { email }) =>
    house(world, token, 'DELETE', `/express-gateway/users/${email}`),
  'type by service-module': (world, token, { email }) =>
    house(world, token, 'PUT', `/service-module/api/users/${email}`, { type: 'User' }),
  'status by service-module': (world, token, { email }) =>
    house(world, token, 'PUT', `/service-module/api/users/${email}`, { status: 'Inactive' }),
  'DELETE by service-module': (world, token, { email }) =>
    house(world, token, 'DELETE', `/service-module/api/users/${email}`),
  'status by racknap': async (world, token, { id }) =>
    house(world, token, 'PATCH', `/racknap/api/users/${await numberOf(world, id)}`, { status: 'inactive' }),
  'DELETE by racknap': async (world, token, { id }) =>
    house(world, token, 'DELETE', `/racknap/api/users/${await numberOf(world, id)}`),
  'status at the loopback port': ({ roster }, _, { email }) =>
    system(roster.expressGatewayPort, 'PUT', `/users/${email}/status`, { status: false }),
  'DELETE at the loopback port': ({ roster }, _, { id }) => system(roster.expressGatewayPort, 'DELETE', `/users/${id}`),
}

/** Nobody does these to themselves. */
const oustingsOfOthers: Readonly<Record<string, Ousting>> = {
  'role by redirect-manager': (world, token, { id }) =>
    house(world, token, 'PATCH', `/redirect-manager/api/v1/users/${id}/role`, { role: 'USER' }),
  'DELETE by redirect-manager': (world, token, { id }) =>
    house(world, token, 'DELETE', `/redirect-manager/api/v1/users/${id}`),
}

for (const engine of engines) {
  test(`${engine}: the last admin stays, whoever asks for it to be otherwise and at whatever door`, async () => {
    await using world = await openWorld({ engine, settings: together })
    const token = await world.token('ada')
    const before = await everythingStored(world)

    for (const [how, oust] of Object.entries(oustings)) {
      assert.equal(await oust(world, token, { id: ada, email: 'ada@example.com' }), 409, how)
    }
    for (const [how, oust] of Object.entries(oustingsOfOthers)) {
      assert.equal(await oust(world, token, { id: ada, email: 'ada@example.com' }), 403, how)
    }
    for (const json of [{ role: 'user' }, { status: 'inactive' }]) {
      assert.equal((await world.fetch('/api/users/me', { method: 'PATCH', as: 'ada', json })).status, 409)
    }

    assert.deepEqual(await everythingStored(world), before)
  })

  test(`${engine}: an inactive admin, and one who was deleted, are nobody to rely on`, async () => {
    await using world = await openWorld({ engine, settings: together })
    const token = await world.token('ada')
    const [idle, gone] = [
      await addAdmin(world, token, 'idle@example.com'),
      await addAdmin(world, token, 'gone@example.com'),
    ]
    assert.equal(await house(world, token, 'PUT', `/api/users/${idle.id}`, { status: 'inactive' }), 200)
    assert.equal(await house(world, token, 'DELETE', `/api/users/${gone.id}`), 200)

    for (const [how, oust] of Object.entries(oustings)) {
      assert.equal(await oust(world, token, { id: ada, email: 'ada@example.com' }), 409, how)
    }

    assert.equal(await house(world, token, 'POST', `/api/users/${gone.id}/restore`), 200)
    assert.equal(await house(world, token, 'PUT', `/api/users/${ada}`, { role: 'user' }), 200)
    assert.equal(await world.core.directory.users.activeAdmins(), 1)
  })

  test(`${engine}: of two admins who oust each other at once, one stays`, async () => {
    await using world = await openWorld({ engine, settings: together })
    const ways = [...Object.values(oustings), ...Object.values(oustingsOfOthers)]
    let survivor = { id: ada as string, token: await world.token('ada') }

    for (let round = 0; round < ways.length; round += 1) {
      const pair = await Promise.all(
        ['a', 'b'].map((one) => addAdmin(world, survivor.token, `${one}${round}@example.com`)),
      )
      const [a, b] = pair as [Admin, Admin]
      assert.equal(await house(world, a.token, 'PATCH', `/api/users/${survivor.id}`, { role: 'user' }), 200)
      const [one, two] = [ways[round] as Ousting, ways[(round * 7 + 3) % ways.length] as Ousting]

      const statuses = await Promise.all([
        one(world, a.token, b),
        two(world, b.token, a),
        two(world, a.token, b),
        one(world, b.token, a),
      ])

      assert.ok(
        statuses.every((status) => status < 500),
        statuses.join(),
      )
      const left = await activeAdmins(world)
      assert.equal(left.length, 1, statuses.join())
      assert.equal(await world.core.directory.users.activeAdmins(), 1)
      survivor = left[0] === a.id ? a : b
    }
  })
}

test('of two admins who oust each other on two nodes at once, one stays', async () => {
  await using near = await openWorld({ engine: 'postgres', settings: together })
  await using far = await openWorld({ engine: 'postgres', settings: together, beside: near })
  const ours = await near.token('ada')
  const other = await addAdmin(near, ours, 'other@example.com')
  const demote = oustings['PUT of the role'] as Ousting

  const statuses = await Promise.all([
    demote(near, ours, other),
    demote(far, other.token, { id: ada, email: 'ada@example.com' }),
  ])

  assert.ok(statuses.includes(200) && statuses.every((status) => status < 500), statuses.join())
  assert.equal((await activeAdmins(near)).length, 1)
})

test('nobody gives themselves another role or status', async () => {
  await using world = await openWorld({ settings: together })
  const before = await everythingStored(world)

  for (const as of ['grace', 'linus'] as const) {
    const token = await world.token(as)
    const { id } = cast[as].user
    for (const json of [
      { role: 'admin' },
      { role: cast[as].user.role },
      { status: 'active' },
      { role: null },
      { role: ['admin'] },
    ]) {
      for (const path of ['/api/users/me', `/api/users/${id}`]) {
        for (const method of ['PUT', 'PATCH']) {
          assert.equal(
            await house(world, token, method, path, json),
            403,
            `${as} ${method} ${path} ${JSON.stringify(json)}`,
          )
        }
      }
    }
    for (const path of [`/express-gateway/users/${id}`, `/express-gateway/users/${id}/status`]) {
      assert.equal(await house(world, token, 'PUT', path, { status: true, role: 'admin' }), 403)
    }
  }
  assert.deepEqual(await everythingStored(world), before)
})

/** By which racknap knows people; 0 is nobody's. */
async function numberOf({ core }: World, id: string): Promise<number> {
  return (await core.directory.users.byId(id as UserId))?.number ?? 0
}

async function house({ roster }: World, token: string, method: string, path: string, json?: object): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, ...(json && { 'content-type': 'application/json' }) }
  return (await knock(roster.port, { method, path, headers, body: json && JSON.stringify(json) })).status
}

async function system(port: number | null, method: string, path: string, json?: object): Promise<number> {
  const headers = json ? { 'content-type': 'application/json' } : {}
  return (await knock(port ?? 0, { method, path, headers, body: json && JSON.stringify(json) })).status
}

interface Admin {
  readonly id: string
  readonly email: string
  readonly token: string
}

async function addAdmin({ roster }: World, token: string, email: string): Promise<Admin> {
  const send = async (path: string, json: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return JSON.parse((await knock(roster.port, { method: 'POST', path, headers, body: JSON.stringify(json) })).body)
  }
  const made = await send('/api/users', { ...second, email })
  const { data } = await send('/api/auth/login', { email, password: second.password })
  return { id: made.data.id, email, token: data.accessToken }
}

/** Counted one by one, for what guards the last of them counts, too. */
async function activeAdmins({ directory }: World): Promise<string[]> {
  const { here } = directory.engine
  const rows = await here.query(here.sql.selectFrom('users').select(['id', 'role', 'status', 'deleted_at']))
  return rows
    .filter(({ role, status, deleted_at }) => role === 'admin' && status === 'active' && deleted_at === null)
    .map(({ id }) => id)
}
