import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiTokenOf } from './api-tokens.ts'
import { cast } from './cast.ts'
import { freezableProxy } from './freezable-proxy.ts'
import { impersonationOf } from './nodes.ts'
import { mailedToken } from './outbox.ts'
import { type EngineName, engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const grace = cast.grace.user.id
const another = {
  email: 'second@example.com',
  password: 'Lighthouse-Keeper-77!',
  firstName: 'Second',
  lastName: 'Admin',
}

/** `script`: a program with an API token of grace's, whose id it is. `player`: the second admin, in grace's stead. */
type Who = 'grace' | 'second' | 'script' | 'player'

/** Each way of taking something away from a signed-in person, and what their token is told from then on. */
const revocations: {
  does: string
  who: Who
  revoke: (world: World, id: string) => Promise<Response>
  door: string
  status: number
}[] = [
  {
    does: 'deactivated through the house',
    who: 'grace',
    revoke: (world, id) => world.fetch(`/api/users/${id}`, { method: 'PUT', as: 'ada', json: { status: 'inactive' } }),
    door: '/api/users/me',
    status: 403,
  },
  {
    does: 'deactivated through express-gateway',
    who: 'grace',
    revoke: (world, id) =>
      world.fetch(`/express-gateway/users/${id}/status`, { method: 'PUT', as: 'ada', json: { status: false } }),
    door: '/api/users/me',
    status: 403,
  },
  {
    does: 'deleted through the house',
    who: 'grace',
    revoke: (world, id) => world.fetch(`/api/users/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deleted through express-gateway',
    who: 'grace',
    revoke: (world, id) => world.fetch(`/express-gateway/users/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deactivated through service-module',
    who: 'grace',
    revoke: (world) =>
      world.fetch('/service-module/api/users/grace@example.com', {
        method: 'PUT',
        as: 'ada',
        json: { status: 'Inactive' },
      }),
    door: '/api/users/me',
    status: 403,
  },
  {
    does: 'given another password through service-module',
    who: 'grace',
    revoke: (world) =>
      world.fetch('/service-module/api/users/grace@example.com', {
        method: 'PATCH',
        as: 'ada',
        json: { newPassword: 'another-one' },
      }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'given another password through the house',
    who: 'grace',
    revoke: (world, id) =>
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
    who: 'grace',
    async revoke(world) {
      const email = cast.grace.user.email ?? ''
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
    who: 'grace',
    revoke: (world, id) => world.fetch(`/redirect-manager/api/v1/users/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'deleted through racknap',
    who: 'grace',
    revoke: (world) => world.fetch('/racknap/api/users/2', { method: 'DELETE', as: 'ada' }),
    door: '/racknap/api/users/2',
    status: 401,
  },
  {
    does: 'deactivated through racknap',
    who: 'grace',
    revoke: (world) =>
      world.fetch('/racknap/api/users/2', { method: 'PATCH', as: 'ada', json: { status: 'inactive' } }),
    door: '/racknap/api/users/2',
    status: 403,
  },
  {
    does: 'given another password through racknap',
    who: 'grace',
    revoke: (world) =>
      world.fetch('/racknap/api/users/2/password', {
        method: 'PUT',
        as: 'ada',
        json: { newPassword: 'temporary_password' },
      }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'signed out by an admin',
    who: 'grace',
    revoke: async (world, id) => {
      const listed = await world.fetch(`/api/users/${id}/sessions`, { as: 'ada' })
      const [session] = ((await listed.json()) as { data: { id: string }[] }).data
      return world.fetch(`/api/users/${id}/sessions/${session?.id}`, { method: 'DELETE', as: 'ada' })
    },
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'demoted through redirect-manager',
    who: 'second',
    revoke: (world, id) =>
      world.fetch(`/redirect-manager/api/v1/users/${id}/role`, { method: 'PUT', as: 'ada', json: { role: 'USER' } }),
    door: '/redirect-manager/api/v1/users',
    status: 403,
  },
  {
    does: 'demoted',
    who: 'second',
    revoke: (world, id) => world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role: 'user' } }),
    door: '/api/users',
    status: 403,
  },
  {
    does: 'demoted, seen from express-gateway',
    who: 'second',
    revoke: (world, id) => world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role: 'viewer' } }),
    door: '/express-gateway/users',
    status: 403,
  },
  {
    does: 'calling with an API token that was revoked',
    who: 'script',
    revoke: (world, id) => world.fetch(`/api/tokens/${id}`, { method: 'DELETE', as: 'ada' }),
    door: '/api/users/me',
    status: 401,
  },
  {
    does: 'demoted while they acted in the stead of another',
    who: 'player',
    revoke: (world, id) => world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role: 'user' } }),
    door: '/api/users/me',
    status: 401,
  },
]

/** A second admin, so that one can be demoted; answers id and token. */
async function signInSecond(world: World): Promise<{ id: string; token: string }> {
  const made = await world.fetch('/api/users', {
    method: 'POST',
    as: 'ada',
    json: { ...another, role: 'admin', status: 'active' },
  })
  const { data } = (await made.json()) as { data: { id: string } }
  return { id: data.id, token: await signIn(world, another.email, another.password) }
}

async function signIn(world: World, email: string, password: string): Promise<string> {
  const answer = await world.fetch('/api/auth/login', { method: 'POST', json: { email, password } })
  assert.equal(answer.status, 200)
  return ((await answer.json()) as { data: { accessToken: string } }).data.accessToken
}

function ask(world: World, path: string, token: string, method = 'GET'): Promise<Response> {
  return world.fetch(path, { method, headers: { authorization: `Bearer ${token}` } })
}

async function whoIs(world: World, who: Who): Promise<{ id: string; token: string }> {
  if (who === 'grace') return { id: grace, token: await world.token('grace') }
  if (who === 'script') return apiTokenOf(world, 'grace', ['users:read'])
  const second = await signInSecond(world)
  return who === 'second' ? second : { id: second.id, token: await impersonationOf(world, second.token, grace) }
}

for (const engine of engines) {
  for (const { does, who, revoke, door, status } of revocations) {
    test(`${engine}: the token of somebody who was ${does} is refused on the very next request`, async () => {
      await using world = await openWorld({ engine })
      const { id, token } = await whoIs(world, who)
      for (let n = 0; n < 3; n += 1) assert.equal((await ask(world, door, token)).status, 200)

      assert.ok((await revoke(world, id)).ok)

      assert.equal((await ask(world, door, token)).status, status)
    })
  }

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

/** Each waits for its nodes most of the time, so they wait together. */
describe('on the other node', { concurrency: 6 }, () => {
  for (const notices of ['that arrive', 'that are cut off'] as const) {
    for (const { does, who, revoke, door, status } of revocations) {
      test(`with notices ${notices}, the other node refuses the token of somebody who was ${does}`, async () => {
        await using near = await openWorld({ engine: 'postgres' satisfies EngineName, settings: together })
        await using proxy = await freezableProxy(near.settings.databaseUrl ?? '')
        await using far = await openWorld({
          engine: 'postgres',
          beside: near,
          settings: { ...together, DATABASE_URL: proxy.url },
        })
        const { id, token } = await whoIs(near, who)
        for (let n = 0; n < 3; n += 1) assert.equal((await ask(far, door, token)).status, 200)
        if (notices === 'that are cut off') proxy.freeze('listeners')

        assert.ok((await revoke(near, id)).ok)

        assert.equal((await ask(far, door, token)).status, status)
      })
    }
  }
})
