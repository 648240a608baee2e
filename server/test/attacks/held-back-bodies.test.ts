import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { collect, dial, readAnswer } from '../../src/http/testing/raw-http.ts'
import { cast } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'

const [grace, linus] = [cast.grace.user.id, cast.linus.user.id]

/** What an admin may send, head first, and the body when it suits them. */
const requests: readonly { method: string; path: string; body: string }[] = [
  { method: 'PATCH', path: `/api/users/${linus}`, body: '{"role":"admin"}' },
  {
    method: 'POST',
    path: '/api/users',
    body: '{"email":"new@example.com","password":"Lighthouse-Keeper-77!","firstName":"N","lastName":"C","role":"admin","status":"active"}',
  },
  { method: 'POST', path: '/api/users/batch', body: `{"atomic":true,"operations":[{"op":"delete","id":"${linus}"}]}` },
  { method: 'PUT', path: `/express-gateway/users/${linus}/status`, body: '{"status":false}' },
  { method: 'PUT', path: `/express-gateway/users/${linus}`, body: '{"firstname":"Owned"}' },
  { method: 'PATCH', path: `/redirect-manager/api/v1/users/${linus}/role`, body: '{"role":"ADMIN"}' },
  { method: 'PATCH', path: '/racknap/api/users/3', body: '{"status":"inactive"}' },
  { method: 'PUT', path: '/racknap/api/users/3/password', body: '{"newPassword":"of-somebody"}' },
  { method: 'PUT', path: '/service-module/api/users/linus@example.com', body: '{"type":"Admin"}' },
  { method: 'PATCH', path: '/service-module/api/users/linus@example.com', body: '{"newPassword":"of-somebody"}' },
]

const revocations: Readonly<Record<string, (world: World) => Promise<Response>>> = {
  demoted: (world) => world.fetch(`/api/users/${grace}`, { method: 'PATCH', as: 'ada', json: { role: 'user' } }),
  deactivated: (world) =>
    world.fetch(`/api/users/${grace}`, { method: 'PATCH', as: 'ada', json: { status: 'inactive' } }),
  deleted: (world) => world.fetch(`/api/users/${grace}`, { method: 'DELETE', as: 'ada' }),
  'signed out': (world) => world.fetch('/api/auth/logout', { method: 'POST', as: 'grace' }),
}

for (const engine of engines) {
  for (const [does, revoke] of Object.entries(revocations)) {
    test(`${engine}: who sends their body after they were ${does} does nothing with it any more`, async () => {
      await using world = await openWorld({ engine })
      await world.fetch(`/api/users/${grace}`, { method: 'PATCH', as: 'ada', json: { role: 'admin' } })
      const token = await world.token('grace')
      const held = await Promise.all(
        requests.map(async ({ method, path, body }) => {
          const socket = await dial(world.roster.port)
          const head = `host: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nconnection: close`
          const more = `expect: 100-continue\r\ncontent-length: ${body.length}`
          socket.write(`${method} ${path} HTTP/1.1\r\n${head}\r\n${more}\r\n\r\n`)
          const [goOn] = await once(socket, 'data')
          assert.match(String(goOn), /^HTTP\/1\.1 100 /)
          const answer = collect(socket)
          socket.write(body.slice(0, 1))
          return { answer, send: () => socket.write(body.slice(1)) }
        }),
      )
      const before = await world.core.directory.users.byId(linus)

      assert.ok((await revoke(world)).ok)
      for (const { send } of held) send()

      for (const { answer } of held) assert.match(String(readAnswer(await answer).status), /^40[139]$/)
      assert.deepEqual(await world.core.directory.users.byId(linus), before)
      assert.equal(await world.core.directory.users.byClaim('email', 'new@example.com'), null)
    })
  }
}
