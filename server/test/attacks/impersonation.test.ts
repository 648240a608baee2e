import assert from 'node:assert/strict'
import { createPrivateKey, sign } from 'node:crypto'
import { test } from 'node:test'
import type { ActivityDetail } from '../../src/core/activity/activity.ts'
import { limits } from '../../src/core/limits.ts'
import type { UserId } from '../../src/core/users/user.ts'
import { signingKeys } from '../../src/store/signing-keys.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { cast } from '../cast.ts'
import { impersonationOf, openNodes } from '../nodes.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { logIn, pairOf, withToken } from './doors.ts'
import { everythingStored } from './stored.ts'

const [ada, grace, linus] = [cast.ada.user.id, cast.grace.user.id, cast.linus.user.id]
const newPassword = 'Lighthouse-Keeper-77!'

/** What the token is told of itself on every node; they have to agree. */
async function told(worlds: readonly World[], token: string): Promise<string> {
  const statuses = new Set<number>()
  for (const world of worlds) statuses.add((await world.fetch('/api/users/me', withToken(token))).status)
  return [...statuses].join(' and ')
}

async function change(world: World, id: string, json: object): Promise<void> {
  assert.equal((await world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json })).status, 200)
}

async function detailsOf(world: World, userId: UserId): Promise<(ActivityDetail & { type: string })[]> {
  const question = { userId, type: null, fromMs: null, toMs: null, offset: 0, limit: 100 }
  const { entries } = await world.core.directory.activity.page(question)
  return entries.map(({ type, detail }) => ({ type, ...detail }))
}

for (const engine of engines) {
  test(`${engine}: whoever may no longer impersonate does so no more, from the very next request on, on every node`, async () => {
    await using nodes = await openNodes(engine)
    const { worlds } = nodes
    const [world] = worlds
    assert.ok(world)
    await settleBystanders(world)
    const abel = (await world.core.directory.users.byClaim('username', 'abel'))?.id ?? ''
    await change(world, abel, { role: 'admin' })
    const signIn = async () =>
      (await pairOf(await logIn(world, { username: 'abel', password: bystandersPassword }))).accessToken
    const begin = async (token: string) => {
      const played = await impersonationOf(world, token, grace)
      assert.equal(await told(worlds, played), '200')
      return played
    }
    let session = await signIn()

    let played = await begin(session)
    await change(world, abel, { role: 'user' })
    assert.equal(await told(worlds, played), '401', 'by somebody who was demoted')
    await change(world, abel, { role: 'admin' })

    played = await begin(session)
    await change(world, abel, { status: 'inactive' })
    assert.equal(await told(worlds, played), '401', 'by somebody who was deactivated')
    await change(world, abel, { status: 'active' })
    assert.equal(await told(worlds, played), '401', 'whose sessions do not come back')

    session = await signIn()
    played = await begin(session)
    assert.equal((await world.fetch('/api/auth/logout', { method: 'POST', ...withToken(session) })).status, 200)
    assert.equal(await told(worlds, played), '401', 'by somebody who signed out')

    played = await begin(await signIn())
    assert.equal((await world.fetch(`/api/users/${abel}`, { method: 'DELETE', as: 'ada' })).status, 200)
    assert.equal(await told(worlds, played), '401', 'by somebody who was deleted')
  })

  test(`${engine}: nobody is impersonated who became an admin, changed their password, or is barred, on any node`, async () => {
    await using nodes = await openNodes(engine)
    const { worlds } = nodes
    const [world] = worlds
    assert.ok(world)
    const begin = async () => {
      const played = await impersonationOf(world, await world.token('ada'), grace)
      assert.equal(await told(worlds, played), '200')
      return played
    }

    let played = await begin()
    await change(world, grace, { role: 'admin' })
    assert.equal(await told(worlds, played), '401', 'an admin')
    await change(world, grace, { role: 'user' })

    played = await begin()
    const json = { currentPassword: cast.grace.password, newPassword }
    assert.equal((await world.fetch('/api/users/me/password', { method: 'PUT', as: 'grace', json })).status, 200)
    assert.equal(await told(worlds, played), '401', 'somebody with a new password')

    played = await begin()
    await change(world, grace, { status: 'inactive' })
    assert.equal(await told(worlds, played), '403', 'somebody inactive')
    await change(world, grace, { status: 'active' })

    played = await begin()
    for (const one of worlds) one.tick(limits.impersonationMs - 1000)
    assert.equal(await told(worlds, played), '200')
    for (const one of worlds) one.tick(1000)
    assert.equal(await told(worlds, played), '401', 'after a quarter of an hour')
  })
}

