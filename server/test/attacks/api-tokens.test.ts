import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../../src/core/limits.ts'
import { grantableBy } from '../../src/core/permissions.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { cast } from '../cast.ts'
import { openNodes } from '../nodes.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { withToken } from './doors.ts'

const grace = cast.grace.user.id
const all = grantableBy('admin')
const list = ['/api/users', '/express-gateway/users'] as const
const minute = 60_000

/** What the token is told at the doors that list users, on every node; they have to agree. */
async function told(worlds: readonly World[], token: string): Promise<string> {
  const statuses = new Set<number>()
  for (const world of worlds) for (const path of list) statuses.add((await world.fetch(path, withToken(token))).status)
  return [...statuses].join(' and ')
}

async function change(world: World, json: object): Promise<void> {
  assert.equal((await world.fetch(`/api/users/${grace}`, { method: 'PATCH', as: 'ada', json })).status, 200)
}

for (const engine of engines) {
  test(`${engine}: a token never outlives what it was lent from, and is refused on the very next request on every node`, async () => {
    await using nodes = await openNodes(engine)
    const { worlds } = nodes
    const [world] = worlds
    assert.ok(world)
    await change(world, { role: 'admin' })
    const fresh = async () => (await apiTokenOf(world, 'grace', ['users:list', 'users:read'])).token
    const token = await fresh()
    assert.equal(await told(worlds, token), '200')

    await change(world, { role: 'user' })
    assert.equal(await told(worlds, token), '403', 'of somebody who was demoted')
    await change(world, { role: 'admin' })
    assert.equal(await told(worlds, token), '200', 'of somebody who was promoted again')
    await change(world, { status: 'inactive' })
    assert.equal(await told(worlds, token), '403', 'of somebody who was deactivated')
    await change(world, { status: 'active' })
    assert.equal(await told(worlds, token), '200', 'of somebody who was let in again')

    const reset = { method: 'PATCH', as: 'ada', json: { newPassword: 'another-one' } } as const
    assert.equal((await world.fetch('/service-module/api/users/grace@example.com', reset)).status, 204)
    assert.equal(await told(worlds, token), '401', 'of somebody whose password was reset')
  })

  test(`${engine}: of fifty who revoke a token at once one does, and it opens no door of any contract on any node`, async () => {
    await using nodes = await openNodes(engine)
    const { worlds } = nodes
    const [world] = worlds
    assert.ok(world)
    const { id, token } = await apiTokenOf(world, 'ada', all)
    assert.equal(await told(worlds, token), '200')

    const revoke = (n: number) =>
      (worlds[n % worlds.length] ?? world).fetch(`/api/tokens/${id}`, { method: 'DELETE', as: 'ada' })
    await Promise.all(worlds.map((one) => one.token('ada')))
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => revoke(n)))

    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(49).fill(404)])
    for (const one of worlds) {
      for (const path of [...list, '/redirect-manager/api/v1/users', '/api/users/me'])
        assert.equal((await one.fetch(path, withToken(token))).status, 401, path)
      const body = { method: 'POST', json: { email: 'x@example.com', password: 'long enough' }, ...withToken(token) }
      assert.equal((await one.fetch('/service-module/api/users', body)).status, 401)
    }
  })

  test(`${engine}: a token goes with its owner, and does not come back with them; one that is over goes by itself`, async () => {
    await using nodes = await openNodes(engine)
    const { worlds } = nodes
    const [world] = worlds
    assert.ok(world)
    await change(world, { role: 'admin' })
    const { token } = await apiTokenOf(world, 'grace', ['users:list'])
    const { token: adas } = await apiTokenOf(world, 'ada', ['users:list'])
    assert.equal(await told(worlds, token), '200')

    assert.equal((await world.fetch(`/api/users/${grace}`, { method: 'DELETE', as: 'ada' })).status, 200)
    assert.equal(await told(worlds, token), '401')
    assert.equal((await world.fetch(`/api/users/${grace}/restore`, { method: 'POST', as: 'ada' })).status, 200)
    assert.equal(await told(worlds, token), '401')

    assert.equal(await told(worlds, adas), '200')
    for (const one of worlds) one.tick(24 * 60 * minute)
    assert.equal(await told(worlds, adas), '401')
  })

  test(`${engine}: of sixty tokens that are made at once as many are as anybody may have; those that are over make room`, async () => {
    await using world = await openWorld({ engine })
    await world.token('linus')
    const expiresAt = new Date(world.core.clock() + minute).toISOString()
    const json = { name: 'one of many', permissions: ['users:read'], expiresAt }
    const make = () => world.fetch('/api/tokens', { method: 'POST', as: 'linus', json })

    const made = await Promise.all(Array.from({ length: limits.apiTokensPerUserMax + 10 }, make))

    const refused = made.filter(({ status }) => status !== 201)
    assert.equal(refused.length, 10)
    assert.match((await refused[0]?.text()) ?? '', /"TOO_MANY_TOKENS"/)
    world.tick(minute)
    assert.equal((await make()).status, 400, 'its end is over, too')
    Object.assign(json, { expiresAt: new Date(world.core.clock() + minute).toISOString() })
    assert.equal((await make()).status, 201)
    const listed = await world.fetch('/api/tokens', { as: 'linus' })
    assert.match(await listed.text(), /"total":1\}/)
  })

  test(`${engine}: a use is noted once a minute, and nothing that is remembered of the owner is forgotten for it`, {
    timeout: minute,
  }, async () => {
    await using world = await openWorld({ engine })
    const { token } = await apiTokenOf(world, 'grace', ['users:read'])
    const tag = async () => (await world.fetch('/api/users/me', withToken(token))).headers.get('etag')
    const notedAt = async () => {
      const listed = await (await world.fetch('/api/tokens', { as: 'grace' })).json()
      return (listed as { data: { lastUsedAt: string | null }[] }).data[0]?.lastUsedAt
    }
    const first = await tag()
    const firstAt = new Date(world.core.clock()).toISOString()
    while ((await notedAt()) !== firstAt);

    world.tick(minute - 1)
    await tag()
    world.tick(1)
    assert.equal(await tag(), first)
    const nextAt = new Date(world.core.clock()).toISOString()
    let seen = await notedAt()
    while (seen === firstAt) seen = await notedAt()
    assert.equal(seen, nextAt, 'and not the one within the minute')
  })
}

