import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import { apiTokenOf } from './api-tokens.ts'
import { cast, person } from './cast.ts'
import { freezableProxy } from './freezable-proxy.ts'
import { impersonationOf } from './nodes.ts'
import { mailedToken } from './outbox.ts'
import { engines } from './place.ts'
import { openWorld, signInById, type World } from './world.ts'

const grace = cast.grace.user.id

/** Who is about to lose something. */
interface Loser {
  /** Of the person, or of the API token. */
  readonly id: string
  readonly email: string
  readonly number: number
  readonly token: string
}

/** `script`: a program with an API token of grace's. `player`: an admin, in grace's stead. */
type Who = 'user' | 'admin' | 'script' | 'player'

/** Each way of taking something away from a signed-in person, and what their token is told from then on. */
const revocations: {
  does: string
  who: Who
  revoke: (world: World, loser: Loser) => Promise<Response>
  door: string | ((loser: Loser) => string)
  status: number
}[] = [
  {
    does: 'deactivated through the house',
    who: 'user',
    revoke: (world, { id }) =>
      world.fetch(`/api/users/${id}`, { method: 'PUT', as: 'ada', json: { status: 'inactive' } }),
    door: '/api/users/me',
    status: 403,
  },
  {
    does: 'deactivated through express-gateway',
    who: 'user',
    revoke: (world, { id }) =>
      world.fetch(`/express-gateway/users/${id}/status`, { method: 'PUT', as: 'ada', json: { status: false } }),
    door: '/api/users/me',
    status: 403,
  },
  {
    does: 'deleted through the house',
    who: 'user',
    revoke: (world, { id }) => world.fetch(`/api/users/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deleted through express-gateway',
    who: 'user',
    revoke: (world, { id }) => world.fetch(`/express-gateway/users/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deactivated through service-module',
    who: 'user',
    revoke: (world, { email }) =>
      world.fetch(`/service-module/api/users/${email}`, {
        method: 'PUT',
        as: 'ada',
        json: { status: 'Inactive' },
      }),
    door: '/api/users/me',
    status: 403,
  },
  {
    does: 'given another password through service-module',
    who: 'user',
    revoke: (world, { email }) =>
      world.fetch(`/service-module/api/users/${email}`, {
        method: 'PATCH',
        as: 'ada',
        json: { newPassword: 'another-one' },
      }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'given another password through the house',
    who: 'user',
    revoke: (world, { id }) =>
      world.fetch(`/api/users/${id}/password`, {
        method: 'POST',
        as: 'ada',
        json: { newPassword: 'NewSecurePassword123!' },
      }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'given another password by a mailed link',
    who: 'user',
    async revoke(world, { email }) {
      await world.fetch('/api/auth/forgot-password', { method: 'POST', json: { email } })
      const token = await mailedToken(world, email, 'reset_password')
      const json = { token, password: 'NewSecurePassword123!' }
      return world.fetch('/api/auth/reset-password', { method: 'POST', json })
    },
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deleted through redirect-manager',
    who: 'user',
    revoke: (world, { id }) => world.fetch(`/redirect-manager/api/v1/users/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deleted through racknap',
    who: 'user',
    revoke: (world, { number }) => world.fetch(`/racknap/api/users/${number}`, { method: 'DELETE', as: 'ada' }),
    door: ({ number }) => `/racknap/api/users/${number}`,
    status: 401,
  },
  {
    does: 'deactivated through racknap',
    who: 'user',
    revoke: (world, { number }) =>
      world.fetch(`/racknap/api/users/${number}`, { method: 'PATCH', as: 'ada', json: { status: 'inactive' } }),
    door: ({ number }) => `/racknap/api/users/${number}`,
    status: 403,
  },
  {
    does: 'given another password through racknap',
    who: 'user',
    revoke: (world, { number }) =>
      world.fetch(`/racknap/api/users/${number}/password`, {
        method: 'PUT',
        as: 'ada',
        json: { newPassword: 'temporary_password' },
      }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'signed out by an admin',
    who: 'user',
    revoke: async (world, { id }) => {
      const listed = await world.fetch(`/api/users/${id}/sessions`, { as: 'ada' })
      const [session] = ((await listed.json()) as { data: { id: string }[] }).data
      return world.fetch(`/api/users/${id}/sessions/${session?.id}`, { method: 'DELETE', as: 'ada' })
    },
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'demoted through redirect-manager',
    who: 'admin',
    revoke: (world, { id }) =>
      world.fetch(`/redirect-manager/api/v1/users/${id}/role`, { method: 'PUT', as: 'ada', json: { role: 'USER' } }),
    door: '/redirect-manager/api/v1/users',
    status: 403,
  },
  {
    does: 'demoted',
    who: 'admin',
    revoke: (world, { id }) => world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role: 'user' } }),
    door: '/api/users',
    status: 403,
  },
  {
    does: 'demoted, seen from express-gateway',
    who: 'admin',
    revoke: (world, { id }) =>
      world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role: 'viewer' } }),
    door: '/express-gateway/users',
    status: 403,
  },
  {
    does: 'calling with an API token that was revoked',
    who: 'script',
    revoke: (world, { id }) => world.fetch(`/api/tokens/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'demoted while they acted in the stead of another',
    who: 'player',
    revoke: (world, { id }) => world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role: 'user' } }),
    door: '/api/users/me',
    status: 401,
  },
]

async function signIn(world: World, email: string, password: string): Promise<string> {
  const answer = await world.fetch('/api/auth/login', { method: 'POST', json: { email, password } })
  assert.equal(answer.status, 200)
  return ((await answer.json()) as { data: { accessToken: string } }).data.accessToken
}

function ask(world: World, path: string, token: string, method = 'GET'): Promise<Response> {
  return world.fetch(path, { method, headers: { authorization: `Bearer ${token}` } })
}

/** Somebody for each way, signed in. */
async function losersIn(world: World): Promise<Loser[]> {
  const { core } = world
  const passwordHash = await core.directory.credentials.passwordHash(grace)
  const losers: Loser[] = []
  for (const [n, { who }] of revocations.entries()) {
    const role = who === 'admin' || who === 'player' ? 'admin' : 'user'
    const user = person({ place: 100 + n, role })
    const added = await core.commit('create-user', { actor: system, user, passwordHash })
    assert.ok(added.ok)
    const { id, number, email } = added.value
    const loser = { id, number, email: email ?? '', token: await signInById(core, id) }
    if (who === 'script') losers.push({ ...loser, ...(await apiTokenOf(world, 'grace', ['users:read'])) })
    else if (who === 'player') losers.push({ ...loser, token: await impersonationOf(world, loser.token, grace) })
    else losers.push(loser)
  }
  return losers
}

/** Each way, with whom it is for and what they ask. */
async function lossesIn(world: World) {
  const losers = await losersIn(world)
  return revocations.map(({ door, revoke, ...rest }, n) => {
    const loser = losers[n] as Loser
    const path = typeof door === 'string' ? door : door(loser)
    return { ...rest, revoke: () => revoke(world, loser), ask: (at: World) => ask(at, path, loser.token) }
  })
}

for (const engine of engines) {
  test(`${engine}: whichever way something is taken from somebody, their token is refused on the very next request`, async () => {
    await using world = await openWorld({ engine })

    for (const { does, status, revoke, ask } of await lossesIn(world)) {
      for (let n = 0; n < 3; n += 1) assert.equal((await ask(world)).status, 200, does)
      assert.ok((await revoke()).ok, does)
      assert.equal((await ask(world)).status, status, does)
    }
  })

  test(`${engine}: one's own new password ends every session but the one that set it`, async () => {
    await using world = await openWorld({ engine })
    const [kept, lost] = [await world.token('grace'), await signIn(world, 'grace@example.com', cast.grace.password)]
    assert.equal((await ask(world, '/api/users/me', lost)).status, 200)

    const changed = await world.fetch('/api/users/me/password', {
      method: 'PUT',
      as: 'grace',
      json: { currentPassword: cast.grace.password, newPassword: 'NewSecurePassword123!' },
    })

    assert.deepEqual([changed.status, await changed.json()], [200, { message: 'Password updated successfully' }])
    assert.equal((await ask(world, '/api/users/me', lost)).status, 401)
    assert.equal((await ask(world, '/api/users/me', kept)).status, 200)
    await signIn(world, 'grace@example.com', 'NewSecurePassword123!')
    const old = { email: 'grace@example.com', password: cast.grace.password }
    assert.equal((await world.fetch('/api/auth/login', { method: 'POST', json: old })).status, 401)
  })

  test(`${engine}: signing out ends the session at once, its refresh token too`, async () => {
    await using world = await openWorld({ engine })
    const json = { email: 'linus@example.com', password: cast.linus.password }
    const signedIn = await world.fetch('/api/auth/login', { method: 'POST', json })
    const { data } = (await signedIn.json()) as { data: { accessToken: string; refreshToken: string } }

    assert.equal((await ask(world, '/api/auth/logout', data.accessToken, 'POST')).status, 200)

    assert.equal((await ask(world, '/api/users/me', data.accessToken)).status, 401)
    const refreshed = await world.fetch('/api/auth/refresh', {
      method: 'POST',
      json: { refreshToken: data.refreshToken },
    })
    assert.equal(refreshed.status, 401)
  })

  test(`${engine}: sessions that a deactivation or a deletion ended do not come back`, async () => {
    await using world = await openWorld({ engine })
    const token = await world.token('grace')
    await world.fetch(`/api/users/${grace}`, { method: 'PUT', as: 'ada', json: { status: 'inactive' } })
    await world.fetch(`/api/users/${grace}`, { method: 'PUT', as: 'ada', json: { status: 'active' } })
    assert.equal((await ask(world, '/api/users/me', token)).status, 401)

    const fresh = await signIn(world, 'grace@example.com', cast.grace.password)
    await world.fetch(`/api/users/${grace}`, { method: 'DELETE', as: 'ada' })
    assert.equal((await world.fetch(`/api/users/${grace}/restore`, { method: 'POST', as: 'ada' })).status, 200)
    assert.equal((await ask(world, '/api/users/me', fresh)).status, 401)
  })
}

const together = { PUBLIC_URL: 'http://127.0.0.1:3001' }

/** Two nodes of one directory; what the far one hears goes by way of the proxy. */
async function openFarNode() {
  await using opening = new AsyncDisposableStack()
  const near = opening.use(await openWorld({ engine: 'postgres', settings: together }))
  const proxy = opening.use(await freezableProxy(near.settings.databaseUrl ?? ''))
  const settings = { ...together, DATABASE_URL: proxy.url }
  const far = opening.use(await openWorld({ engine: 'postgres', beside: near, settings }))
  const opened = opening.move()
  return { near, proxy, far, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

test('the other node refuses whoever lost something on the very next request', async () => {
  await using nodes = await openFarNode()

  for (const { does, status, revoke, ask } of await lossesIn(nodes.near)) {
    for (let n = 0; n < 3; n += 1) assert.equal((await ask(nodes.far)).status, 200, does)
    assert.ok((await revoke()).ok, does)
    assert.equal((await ask(nodes.far)).status, status, does)
  }
})

test('the other node refuses whoever lost something while no notice reached it', async () => {
  await using nodes = await openFarNode()
  const losses = await lossesIn(nodes.near)
  for (const { does, ask } of losses)
    for (let n = 0; n < 3; n += 1) assert.equal((await ask(nodes.far)).status, 200, does)
  nodes.proxy.freeze('listeners')

  // All at once, as each of them waits until the node that hears nothing no longer answers from memory.
  const told = losses.map(async ({ does, status, revoke, ask }) => {
    assert.ok((await revoke()).ok, does)
    assert.equal((await ask(nodes.far)).status, status, does)
  })
  await Promise.all(told)
})
