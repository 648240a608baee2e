import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../../test/cast.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'

const tokenCall = '/service-module/api/auth/token'
const users = '/service-module/api/users'
const grace = `${users}/grace@example.com`
const limited = { RATE_LIMITS: 'on' }
const login = { email: cast.linus.user.email, password: cast.linus.password }

/** Calls of somebody who has no token that stands; none of them costs a hash. */
const strange: readonly ((world: World) => Promise<Response>)[] = [
  (world) => world.fetch(tokenCall, { method: 'POST', json: {} }),
  (world) => world.fetch(tokenCall, { method: 'POST', json: {}, headers: { authorization: 'Bearer nonsense' } }),
  (world) => world.fetch(users, { method: 'POST', json: {} }),
  (world) => world.fetch(grace, { method: 'PUT', json: {}, headers: { authorization: 'Basic YTpi' } }),
  (world) => world.fetch(grace, { method: 'DELETE', headers: { authorization: 'Bearer a.b.c' } }),
]

for (const engine of engines) {
  test(`${engine}: of the calls without a token that stands ten in a minute are served`, async () => {
    await using world = await openWorld({ engine, settings: limited })
    const [ada, graces] = [await world.token('ada'), await world.token('grace')]
    assert.equal((await update(world, { status: 'Inactive' })).status, 204)
    const withdrawn = () => world.fetch(users, { method: 'POST', json: {}, headers: bearer(graces) })

    const served = [await withdrawn(), await world.fetch(tokenCall, { method: 'POST', json: login })]
    for (let n = 2; n < 10; n += 1) served.push(await strangers(world, n))
    const refused = [await withdrawn(), await world.fetch(tokenCall, { method: 'POST', json: login })]
    for (const ask of strange) refused.push(await ask(world))
    refused.push(await world.fetch('/service-module/openapi.json'))

    assert.deepEqual(served.map(({ status }) => status).sort(), [200, 400, 400, ...new Array<number>(7).fill(401)])
    for (const answer of refused) await isTurnedAway(answer)
    const known = await world.fetch(tokenCall, { method: 'POST', json: login, headers: bearer(ada) })
    assert.equal(known.status, 200, 'whoever has a token is served where the address has no call left')
    assert.equal((await update(world, { status: 'Active' })).status, 204)
    assert.equal((await world.fetch(grace, { method: 'DELETE', as: 'linus' })).status, 403)
  })

  test(`${engine}: a call with a token that stands takes nothing from what the address has`, async () => {
    await using world = await openWorld({ engine, settings: { ...limited, SERVICE_MODULE_ANONYMOUS_LIMIT: '2' } })

    for (let n = 0; n < 6; n += 1) {
      assert.equal((await update(world, {})).status, 400)
      assert.equal((await world.fetch(grace, { method: 'DELETE', as: 'linus' })).status, 403)
      assert.equal((await world.fetch(tokenCall, { method: 'POST', as: 'linus', json: {} })).status, 400)
    }

    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await strangers(world, n)).status)
    assert.deepEqual(statuses, [400, 400, 429])
  })

  test(`${engine}: of many strange calls at once as many are served as there are places`, async () => {
    await using world = await openWorld({ engine, settings: limited })

    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => strangers(world, n)))

    assert.equal(answers.filter(({ status }) => status !== 429).length, 10)
  })
}

test('two nodes count an address together', async () => {
  await using near = await openWorld({ engine: 'postgres', settings: limited })
  await using far = await openWorld({ engine: 'postgres', settings: limited, beside: near })

  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => strangers(n % 2 === 0 ? near : far, n % 5)))

  assert.equal(answers.filter(({ status }) => status !== 429).length, 10)
  const known = await far.fetch(tokenCall, { method: 'POST', as: 'linus', json: {} })
  assert.equal(known.status, 400)
})

test('each address counts for itself, and no header makes a caller another', async () => {
  const settings = {
    ...limited,
    SERVICE_MODULE_ANONYMOUS_LIMIT: '1',
    TRUST_PROXY: '127.0.0.1',
    DEVELOPMENT_ON_NETWORK: 'yes',
  }
  await using world = await openWorld({ settings })
  const from = async (address: string, headers: Record<string, string> = {}) => {
    const sent = { ...headers, 'x-forwarded-for': address }
    return (await world.fetch(tokenCall, { method: 'POST', json: {}, headers: sent })).status
  }

  assert.deepEqual([await from('192.0.2.1'), await from('192.0.2.2'), await from('2001:db8::1')], [400, 400, 400])
  for (const again of ['192.0.2.1', '203.0.113.9, 192.0.2.1', '2001:db8::ffff']) {
    assert.equal(await from(again, { 'user-agent': 'another', forwarded: 'for=192.0.2.77' }), 429, again)
  }
})

test('what this contract counts is counted in no other, and the limit can be turned off', async () => {
  await using world = await openWorld({ settings: { ...limited, SERVICE_MODULE_ANONYMOUS_LIMIT: '1' } })
  await using open = await openWorld({ settings: { SERVICE_MODULE_ANONYMOUS_LIMIT: '1' } })
  for (const ask of strange) await ask(world)

  assert.equal((await world.fetch('/api/users')).status, 401)
  assert.equal((await world.fetch('/api/auth/login', { method: 'POST', json: login })).status, 200)
  for (const ask of strange) assert.notEqual((await ask(open)).status, 429)
})

function strangers(world: World, n: number): Promise<Response> {
  const ask = strange[n % strange.length]
  assert.ok(ask)
  return ask(world)
}

function update(world: World, json: object): Promise<Response> {
  return world.fetch(grace, { method: 'PUT', as: 'ada', json })
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

async function isTurnedAway(answer: Response) {
  assert.deepEqual([answer.status, await answer.text()], [429, ''])
  const seconds = Number(answer.headers.get('retry-after'))
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `Retry-After: ${seconds}`)
}

test('calls for which there is no route count, too', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', SERVICE_MODULE_ANONYMOUS_LIMIT: '3' } })
  const ask = (as?: 'ada') => world.fetch('/service-module/api/nothing', as === undefined ? {} : { as })

  const statuses = [await ask(), await ask('ada'), await ask(), await ask(), await ask(), await ask('ada')]

  assert.deepEqual(
    statuses.map(({ status }) => status),
    [404, 404, 404, 404, 429, 404],
  )
  const barred = await world.fetch('/service-module/api/users')
  assert.deepEqual([barred.status, await barred.text()], [429, ''])
})