test('whoever loses the session or the right while a token is being made gets none', async () => {
  await using world = await openWorld()
  const { core } = world
  const made = () => core.directory.apiTokens.page({ userId: grace, offset: 0, limit: 10 })
  await change(world, { role: 'admin' })
  const ask = (permissions: string[]) =>
    world.fetch('/api/tokens', { method: 'POST', as: 'grace', json: { name: 'late', permissions } })
  await world.token('grace')
  const before = (happen: () => Promise<unknown>) => {
    const { commit } = core
    Object.assign(core, {
      commit: async (...call: Parameters<typeof commit>) => {
        Object.assign(core, { commit })
        await happen()
        return commit(...call)
      },
    })
  }

  before(() => change(world, { role: 'user' }))
  assert.equal((await ask(['users:list'])).status, 403)
  before(() => world.fetch('/api/auth/logout', { method: 'POST', as: 'grace' }))
  assert.equal((await ask(['users:read'])).status, 401)
  assert.equal((await made()).total, 0)
})

test('a token does not make its holder more than it says, nor the owner somebody else', async () => {
  await using world = await openWorld()
  const ask = (token: string, method: string, path: string, json: object) =>
    world.fetch(path, { method, json, ...withToken(token) }).then(({ status }) => status)
  const newcomer = { email: 'new@example.com', password: 'Lighthouse-Keeper-77!', firstName: 'N', lastName: 'C' }
  const makes = (await apiTokenOf(world, 'ada', ['users:create'])).token
  const edits = (await apiTokenOf(world, 'ada', ['users:read', 'users:list', 'users:update'])).token
  const rules = (await apiTokenOf(world, 'ada', all)).token

  for (const role of ['admin', 'viewer'])
    assert.equal(await ask(makes, 'POST', '/api/users', { ...newcomer, role }), 403)
  assert.equal(await ask(makes, 'POST', '/api/users', newcomer), 201)
  for (const json of [{ role: 'admin' }, { status: 'inactive' }, { email: 'evil@example.com' }, { attributes: {} }])
    assert.equal(await ask(edits, 'PATCH', `/api/users/${grace}`, json), 403, JSON.stringify(json))
  assert.equal(await ask(edits, 'PATCH', `/api/users/${grace}`, { firstName: 'G' }), 200)
  const batch = { atomic: false, operations: [{ op: 'update', id: grace, body: { role: 'admin' } }] }
  const done = await world.fetch('/api/users/batch', { method: 'POST', json: batch, ...withToken(edits) })
  assert.match(await done.text(), /"status":403/)

  for (const own of [
    '/api/users/me',
    `/api/users/${cast.ada.user.id}`,
    `/api/users/${cast.ada.user.id.toUpperCase()}`,
  ]) {
    assert.equal(await ask(rules, 'PATCH', own, { email: 'evil@example.com' }), 403, own)
    assert.equal(await ask(rules, 'PATCH', own, { username: 'evil' }), 403, own)
    assert.equal(await ask(rules, 'PATCH', own, { email: 'ada@example.com', lastName: 'L' }), 200, own)
  }
  const gateway = '/express-gateway/users/ada@example.com'
  assert.equal(await ask(rules, 'PUT', gateway, { email: 'evil@example.com' }), 403)
  const { email, username } = (await world.core.directory.users.byId(cast.ada.user.id)) ?? {}
  assert.deepEqual([email, username], ['ada@example.com', null])
})

