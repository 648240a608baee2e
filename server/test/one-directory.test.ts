import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserId } from '../src/core/users/user.ts'
import { cast } from './cast.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const json = async (answer: Response) => (await answer.json()) as Record<string, never> & { data: { id: string } }

async function signsIn(world: World, name: object, password: string): Promise<number> {
  return (await world.fetch('/api/auth/login', { method: 'POST', json: { ...name, password } })).status
}

const password = 'SecurePassword123!'

interface Names {
  readonly username: string
  readonly email: string
}

interface Door {
  /** As much of the names as the contract takes. */
  make(world: World, names: Names): Promise<Response>
  remove(world: World, whom: Names & { readonly id: string }): Promise<Response>
}

const post = (world: World, path: string, sent: object) => world.fetch(path, { method: 'POST', as: 'ada', json: sent })
const del = (world: World, path: string) => world.fetch(path, { method: 'DELETE', as: 'ada' })

const contracts: Readonly<Record<string, Door>> = {
  house: {
    make: (world, names) =>
      post(world, '/api/users', { ...names, password, firstName: 'A', lastName: 'B', status: 'active' }),
    remove: (world, { id }) => del(world, `/api/users/${id}`),
  },
  racknap: {
    make: async (world, names) => {
      const made = await post(world, '/racknap/api/users', { ...names, password, firstName: 'A', lastName: 'B' })
      if (!made.ok) return made
      const { id } = (await made.clone().json()) as { id: number }
      const sent = { method: 'PATCH', as: 'ada', json: { status: 'active' } } as const
      assert.ok((await world.fetch(`/racknap/api/users/${id}`, sent)).ok)
      return made
    },
    remove: async (world, { username }) => {
      const { id } = (await (await world.fetch(`/racknap/api/users/${username}`, { as: 'ada' })).json()) as {
        id: number
      }
      return del(world, `/racknap/api/users/${id}`)
    },
  },
  'express-gateway': {
    make: (world, names) => post(world, '/express-gateway/users', { ...names, firstname: 'A', lastname: 'B' }),
    remove: (world, { username }) => del(world, `/express-gateway/users/${username}`),
  },
  'redirect-manager': {
    make: (world, { username }) => post(world, '/redirect-manager/api/v1/users', { username, password }),
    remove: (world, { id }) => del(world, `/redirect-manager/api/v1/users/${id}`),
  },
  'service-module': {
    make: (world, { email }) => post(world, '/service-module/api/users', { email, password }),
    remove: (world, { email }) => del(world, `/service-module/api/users/${email}`),
  },
}

/** The token that each door with a password gives, or null. */
const signIns: Readonly<Record<string, (world: World, name: string) => Promise<string | null>>> = {
  house: async (world, name) => {
    const sent = name.includes('@') ? { email: name, password } : { username: name, password }
    return tokenIn(await world.fetch('/api/auth/login', { method: 'POST', json: sent }))
  },
  'redirect-manager': async (world, username) =>
    tokenIn(await world.fetch('/redirect-manager/auth/login', { method: 'POST', json: { username, password } })),
  racknap: async (world, email) =>
    tokenIn(await world.fetch('/racknap/api/auth/login', { method: 'POST', json: { email, password } })),
  'service-module': async (world, email) =>
    tokenIn(await world.fetch('/service-module/api/auth/token', { method: 'POST', json: { email, password } })),
}

const takesEmail = (at: string) => at === 'service-module' || at === 'racknap'

async function tokenIn(answer: Response): Promise<string | null> {
  if (!answer.ok) return null
  const sent = (await answer.json()) as { data?: { accessToken: string }; accessToken?: string; access_token?: string }
  return sent.data?.accessToken ?? sent.accessToken ?? sent.access_token ?? null
}

/** What a token is told in each contract where an admin is let in, the one where others are nobody to whoever is none at the end. */
async function knockEverywhere(world: World, token: string): Promise<number[]> {
  const headers = { authorization: `Bearer ${token}` }
  const sent = { method: 'PUT', headers, json: { status: 'Active' } }
  const answers = [
    await world.fetch('/api/users', { headers }),
    await world.fetch('/express-gateway/users', { headers }),
    await world.fetch('/redirect-manager/api/v1/users', { headers }),
    await world.fetch('/service-module/api/users/nobody@example.com', sent),
    await world.fetch('/racknap/api/users/1', { headers }),
  ]
  return answers.map(({ status }) => status)
}

async function listOf(world: World): Promise<{ id: string; username: string; role: string }[]> {
  const listed = await world.fetch('/redirect-manager/api/v1/users', { as: 'ada' })
  return (await listed.json()) as { id: string; username: string; role: string }[]
}

