import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../world.ts'
import { knock } from './knock.ts'

test('a query of thousands of keys is answered shortly, and at little cost', async () => {
  await using world = await openWorld()
  const authorization = `Bearer ${await world.token('linus')}`
  const flood = Array.from({ length: 4000 }, (_, n) => n.toString(36)).join('&')

  for (const path of ['/api/users/me', '/api/users/me/activity']) {
    const before = process.cpuUsage()
    const { status, body } = await knock(world.roster.port, {
      method: 'GET',
      path: `${path}?${flood}`,
      headers: { authorization },
    })
    const { user, system } = process.cpuUsage(before)
    assert.equal(status, 400)
    assert.ok(body.length < 20_000, `${body.length} characters`)
    assert.ok((user + system) / 1000 < 100, `${(user + system) / 1000} ms`)
  }
})