test('what looks like a token and is none is refused in the same bytes, and counts like every bad token', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_FAILED_AUTHENTICATION: '8' } })
  await using elsewhere = await openWorld()
  const { id, token } = await apiTokenOf(world, 'grace', ['users:read'])
  const foreign = (await apiTokenOf(elsewhere, 'grace', ['users:read'])).token
  const digest = world.core.apiTokens.digestOf(token)
  const bad = [`roster_${id}`, `roster_${digest}`, `${token}x`, token.toLowerCase(), foreign, token.replace('_', '-')]

  const said = new Set<string>()
  for (const one of bad) {
    const answer = await world.fetch('/api/users/me', withToken(one))
    said.add(`${answer.status} ${await answer.text()}`)
  }
  assert.deepEqual([...said].length, 1, [...said].join('\n'))
  assert.match([...said].join(), /^401 /)
  assert.equal((await world.fetch('/api/users/me', withToken(token))).status, 200)
  for (const one of bad.slice(0, 2)) await world.fetch('/api/users/me', withToken(one))
  assert.equal((await world.fetch('/api/users/me', withToken(token))).status, 429)
  assert.equal((await fetch(`${world.url}/api/users/me?access_token=${token}`)).status, 429)
})

test('nobody is shown a token, a digest, or the tokens of somebody else, however they ask', async () => {
  await using world = await openWorld()
  const { id, token } = await apiTokenOf(world, 'grace', ['users:read'])
  const secrets = [token, token.slice(7), world.core.apiTokens.digestOf(token) ?? '']
  const ada = cast.ada.user.id
  const asked: [as: 'ada' | 'grace' | 'linus', path: string, status: number][] = [
    ['grace', '/api/tokens', 200],
    ['ada', `/api/tokens?userId=${grace.toUpperCase()}`, 200],
    ['ada', '/api/users/me/activity', 200],
    ['ada', `/api/users/${grace}/activity`, 200],
    ['grace', '/api/tokens?fields=token,digest', 400],
    ['grace', `/api/tokens?userId=${grace}&userId=${ada}`, 400],
    ['grace', `/api/tokens?userId=${ada}`, 403],
    ['linus', `/api/tokens?userId=${grace}`, 403],
    ['linus', '/api/tokens?userId=*', 403],
    ['linus', `/api/tokens?user_id=${grace}`, 400],
    ['ada', `/api/tokens/${id}`, 405],
  ]

  for (const [as, path, status] of asked) {
    const answer = await world.fetch(path, { as })
    assert.equal(answer.status, status, `${as} ${path}`)
    const body = await answer.text()
    for (const secret of secrets) assert.equal(body.includes(secret), false, `${as} ${path}`)
    if (as === 'linus') assert.equal(body.includes(id), false, path)
  }
  for (const secret of secrets) assert.equal(world.logged.join().includes(secret), false)
})
