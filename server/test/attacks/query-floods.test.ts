import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cpuMsOf, isWithin } from '../timing.ts'
import { openWorld } from '../world.ts'
import { knock } from './knock.ts'

test('a query of thousands of keys is answered shortly, and at little cost', async () => {
  await using world = await openWorld()
  const authorization = `Bearer ${await world.token('linus')}`
  const flood = Array.from({ length: 4000 }, (_, n) => n.toString(36)).join('&')

  for (const path of ['/api/users/me', '/api/users/me/activity']) {
    const asked = { method: 'GET', path: `${path}?${flood}`, headers: { authorization } }
    const tookMs = await cpuMsOf(async () => {
      const { status, body } = await knock(world.roster.port, asked)
      assert.equal(status, 400)
      assert.ok(body.length < 20_000, `${body.length} characters`)
    })
    assert.ok(isWithin(tookMs, 100), `${tookMs} ms`)
  }
})
