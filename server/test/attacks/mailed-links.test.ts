import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../../src/core/actor.ts'
import { limits } from '../../src/core/limits.ts'
import type { MessageKind } from '../../src/core/mail/mail.ts'
import { grant } from '../../src/core/outcome.ts'
import type { NewUser } from '../../src/core/users/user.ts'
import { cast, person } from '../cast.ts'
import { mailedToken } from '../outbox.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { everythingSaid, logIn, pairOf, refresh, withToken } from './doors.ts'
import { knock } from './knock.ts'

const old = cast.grace.password
const next = 'Another-Secret-1955!'
const settings = { GUESSES_PER_ACCOUNT: '1000', PUBLIC_URL: 'http://127.0.0.1:3001' }

/** Somebody active, whose address is not verified: there is a link of each kind for them. */
interface Somebody {
  readonly user: NewUser
  readonly accessToken: string
  readonly refreshToken: string
  readonly links: Readonly<Record<Kind, Link>>
}

type Kind = 'verify_email' | 'reset_password' | 'confirm_email'

interface Link {
  readonly path: string
  readonly token: string
  /** With which it can be spent. */
  readonly password: string
}

async function somebody(world: World, place: number): Promise<Somebody> {
  const user = { ...person({ place, username: `name${place}` }), emailVerified: false }
  const hashed = await world.core.passwords.hash(old)
  assert.ok(hashed.ok)
  const people = [{ user, passwordHash: hashed.value }]
  await world.core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  const pair = await pairOf(await logIn(world, { email: user.email, password: old }))
  const wished = `wished${place}@example.com`
  const json = { email: wished, password: old }
  await world.fetch('/api/users/me/email', { method: 'POST', json, ...withToken(pair.accessToken) })
  await ask(world, '/api/auth/resend-verification', { email: user.email })
  await ask(world, '/api/auth/forgot-password', { email: user.email })
  const link = async (to: string | null, kind: MessageKind, path: string, password: string): Promise<Link> => ({
    path,
    token: await mailedToken(world, to, kind),
    password,
  })
  return {
    user,
    ...pair,
    links: {
      verify_email: await link(user.email, 'verify_email', '/api/auth/verify-email', next),
      reset_password: await link(user.email, 'reset_password', '/api/auth/reset-password', next),
      confirm_email: await link(wished, 'confirm_email', '/api/auth/verify-email', old),
    },
  }
}

/** What is asked is what comes of many transactions, not how long passwords take to hash. */
function hashAtOnce({ core }: World): void {
  const passwords = {
    ...core.passwords,
    hash: async (password: string) => grant(`hash of ${password}`),
    verify: async (hash: string | null, password: string) => grant(hash === `hash of ${password}`),
  }
  Object.assign(core, { passwords })
}

function ask(world: World, path: string, json: object): Promise<Response> {
  return world.fetch(path, { method: 'POST', json })
}

function spend(world: World, { path, token, password }: Link, more: object = {}): Promise<Response> {
  return ask(world, path, { token, password, ...more })
}

function byAda(method: string, path: (user: NewUser) => string, json?: object) {
  return async (world: World, { user }: Somebody) => {
    const done = await world.fetch(path(user), { method, as: 'ada', ...(json && { json }) })
    assert.ok(done.ok, `${method} ${path(user)} → ${done.status}`)
  }
}

const house = ({ id }: NewUser) => `/api/users/${id}`
const gateway = ({ id }: NewUser) => `/express-gateway/users/${id}`
const all: readonly Kind[] = ['verify_email', 'reset_password', 'confirm_email']
const byPassword: readonly Kind[] = ['reset_password', 'confirm_email']

/** What ends links, which, and who is told of it: nobody. */
const endings: readonly {
  readonly what: string
  readonly ends: readonly Kind[]
  readonly end: (world: World, whose: Somebody) => Promise<unknown>
}[] = [
  { what: 'was spent', ends: all, end: async (world, { links }) => spend(world, links.reset_password) },
  {
    what: 'was spent with the password',
    ends: all,
    end: async (world, { links }) => spend(world, links.confirm_email),
  },
  {
    what: 'was of somebody who was deleted and came back',
    ends: all,
    async end(world, whose) {
      await byAda('DELETE', house)(world, whose)
      await byAda('POST', (user) => `${house(user)}/restore`)(world, whose)
    },
  },
  {
    what: 'was of somebody who was barred and let in again',
    ends: all,
    async end(world, whose) {
      await byAda('PUT', house, { status: 'inactive' })(world, whose)
      await byAda('PUT', house, { status: 'active' })(world, whose)
    },
  },
  {
    what: 'is of somebody who is barred by express-gateway',
    ends: all,
    end: byAda('PUT', (user) => `${gateway(user)}/status`, { status: false }),
  },
  { what: 'went to an address of before', ends: all, end: byAda('PATCH', house, { email: 'elsewhere1@example.com' }) },
  {
    what: 'went to an address of before express-gateway changed it',
    ends: all,
    end: byAda('PUT', gateway, { email: 'elsewhere2@example.com' }),
  },
  {
    what: 'is older than the password that the user set',
    ends: byPassword,
    async end(world, { accessToken }) {
      const json = { currentPassword: old, newPassword: next }
      await world.fetch('/api/users/me/password', { method: 'PUT', json, ...withToken(accessToken) })
    },
  },
  {
    what: 'is older than the password that an admin set',
    ends: byPassword,
    end: byAda('POST', (user) => `${house(user)}/password`, { newPassword: next }),
  },
  {
    what: 'is older than the password that service-module set',
    ends: byPassword,
    end: byAda('PATCH', ({ email }) => `/service-module/api/users/${email}`, { newPassword: next }),
  },
  {
    what: 'is for something else',
    ends: ['reset_password'],
    async end(world, { links }) {
      const { path } = links.verify_email
      assert.equal((await spend(world, { ...links.reset_password, path })).status, 400)
      assert.equal((await spend(world, links.reset_password)).status, 200)
    },
  },
  {
    what: 'has expired',
    ends: all,
    end: async (world) => world.tick(limits.verificationLinkMs),
  },
]