for (const engine of engines) {
  test(`${engine}: a user made through the house is read, deactivated and deleted through express-gateway`, async () => {
    await using world = await openWorld({ engine })
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

  test(`${engine}: whoever is made through one contract is read through all that can read, and signs in where they can`, async () => {
    await using world = await openWorld({ engine })

    for (const [made, { make }] of Object.entries(contracts)) {
      const name = { username: `${made}-1`, email: `${made}@example.com` }
      assert.ok((await make(world, name)).ok, made)
      const known = made === 'service-module' ? name.email : name.username
      const listed = (await listOf(world)).find(({ username }) => username === known)
      assert.ok(listed, `${made}, as redirect-manager lists it`)
      const { id } = listed
      const house = (await json(await world.fetch(`/api/users/${id}?fields=username,email,role,status`, { as: 'ada' })))
        .data
      const gateway = await json(await world.fetch(`/express-gateway/users/${known}`, { as: 'ada' }))

      const email = made === 'redirect-manager' ? null : name.email
      const username = made === 'service-module' ? null : name.username
      assert.deepEqual(house, { username, email, role: 'user', status: 'active' }, made)
      assert.deepEqual([gateway.id, gateway.username, gateway.isActive], [id, known, true], made)
      assert.equal(listed.role, 'USER', made)
      const hasPassword = made !== 'express-gateway'
      for (const [at, signIn] of Object.entries(signIns)) {
        const token = await signIn(world, takesEmail(at) ? (email ?? 'nobody@example.com') : known)
        assert.equal(token !== null, hasPassword && (!takesEmail(at) || email !== null), `${made} at ${at}`)
      }
      if (email === null) continue
      const path = `/service-module/api/users/${email.toUpperCase()}`
      assert.equal((await world.fetch(path, { method: 'PUT', as: 'ada', json: { status: 'active' } })).status, 204)
    }
  })

  test(`${engine}: a token works in every contract, until its user is deactivated or demoted through whichever it be`, async () => {
    await using world = await openWorld({ engine })
    const email = 'second@example.com'
    const admin = { email, password, firstName: 'Second', lastName: 'Admin', role: 'admin', status: 'active' }
    const { id } = (await json(await post(world, '/api/users', admin))).data
    const act = async (method: string, path: string, sent?: object) => {
      const answer = await world.fetch(path, { method, as: 'ada', ...(sent && { json: sent }) })
      assert.ok(answer.ok, `${method} ${path} → ${answer.status}`)
    }
    const number = (await world.core.directory.users.byId(id as UserId))?.number
    const actByNumber = (method: string, path: string, sent: object) =>
      act(method, `/racknap/api/users/${number}${path}`, sent)
    const losses: readonly (readonly [how: string, told: readonly number[], lose: () => Promise<void>])[] = [
      ['deactivated: house', [403, 403, 401, 401, 403], () => act('PATCH', `/api/users/${id}`, { status: 'inactive' })],
      ['deactivated: racknap', [403, 403, 401, 401, 403], () => actByNumber('PATCH', '', { status: 'inactive' })],
      [
        'deactivated: express-gateway',
        [403, 403, 401, 401, 403],
        () => act('PUT', `/express-gateway/users/${email}/status`, { status: false }),
      ],
      [
        'deactivated: service-module',
        [403, 403, 401, 401, 403],
        () => act('PUT', `/service-module/api/users/${email}`, { status: 'Inactive' }),
      ],
      ['demoted: house', [403, 403, 403, 403, 404], () => act('PATCH', `/api/users/${id}`, { role: 'user' })],
      [
        'demoted: redirect-manager',
        [403, 403, 403, 403, 404],
        () => act('PATCH', `/redirect-manager/api/v1/users/${id}/role`, { role: 'USER' }),
      ],
      [
        'demoted: service-module',
        [403, 403, 403, 403, 404],
        () => act('PUT', `/service-module/api/users/${email}`, { type: 'User' }),
      ],
      [
        'given another password: service-module',
        [401, 401, 401, 401, 401],
        () => act('PATCH', `/service-module/api/users/${email}`, { newPassword: `${password}?` }),
      ],
      [
        'given another password: racknap',
        [401, 401, 401, 401, 401],
        () => actByNumber('PUT', '/password', { newPassword: `${password}!` }),
      ],
    ]

    for (const [how, told, lose] of losses) {
      for (const [at, signIn] of Object.entries(signIns)) {
        const token = await signIn(world, email)
        assert.ok(token !== null, at)
        assert.deepEqual(await knockEverywhere(world, token), [200, 200, 200, 404, 200], `with a token of ${at}`)
        await lose()
        assert.deepEqual(await knockEverywhere(world, token), told, `${how}, with a token of ${at}`)
        await act('PATCH', `/api/users/${id}`, { status: 'active', role: 'admin' })
        if (told[0] === 401) await act('PATCH', `/service-module/api/users/${email}`, { newPassword: password })
      }
    }
  })

  test(`${engine}: whoever is deleted through one contract holds no token and no name in any`, async () => {
    await using world = await openWorld({ engine })
    const name = { username: 'one', email: 'one@example.com' }

    for (const [through, { remove }] of Object.entries(contracts)) {
      for (const [then, { make }] of Object.entries(contracts)) {
        const made = await contracts.house?.make(world, name)
        const { id } = (await json(made ?? assert.fail())).data
        const token = (await signIns.house?.(world, name.email)) ?? ''
        assert.equal((await make(world, { username: 'ONE', email: 'One@Example.com' })).status, 409, then)

        assert.ok((await remove(world, { id, ...name })).ok, through)

        assert.deepEqual(await knockEverywhere(world, token), [401, 401, 401, 401, 401], through)
        assert.ok((await make(world, { username: 'ONE', email: 'One@Example.com' })).ok, `${through}, then ${then}`)
        const again = (await listOf(world)).find(({ username }) => /^one(@|$)/i.test(username))
        assert.notEqual(again?.id, id)
        assert.ok((await world.fetch(`/api/users/${again?.id}`, { method: 'DELETE', as: 'ada' })).ok)
      }
    }
  })

  test(`${engine}: whoever writes back what a contract shows of a viewer changes nothing`, async () => {
    await using world = await openWorld({ engine })
    const { id, email } = cast.linus.user
    const tag = async () => (await world.fetch(`/api/users/${id}`, { as: 'ada' })).headers.get('etag')
    const before = await tag()
    const shown = (await listOf(world)).find((user) => user.id === id)
    const gateway = await json(await world.fetch(`/express-gateway/users/${email}`, { as: 'ada' }))
    assert.equal(shown?.role, 'USER')

    for (const [path, method, sent] of [
      [`/redirect-manager/api/v1/users/${id}/role`, 'PATCH', { role: shown?.role }],
      [`/redirect-manager/api/v1/users/${id}/role`, 'PUT', { role: shown?.role }],
      [`/service-module/api/users/${email}`, 'PUT', { type: 'User', status: 'Active' }],
      [`/service-module/api/users/${email}`, 'PUT', { type: 'USER' }],
      [`/express-gateway/users/${email}`, 'PUT', { firstname: gateway.firstname, lastname: gateway.lastname }],
      [`/express-gateway/users/${email}/status`, 'PUT', { status: gateway.isActive }],
      ['/racknap/api/users/3', 'PATCH', { firstName: 'Linus', lastName: 'Torvalds', status: 'active' }],
      [`/api/users/${id}`, 'PUT', { email, role: 'viewer', status: 'active' }],
    ] as const) {
      assert.ok((await world.fetch(path, { method, as: 'ada', json: sent })).ok, `${method} ${path}`)
      assert.equal(await tag(), before, `${method} ${path}`)
    }
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
      ['/racknap/api/users/1', 'DELETE', undefined],
      ['/racknap/api/users/1', 'PATCH', { firstName: 'Ada', status: 'inactive' }],
      ['/service-module/api/users/ada@example.com', 'DELETE', undefined],
      ['/service-module/api/users/ada@example.com', 'PUT', { type: 'User' }],
      ['/service-module/api/users/ADA@example.com', 'PUT', { status: 'inactive' }],
      ['/service-module/api/users/ada@example.com', 'PUT', { type: 'User', status: 'Inactive' }],
    ] as const) {
      const answer = await world.fetch(path, { method, as: 'ada', ...(body ? { json: body } : {}) })
      assert.equal(answer.status, 409, `${method} ${path}`)
    }
    for (const [path, method] of [
      [`/redirect-manager/api/v1/users/${me}`, 'DELETE'],
      [`/redirect-manager/api/v1/users/${me}/role`, 'PATCH'],
      [`/redirect-manager/api/v1/users/${me}/role`, 'PUT'],
    ] as const) {
      const sent = method === 'DELETE' ? {} : { json: { role: 'USER' } }
      assert.equal((await world.fetch(path, { method, as: 'ada', ...sent })).status, 403, `${method} ${path}`)
    }
    assert.equal((await world.fetch('/api/users', { as: 'ada' })).status, 200)
  })
}
