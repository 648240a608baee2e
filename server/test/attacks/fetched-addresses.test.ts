import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { openWorld } from '../world.ts'

test('addresses that people send are kept, and asked for by nobody', async () => {
  const met: string[] = []
  const server = createServer((socket) => {
    met.push(`${socket.remotePort}`)
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const near = [`http://127.0.0.1:${port}/a.png`, `http://localhost:${port}/`, `http://[::ffff:127.0.0.1]:${port}/`]
  const inner = ['http://169.254.169.254/latest/meta-data', 'http://2130706433/', 'http://metadata.google.internal/']

  {
    await using world = await openWorld()
    for (const [at, address] of [...near, ...inner].entries()) {
      const body = { avatar: address, profile: { website: address } }
      const changed = await world.fetch('/api/users/me', { method: 'PUT', as: 'grace', json: body })
      assert.equal(changed.status, 200, address)
      const made = await world.fetch('/api/users', {
        method: 'POST',
        as: 'ada',
        json: {
          email: `person${at}@example.com`,
          password: 'SecurePassword123!',
          firstName: 'Jane',
          lastName: 'Smith',
          avatar: address,
        },
      })
      assert.equal(((await made.json()) as { data: { avatar: string } }).data.avatar, address)
      const shown = await world.fetch('/api/users/me/avatar', { as: 'grace' })
      assert.equal(((await shown.json()) as { data: { avatar: string } }).data.avatar, address)
    }
  }
  server.close()
  await once(server, 'close')

  assert.deepEqual(met, [])
})
