import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { test } from 'node:test'
import { openWorld, type World } from '../../../test/world.ts'
import { noRateLimits } from '../../http/rate-limits.ts'
import { openServer } from '../../http/server.ts'
import { loopbackPort } from './loopback.ts'

test('programs on this machine need no token, and act as the system', { timeout: 30_000 }, async () => {
  await using world = await openWorld()
  await using door = await openDoor(world)

  const created = await door.ask('POST', '/users/', {}, '{"username":"steve","firstname":"Steve","lastname":"Brown"}')

  assert.equal(created.status, 200)
  const steve = await world.core.directory.users.byClaim('username', 'steve')
  assert.ok(steve)
  const question = { userId: steve.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 10 }
  const { entries } = await world.core.directory.activity.page(question)
  assert.deepEqual(
    entries.map(({ type, detail }) => [type, detail.actor, detail.ip, detail.userAgent]),
    [['created', null, '127.0.0.1', 'test/1']],
  )
})

test('whoever reached it by a name of this machine is served', { timeout: 30_000 }, async () => {
  await using world = await openWorld()
  await using door = await openDoor(world)
  const hosts = ['127.0.0.1', '127.0.0.1:9876', '127.1.2.3', 'localhost', 'LOCALHOST:1', '[::1]', '[::1]:9876']

  for (const host of hosts) assert.equal((await door.ask('GET', '/users', { host })).status, 200, host)
  for (const site of ['none', 'same-origin']) {
    assert.equal((await door.ask('GET', '/users', { 'sec-fetch-site': site })).status, 200, site)
  }
})

test('web pages and proxies are turned away, whatever they ask for', { timeout: 30_000 }, async () => {
  await using world = await openWorld()
  await using door = await openDoor(world)
  const token = await world.token('ada')
  const strangers: Record<string, string>[] = [
    ...[
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '128.0.0.1',
      '[::2]',
      '0.0.0.0',
      '10.0.0.1',
    ].map((host) => ({ host })),
    ...['http://evil.example', 'null', 'http://localhost:3000', ''].map((origin) => ({ origin })),
    ...['cross-site', 'same-site', 'anything'].map((site) => ({ 'sec-fetch-site': site })),
    ...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'x-client-ip'].map(
      (name) => ({ [name]: '127.0.0.1' }),
    ),
  ]

  for (const headers of strangers) {
    const sent = { ...headers, authorization: `Bearer ${token}` }
    for (const [method, path] of [
      ['GET', '/users'],
      ['PUT', '/users/ada@example.com/status'],
      ['GET', '/nope'],
    ] as const) {
      const { status, type, body } = await door.ask(
        method,
        path,
        sent,
        method === 'PUT' ? '{"status":false}' : undefined,
      )
      assert.deepEqual([status, type, body], [403, 'text/plain; charset=utf-8', 'Forbidden'], JSON.stringify(headers))
    }
  }
})

async function openDoor(world: World) {
  const server = await openServer({
    ...loopbackPort,
    core: world.core,
    rateLimits: noRateLimits,
    metrics: { watch: () => () => undefined },
    log: { error: (event, { fault }) => assert.fail(`${event}: ${fault}`) },
    publicUrl: world.url,
  })
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    ask: (method: string, path: string, headers: Record<string, string>, body?: string) =>
      ask(port, { method, path, headers, body }),
    [Symbol.asyncDispose]: () => server.close(0),
  }
}

interface Question {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

/** By hand, for `fetch` lets nobody choose a host. */
function ask(port: number, { method, path, headers, body }: Question) {
  return new Promise<{ status: number | undefined; type: string | undefined; body: string }>((resolve, reject) => {
    const typed = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }
    const options = { port, host: '127.0.0.1', method, path, agent: false as const }
    const request = httpRequest(
      { ...options, headers: { 'user-agent': 'test/1', ...typed, ...headers } },
      (response) => {
        response.setEncoding('utf8')
        let text = ''
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode, type: response.headers['content-type'], body: text }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
