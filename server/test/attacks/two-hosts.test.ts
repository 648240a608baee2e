import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange } from '../../src/http/testing/raw-http.ts'
import { openWorld } from '../world.ts'

test('a request with two hosts is bad (RFC 9112, section 3.2)', async () => {
  await using world = await openWorld({ settings: { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' } })

  for (const port of [world.roster.port, world.roster.expressGatewayPort ?? 0]) {
    for (const hosts of ['host: localhost\r\nhost: evil.example', 'host: evil.example\r\nhost: localhost']) {
      const { status } = await exchange(port, `GET /users HTTP/1.1\r\n${hosts}\r\nconnection: close\r\n\r\n`)
      assert.equal(status, 400)
    }
  }
})
