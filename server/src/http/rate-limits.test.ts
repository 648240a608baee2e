import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RateLimiterMemory } from '#rate-limiter-flexible'
import type { Actor } from '../core/actor.ts'
import type { UserId } from '../core/users/user.ts'
import { trustProxies } from './addresses.ts'
import { get, post } from './contract.ts'
import { openRateLimits } from './rate-limits.ts'
import { cast, echo, memoryLimits, openToyServer, toyContract } from './testing/toys.ts'

const rates = { 'users-list': { points: 3, seconds: 60 }, other: { points: 5, seconds: 60 } }
const routes = [
  get('/users', echo, { needs: 'users:list', answers: [200], limit: 'users-list' }),
  get('/teams', echo, { needs: 'users:list', answers: [200], limit: 'users-list' }),
  get('/me', echo, { needs: 'session', answers: [200] }),
  post('/open', echo, { needs: 'nobody', answers: [200], body: 'json' }),
]
const contract = toyContract('eg', '/', routes, { limit: 'other' })
const open = () => openToyServer([contract], { rateLimits: memoryLimits(rates) })

test('every limited answer says what is left, and when there is more', async () => {
  await using server = await open()
  const answers = [
    await server.fetch('/users', { as: 'ada' }),
    await server.fetch('/users', { as: 'ada', method: 'HEAD' }),
    await server.fetch('/teams', { as: 'ada' }),
    await server.fetch('/users', { as: 'ada' }),
  ]

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 429],
  )
  for (const [index, { headers }] of answers.entries()) {
    assert.equal(headers.get('ratelimit-policy'), '"users-list";q=3;w=60')
    assert.match(headers.get('ratelimit') ?? '', new RegExp(`^"users-list";r=${Math.max(0, 2 - index)};t=(60|59)$`))
  }
  assert.match(answers[3]?.headers.get('retry-after') ?? '', /^(60|59)$/)
  assert.equal(answers[0]?.headers.get('retry-after'), null)
})

test('each caller and each bucket counts for itself', async () => {
  await using server = await open()
  for (let count = 0; count < 4; count += 1) await server.fetch('/users', { as: 'ada' })

  assert.equal((await server.fetch('/users', { as: 'ada' })).status, 429)
  assert.equal((await server.fetch('/users', { as: 'grace' })).status, 403)
  const other = await server.fetch('/me', { as: 'ada' })
  assert.equal(`${other.status} ${other.headers.get('ratelimit')?.slice(0, 11)}`, '200 "other";r=4')
})

test('a refused request counts, and is refused before its permission is', async () => {
  await using server = await open()
  const statuses = []
  for (let count = 0; count < 5; count += 1) statuses.push((await server.fetch('/users', { as: 'grace' })).status)

  assert.deepEqual(statuses, [403, 403, 403, 429, 429])
})

test('strangers share the bucket of their address, and of their /64', async () => {
  await using server = await openToyServer([contract], {
    rateLimits: memoryLimits(rates),
    proxies: trustProxies(['127.0.0.1']),
  })
  const ask = (ip: string) => server.fetch('/open', { method: 'POST', headers: { 'x-forwarded-for': ip } })
  for (let count = 0; count < 5; count += 1) assert.equal((await ask(`2001:db8::${count}`)).status, 200)

  for (const ip of ['2001:DB8:0:0:5::', '1.1.1.1, 2001:db8::7', '[2001:db8::8]:80'])
    assert.equal((await ask(ip)).status, 429, ip)
  for (const ip of ['2001:db8:0:1::', '192.0.2.1']) assert.equal((await ask(ip)).status, 200, ip)
})

test('many requests at once take no more than the bucket holds', async () => {
  await using server = await open()
  const answers = await Promise.all(Array.from({ length: 20 }, () => server.fetch('/users', { as: 'ada' })))

  assert.equal(answers.filter(({ status }) => status === 200).length, 3)
})