/** Whatever changes how somebody signs in, in every contract, with what it would take to succeed. */
const credentialDoors: readonly (readonly [method: string, path: string, json: object, status?: number])[] = [
  ['PUT', '/api/users/me/password', { currentPassword: cast.grace.password, newPassword }],
  ['PATCH', '/api/users/me', { email: 'evil@example.com' }, 400],
  ['PATCH', '/api/users/me', { username: 'evil' }],
  ['PUT', `/api/users/${grace}`, { username: 'evil', firstName: 'G' }],
  [
    'POST',
    '/api/users/batch',
    { atomic: true, operations: [{ op: 'update', id: grace, body: { username: 'evil' } }] },
    409,
  ],
  ['POST', '/api/users/batch', { atomic: true, operations: [{ op: 'delete', id: grace }] }, 409],
  ['POST', '/api/tokens', { name: 'A way back', permissions: ['users:read'] }],
  ['GET', '/api/tokens', {}],
  ['POST', '/api/auth/logout', {}],
  ['DELETE', '/api/users/me/sessions', {}],
  ['DELETE', `/api/users/${grace}/sessions`, {}],
  ['POST', `/api/users/${linus}/impersonation`, {}],
  ['POST', `/api/users/${ada}/impersonation`, {}],
  ['DELETE', `/api/users/${grace}`, {}],
  ['PATCH', '/redirect-manager/api/v1/users/password', { password: cast.grace.password, newPassword }],
  ['PUT', '/redirect-manager/api/v1/users/password', { password: cast.grace.password, newPassword }],
  ['POST', '/redirect-manager/api/v1/users/password', { password: cast.grace.password, newPassword }],
  ['POST', '/redirect-manager/api/v1/auth/logout', { allDevices: true }],
  ['DELETE', `/redirect-manager/api/v1/users/${grace}`, {}],
  ['PUT', '/racknap/api/users/password', { currentPassword: cast.grace.password, newPassword }],
  ['PUT', '/racknap/api/users/2/password', { newPassword }],
  ['DELETE', '/racknap/api/users/2', {}],
  ['PATCH', '/service-module/api/users/grace@example.com', { newPassword }],
  ['DELETE', '/service-module/api/users/grace@example.com', {}],
  ['PUT', '/express-gateway/users/grace@example.com', { email: 'evil@example.com' }],
  ['DELETE', '/express-gateway/users/grace@example.com', {}],
]

