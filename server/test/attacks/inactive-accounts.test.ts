import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SessionId } from '../../src/core/sessions/session.ts'
import { cast } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { everyDoor, logIn, pairOf, refresh, withToken } from './doors.ts'

const grace = cast.grace.user

/** Each way of ending somebody's account, and what they are told from then on. */
const endings: { does: string; end: (world: World) => Promise<Response>; told: 401 | 403 }[] = [
  {
    does: 'deactivated through the house',
    end: (world) => world.fetch(`/api/users/${grace.id}`, { method: 'PUT', as: 'ada', json: { status: 'inactive' } }),
    told: 403,
  },
  {
    does: 'deactivated through express-gateway',
    end: (world) =>
      world.fetch(`/express-gateway/users/${grace.email}/status`, { method: 'DELETE', as: 'ada', json: {} }),
    told: 403,
  },
  {
    does: 'deactivated through service-module',
    end: (world) =>
      world.fetch(`/service-module/api/users/${grace.email}`, {
        method: 'PUT',
        as: 'ada',
        json: { status: 'Inactive' },
      }),
    told: 403,
  },
  {
    does: 'deleted through the house',
    end: (world) => world.fetch(`/api/users/${grace.id}`, { method: 'DELETE', as: 'ada' }),
    told: 401,
  },
  {
    does: 'deleted through express-gateway',
    end: (world) => world.fetch(`/express-gateway/users/${grace.email}`, { method: 'DELETE', as: 'ada' }),
    told: 401,
  },
  {
    does: 'deleted through service-module',
    end: (world) => world.fetch(`/service-module/api/users/${grace.email}`, { method: 'DELETE', as: 'ada' }),
    told: 401,
  },
  {
    does: 'deactivated through racknap',
    end: (world) => world.fetch('/racknap/api/users/2', { method: 'PATCH', as: 'ada', json: { status: 'inactive' } }),
    told: 403,
  },
  {
    does: 'deleted through racknap',
    end: (world) => world.fetch('/racknap/api/users/2', { method: 'DELETE', as: 'ada' }),
    told: 401,
  },
  {
    does: 'deleted through redirect-manager',
    end: (world) => world.fetch(`/redirect-manager/api/v1/users/${grace.id}`, { method: 'DELETE', as: 'ada' }),
    told: 401,
  },
]

/** Two contracts tell nobody that there is an account that is not active. */
const toldBy = (contract: string, told: 401 | 403) =>
  ['redirect-manager', 'service-module'].includes(contract) ? 401 : told

/** Where a password is taken and nothing is said of the account. */
const closedDoors: readonly (readonly [path: string, json: object])[] = [
  ['/redirect-manager/api/v1/auth/login', { username: grace.email, password: cast.grace.password }],
  ['/redirect-manager/auth/login', { username: grace.email, password: cast.grace.password }],
  ['/service-module/api/auth/token', { email: grace.email, password: cast.grace.password }],
]

for (const engine of engines) {
  for (const { does, end, told } of endings) {
    test(`${engine}: somebody who was ${does} gets in by no door, with nothing they hold`, async () => {
      await using world = await openWorld({ engine })
      const pair = await pairOf(await logIn(world, { email: grace.email, password: cast.grace.password }))
      assert.ok((await end(world)).ok)

      for (const { name, contract, route, at } of everyDoor(world).filter(({ route }) => route.needs !== 'nobody')) {
        const answer = await world.fetch(at(grace.id), { method: route.method, ...withToken(pair.accessToken) })
        assert.equal(answer.status, toldBy(contract, told), name)
      }
      for (const [path, json] of closedDoors) {
        assert.equal((await world.fetch(path, { method: 'POST', json })).status, 401, path)
      }
      const cookie = { cookie: `refreshToken=${pair.refreshToken}` }
      const refreshing = { method: 'POST', headers: cookie }
      assert.equal((await world.fetch('/redirect-manager/api/v1/auth/refresh', refreshing)).status, 401)
      assert.equal((await changePassword(world, pair.accessToken)).status, told)
      assert.equal((await refresh(world, pair.refreshToken)).status, 401)
      assert.equal((await logIn(world, { email: grace.email, password: cast.grace.password })).status, told)
      assert.equal((await logIn(world, { username: grace.email, password: cast.grace.password })).status, told)
      const json = { email: grace.email, password: cast.grace.password }
      for (const door of ['login', 'token'])
        assert.equal((await world.fetch(`/racknap/api/auth/${door}`, { method: 'POST', json })).status, told, door)
    })
  }
}

test('a token that names a pending or inactive account opens no door', async () => {
  await using world = await openWorld()
  const { pending, inactive, deleted } = await settleBystanders(world)
  const nowSeconds = world.core.clock() / 1000

  for (const [user, told] of [
    [pending, 403],
    [inactive, 403],
    [deleted, 401],
  ] as const) {
    const claims = { sub: user.id, sid: user.id as string as SessionId, iat: nowSeconds, exp: nowSeconds + 60 }
    const token = await world.core.tokens.sign(claims)
    for (const { name, contract, route, at } of everyDoor(world).filter(({ route }) => route.needs !== 'nobody')) {
      const answer = await world.fetch(at(user.id), { method: route.method, ...withToken(token) })
      assert.equal(answer.status, toldBy(contract, told), name)
    }
  }
})

test('guesses at the password of an inactive account are limited like any others', async () => {
  await using world = await openWorld({ settings: { GUESSES_PER_ACCOUNT: '3' } })
  await settleBystanders(world)

  const statuses = []
  for (let n = 0; n < 5; n += 1) {
    statuses.push((await logIn(world, { email: 'ines@example.com', password: `Wrong-${n}` })).status)
  }

  assert.deepEqual(statuses, [401, 401, 401, 429, 429])
  for (const name of [{ username: 'ines' }, { email: 'ines@example.com' }]) {
    assert.match(String((await logIn(world, { ...name, password: bystandersPassword })).status), /^(401|429)$/)
  }
})

function changePassword(world: World, token: string): Promise<Response> {
  return world.fetch('/api/users/me/password', {
    method: 'PUT',
    json: { currentPassword: cast.grace.password, newPassword: 'Another-Secret-1955!' },
    ...withToken(token),
  })
}