test('a sliding bucket lets no more through in any stretch as long as its window, and says when there is room', async (t) => {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 })
  t.mock.method(performance, 'now', () => Date.now())
  const bucket = memoryLimits({ few: { points: 3, seconds: 60, sliding: true } }).bucket('eg', 'few')
  const take = async (ip = '192.0.2.1') => {
    const { refusal, headers } = await bucket.take({ kind: 'stranger', origin: { ip, userAgent: null } })
    assert.deepEqual(headers, {})
    return refusal?.retryAfterSeconds ?? 'taken'
  }
  const at = async (seconds: number, calls: number) => {
    t.mock.timers.tick(seconds * 1000 - Date.now())
    const told = []
    for (let call = 0; call < calls; call += 1) told.push(await take())
    return told
  }

  assert.deepEqual(await at(1, 1), ['taken'])
  assert.deepEqual(await at(31, 3), ['taken', 'taken', 30])
  assert.deepEqual(await at(60, 2), [1, 1])
  assert.equal(await take('192.0.2.2'), 'taken', 'each address counts for itself')
  assert.deepEqual(await at(61, 2), ['taken', 30])
  assert.deepEqual(await at(90, 1), [1])
  assert.deepEqual(await at(91, 3), ['taken', 'taken', 30])
  assert.deepEqual(await at(200, 4), ['taken', 'taken', 'taken', 60])
})

test('of many strangers at once from one address as many get a place as there are', async () => {
  const bucket = memoryLimits({ few: { points: 3, seconds: 60, sliding: true } }).bucket('eg', 'few')
  const actor: Actor = { kind: 'stranger', origin: { ip: '192.0.2.1', userAgent: null } }

  const takings = await Promise.all(Array.from({ length: 20 }, () => bucket.take(actor)))

  assert.equal(takings.filter(({ refusal }) => refusal === null).length, 3)
})

test('where strangers are counted every call without a token that stands counts, before anything else is said of it', async () => {
  const pending = { id: '018f0000-0000-7000-8000-00000000feed' as UserId, role: 'admin', status: 'pending' } as const
  const limited = toyContract('sm', '/', routes, { limit: 'other', strangersLimit: 'few' })
  for (const as of ['', 'junk', 'pending']) {
    await using server = await openToyServer([limited], {
      rateLimits: memoryLimits({ ...rates, few: { points: 2, seconds: 60, sliding: true } }),
      people: { ...cast, pending },
    })
    const ask = async (path: string, who = as) => {
      const answer = await server.fetch(path, { as: who, method: path === '/open' ? 'POST' : 'GET' })
      return answer.status
    }

    const known = [await ask('/users', 'ada'), await ask('/users', 'grace'), await ask('/open', 'ada')]
    const unknown = [await ask('/open'), await ask('/me'), await ask('/open'), await ask('/me'), await ask('/users')]
    const knownStill = [await ask('/open', 'ada'), await ask('/me', 'linus'), await ask('/users', 'ada')]

    assert.deepEqual(known, [200, 403, 200], as)
    assert.deepEqual(unknown, [200, as === 'pending' ? 403 : 401, 429, 429, 429], as)
    assert.deepEqual(knownStill, [200, 200, 200], as)
  }
})

test('a bucket that nobody set refuses to open', () => {
  for (const name of ['nope', 'toString', '__proto__']) {
    assert.throws(() => memoryLimits(rates).bucket('eg', name), /eg names a rate limit that nobody set/)
  }
})

test('a limiter that is broken is a fault, not a free pass', async () => {
  class Broken extends RateLimiterMemory {
    override consume() {
      return Promise.reject(new Error('away'))
    }
  }
  const limiter = () => new Broken({ points: 1, duration: 1 })
  const limits = openRateLimits({ rates, failedAuthentications: { points: 1, seconds: 1 }, limiter })
  const actor: Actor = { kind: 'stranger', origin: { ip: null, userAgent: null } }

  await assert.rejects(limits.bucket('eg', 'other').take(actor), /away/)
  await assert.rejects(limits.failures.note('x', 0), /away/)
})

test('limits that are off say nothing', async () => {
  await using server = await openToyServer([contract])
  const answer = await server.fetch('/users', { as: 'ada' })

  assert.equal(answer.headers.get('ratelimit'), null)
})
