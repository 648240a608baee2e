import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange } from '../../src/http/testing/raw-http.ts'
import { openWorld } from '../world.ts'

test('a request with two hosts, or one that is none, is bad (RFC 9112, section 3.2)', async () => {
  await using world = await openWorld({ settings: { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' } })

  for (const port of [world.roster.port, world.roster.expressGatewayPort ?? 0]) {
    for (const hosts of ['host: localhost\r\nhost: evil.example', 'host: evil.example\r\nhost: localhost']) {
      const { status } = await exchange(port, `GET /users HTTP/1.1\r\n${hosts}\r\nconnection: close\r\n\r\n`)
      assert.equal(status, 400)
    }
  }
})

test('in development a page that came by a name of its own is turned away', async () => {
  await using world = await openWorld()
  const body = '{"email":"ada@example.com","password":"Analytical-Engine-1843"}'
  const head = 'content-type: application/json\r\nconnection: close'
  const text = `POST /api/auth/login HTTP/1.1\r\nhost: evil.example:3001\r\norigin: http://evil.example:3001\r\n${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`

  assert.equal((await exchange(world.roster.port, text)).status, 403)
})