for (const engine of engines) {
  test(`${engine}: of fifty who spend one link at once exactly one is served, on whatever node`, async () => {
    await using near = await openWorld({ engine, settings })
    await using far = engine === 'postgres' ? await openWorld({ engine, settings, beside: near }) : null
    const nodes = far === null ? [near, near] : [near, far]
    for (const node of nodes) hashAtOnce(node)

    for (const [place, kind] of all.entries()) {
      const { links } = await somebody(near, 200 + place)
      const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => spend(nodes[n % 2] ?? near, links[kind])))
      assert.equal(answers.filter(({ ok }) => ok).length, 1, kind)
      for (const { status } of answers) assert.ok([200, 400, 503].includes(status), `${kind} ${status}`)
      for (const node of nodes) assert.equal((await spend(node, links[kind])).status, 400, kind)
    }
  })

  test(`${engine}: nobody tells a link that is over from one that never was, whatever ended it`, async () => {
    await using world = await openWorld({ engine, settings })
    hashAtOnce(world)
    const never = { path: '/api/auth/reset-password', token: 'x'.repeat(64), password: 'short' }
    const said = await everythingSaid(await spend(world, never))
    assert.match(said, /^400\n[\s\S]*INVALID_TOKEN/)

    for (const [place, { what, ends, end }] of endings.entries()) {
      const whose = await somebody(world, 300 + place)
      await end(world, whose)
      for (const kind of ends) {
        for (const password of [whose.links[kind].password, 'short']) {
          assert.equal(
            await everythingSaid(await spend(world, { ...whose.links[kind], password })),
            said,
            `${kind} ${what}`,
          )
        }
      }
    }
  })

  test(`${engine}: a reset ends every session and every older link, and opens none`, async () => {
    await using world = await openWorld({ engine, settings })
    const { user, links, accessToken, refreshToken } = await somebody(world, 400)
    world.tick(limits.linkRequestsApartMs)
    await ask(world, '/api/auth/forgot-password', { email: user.email })
    const newer = { ...links.reset_password, token: await mailedToken(world, user.email, 'reset_password') }
    assert.notEqual(newer.token, links.reset_password.token)

    const reset = await spend(world, newer)

    assert.deepEqual([reset.status, await reset.json()], [200, { message: 'Password updated successfully' }])
    for (const kind of all) assert.equal((await spend(world, links[kind])).status, 400, kind)
    assert.equal((await world.fetch('/api/users/me', withToken(accessToken))).status, 401)
    assert.equal((await refresh(world, refreshToken)).status, 401)
    assert.equal((await logIn(world, { email: user.email, password: old })).status, 401)
    assert.equal((await logIn(world, { email: user.email, password: next })).status, 200)
  })
}

test('opening a link spends nothing, whatever opens it and however', async () => {
  await using world = await openWorld({ settings })
  const { links } = await somebody(world, 500)

  for (const { path, token, password } of Object.values(links)) {
    for (const page of [path, '/verify-email', '/reset-password', '/']) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']) {
        await knock(world.roster.port, { method, path: `${page}?token=${token}&password=${password}` })
      }
    }
    for (const query of ['', `?token=${token}&password=${encodeURIComponent(password)}`]) {
      for (const [type, body] of [
        ['application/x-www-form-urlencoded', `token=${token}&password=${encodeURIComponent(password)}`],
        ['text/plain', JSON.stringify({ token, password })],
        ['application/json', undefined],
        ['application/json', '{}'],
      ] as const) {
        const headers = { 'content-type': type }
        const { status } = await knock(world.roster.port, { method: 'POST', path: `${path}${query}`, headers, body })
        assert.ok([400, 415].includes(status), `${type} ${status}`)
      }
    }
  }

  assert.equal((await spend(world, links.confirm_email)).status, 200)
})

test('a link sets nothing but what it is for, and no password that is not good', async () => {
  await using world = await openWorld({ settings })
  const { links, user } = await somebody(world, 600)
  const before = await world.core.directory.users.byId(user.id)

  for (const link of Object.values(links)) {
    for (const more of [{ role: 'admin' }, { status: 'active' }, { emailVerified: true }, { email: 'x@example.com' }]) {
      assert.equal((await spend(world, link, more)).status, 400)
    }
  }
  for (const kind of ['verify_email', 'reset_password'] as const) {
    for (const password of ['', 'short', 'Password1!', 'name600-Aa1!', 'x'.repeat(257), 'a\0B1!aaaa']) {
      assert.equal((await spend(world, { ...links[kind], password })).status, 400, password)
    }
  }
  assert.deepEqual(await world.core.directory.users.byId(user.id), before)

  assert.equal((await spend(world, links.verify_email)).status, 200)
})

test('the password that goes with a new address is guessed at no more often than any other', async () => {
  await using world = await openWorld({ settings: { ...settings, GUESSES_PER_ACCOUNT: '3' } })
  const { links } = await somebody(world, 700)

  const statuses = []
  for (let n = 0; n < 5; n += 1) {
    statuses.push((await spend(world, { ...links.confirm_email, password: `Wrong-${n}` })).status)
  }

  assert.deepEqual(statuses, [400, 400, 400, 429, 429])
  assert.equal((await spend(world, links.confirm_email)).status, 429)
  assert.equal((await spend(world, links.reset_password)).status, 200, 'whoever reads the mail is not locked out')
})