test('an impersonator changes nothing about how somebody signs in, by no door of any contract', async () => {
  await using world = await openWorld()
  const played = await impersonationOf(world, await world.token('ada'), grace)
  const before = await everythingStored(world)

  for (const [method, path, json, status = 403] of credentialDoors) {
    const headers = { ...withToken(played).headers, cookie: 'refreshToken=x' }
    const answer = await world.fetch(path, { method, headers, ...(/POST|PUT|PATCH/.test(method) && { json }) })
    assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(json)}`)
  }
  assert.deepEqual(await everythingStored(world), before)
  assert.equal((await logIn(world, { email: 'grace@example.com', password: cast.grace.password })).status, 200)
})

test('what an impersonator does is written down as theirs, and is no sign-in of the user', async () => {
  await using world = await openWorld()
  await world.token('grace')
  const before = await world.core.directory.users.byId(grace)
  world.tick(60_000)
  const played = await impersonationOf(world, await world.token('ada'), grace)
  const json = { firstName: 'Amazing' }
  assert.equal((await world.fetch('/api/users/me', { method: 'PATCH', json, ...withToken(played) })).status, 200)

  const [changed, begun, ...earlier] = await detailsOf(world, grace)

  assert.deepEqual([changed?.type, changed?.actor, changed?.impersonating], ['updated', ada, true])
  assert.deepEqual([begun?.type, begun?.actor, begun?.impersonating], ['impersonated', ada, undefined])
  assert.ok(earlier.every(({ impersonating }) => impersonating === undefined))
  assert.equal((await world.core.directory.users.byId(grace))?.lastLoginAtMs, before?.lastLoginAtMs)
  const own = await (await world.fetch('/api/users/me/activity', withToken(played))).text()
  assert.doesNotMatch(own, /"ip":"[^"]*","userAgent":"[^"]*","actor":"01900000-0000-7000-8000-000000000001"/)
})

test('the token says who acts; without that, or with another name there, it is none', async () => {
  await using world = await openWorld()
  const played = await impersonationOf(world, await world.token('ada'), grace)
  const forge = await openForge(world)
  const [, claims] = forge.parts(played)
  const [, own] = forge.parts(await world.token('grace'))
  assert.deepEqual(claims.act, { sub: ada })
  assert.equal(claims.sub, grace)
  assert.equal(own.act, undefined)
  assert.equal(await told([world], forge.token(claims)), '200', 'made as ours are made')

  const { act: _, ...unsaid } = claims
  for (const forged of [
    unsaid,
    { ...claims, act: { sub: linus } },
    { ...claims, act: { sub: grace } },
    { ...claims, act: {} },
    { ...claims, act: { sub: null } },
    { ...claims, act: null },
    { ...claims, act: ada },
    { ...claims, act: [{ sub: ada }] },
    { ...claims, sub: linus },
    { ...claims, sub: ada, act: { sub: grace } },
    { ...own, act: { sub: ada } },
    { ...own, act: { sub: grace } },
    { ...own, sub: ada, act: { sub: grace } },
  ]) {
    for (const path of [
      '/api/users/me',
      '/api/users',
      '/express-gateway/users',
      '/redirect-manager/api/v1/users',
      '/racknap/api/users/2',
    ])
      assert.equal((await world.fetch(path, withToken(forge.token(forged)))).status, 401, JSON.stringify(forged))
  }
  assert.equal(await told([world], played), '200')
})

test('nobody begins to impersonate but an admin in person, whatever they hold', async () => {
  await using world = await openWorld()
  const bystanders = await settleBystanders(world)
  const ask = (token: string, id: string) =>
    world.fetch(`/api/users/${id}/impersonation`, { method: 'POST', ...withToken(token) }).then(({ status }) => status)
  const script = (await apiTokenOf(world, 'ada', ['users:read', 'users:list', 'users:update', 'users:roles'])).token
  const played = await impersonationOf(world, await world.token('ada'), grace)
  const { api_tokens: _, ...before } = await everythingStored(world)

  for (const token of [script, played, await world.token('grace'), await world.token('linus')])
    for (const id of [ada, grace, linus, bystanders.active.id, 'nobody']) assert.equal(await ask(token, id), 403)
  const admin = await world.token('ada')
  for (const [id, status] of [
    [ada, 403],
    [ada.toUpperCase(), 403],
    [bystanders.inactive.id, 403],
    [bystanders.pending.id, 403],
    [bystanders.deleted.id, 404],
  ] as const)
    assert.equal(await ask(admin, id), status, id)
  const { api_tokens: __, ...after } = await everythingStored(world)
  assert.deepEqual(after, before)
})

test('an impersonator uses up their own rate limits, and does not repeat the requests of the user', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_USERS_UPDATE: '2' } })
  const played = await impersonationOf(world, await world.token('ada'), grace)
  const update = (token: string) =>
    world
      .fetch('/api/users/me', { method: 'PATCH', json: { firstName: 'G' }, ...withToken(token) })
      .then(({ status }) => status)
  const told = [await update(played), await update(played), await update(played)]
  assert.deepEqual(told, [200, 200, 429])
  assert.equal(await update(await world.token('grace')), 200)

  const keyed = (token: string, name: string) => {
    const operations = [{ op: 'update', id: grace, body: { firstName: name } }]
    const headers = { ...withToken(token).headers, 'idempotency-key': 'one' }
    return world.fetch('/api/users/batch', { method: 'POST', headers, json: { atomic: true, operations } })
  }
  assert.equal((await keyed(await world.token('grace'), 'Hers')).status, 200)
  assert.equal((await keyed(played, 'Theirs')).status, 200, 'and not 422: the key is not the same')
})

interface Claims extends Record<string, unknown> {
  readonly sub?: string
  readonly act?: unknown
}

/** Signs as we would. */
async function openForge(world: World) {
  const [key] = await signingKeys(world.directory.engine.here)
  if (key === undefined) throw new Error('the world signs nothing')
  const privateKey = createPrivateKey({ key: JSON.parse(key.privateJwk), format: 'jwk' })
  const parts = (token: string) =>
    token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString())) as [Claims, Claims]
  const [header] = parts(await world.token('ada'))
  const written = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    parts,
    token(claims: Claims): string {
      const text = `${written(header)}.${written(claims)}`
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
    },
  }
}
