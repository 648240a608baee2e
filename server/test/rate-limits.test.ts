import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from './cast.ts'
import { openWorld, type World } from './world.ts'

/** The rows of the house document, and how each is called. */
const documented: readonly { bucket: string; limit: number; ask: (world: World, n: number) => Promise<Response> }[] = [
  { bucket: 'users-list', limit: 100, ask: (world) => world.fetch('/api/users', { as: 'ada' }) },
  {
    bucket: 'users-create',
    limit: 10,
    ask: (world) => world.fetch('/api/users', { method: 'POST', as: 'ada', json: {} }),
  },
  {
    bucket: 'users-update',
    limit: 20,
    ask: (world, n) =>
      world.fetch(n % 2 === 0 ? '/api/users/me' : `/api/users/${cast.grace.user.id}`, {
        method: n % 3 === 0 ? 'PATCH' : 'PUT',
        as: 'ada',
        json: {},
      }),
  },
  {
    bucket: 'users-delete',
    limit: 5,
    ask: (world, n) =>
      world.fetch(`/api/users/00000000-0000-4000-8000-00000000000${n}`, { method: 'DELETE', as: 'ada' }),
  },
]

for (const { bucket, limit, ask } of documented) {
  test(`after ${limit} calls in a minute the bucket ${bucket} is empty, and says when it is full again`, async () => {
    await using world = await openWorld({ settings: { RATE_LIMITS: 'on' } })
    for (let n = 1; n <= limit; n += 1) {
      const answer = await ask(world, n % 10)
      assert.notEqual(answer.status, 429, `call ${n}`)
      assert.equal(answer.headers.get('ratelimit-policy'), `"${bucket}";q=${limit};w=60`)
      assert.match(answer.headers.get('ratelimit') ?? '', new RegExp(`^"${bucket}";r=${limit - n};t=\\d+$`))
      await answer.arrayBuffer()
    }

    const refused = await ask(world, 0)

    assert.equal(refused.status, 429)
    const body = (await refused.json()) as { error: { code: string }; status: number }
    assert.deepEqual([body.error.code, body.status], ['RATE_LIMIT_EXCEEDED', 429])
    const seconds = Number(refused.headers.get('retry-after'))
    assert.ok(seconds >= 1 && seconds <= 60, `Retry-After: ${seconds}`)
    const other = await world.fetch('/api/users/me', { as: 'ada' })
    assert.equal(other.status, 200, 'another bucket is not touched')
  })
}

test('callers do not share a bucket, and nothing in a request makes a second one for the same caller', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_USERS_UPDATE: '3' } })
  const update = (as: 'ada' | 'grace', headers: Record<string, string> = {}) =>
    world.fetch('/api/users/me', { method: 'PUT', as, json: {}, headers })
  for (let n = 0; n < 3; n += 1) assert.equal((await update('ada')).status, 200)

  assert.equal((await update('ada')).status, 429)
  assert.equal((await update('ada', { 'user-agent': 'another', 'x-client': '2' })).status, 429)
  assert.equal((await update('grace')).status, 200)
})

test('doors for strangers are limited by address', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_AUTH: '4' } })
  const statuses: number[] = []
  for (let n = 0; n < 5; n += 1) {
    statuses.push(
      (await world.fetch('/api/auth/refresh', { method: 'POST', json: { refreshToken: `made-up-${n}` } })).status,
    )
  }

  assert.deepEqual(statuses, [401, 401, 401, 401, 429])
})
