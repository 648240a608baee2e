import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange } from '../../src/http/testing/raw-http.ts'
import { cast } from '../cast.ts'
import { openWorld, type World } from '../world.ts'
import { knock } from './knock.ts'
import { everythingStored } from './stored.ts'

const settings = { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' }
const ada = cast.ada.user.id

/** What a program on this machine would send, and what it does. */
const requests: readonly { method: string; path: string; body?: string }[] = [
  { method: 'GET', path: '/users' },
  { method: 'HEAD', path: '/users' },
  { method: 'OPTIONS', path: '/users' },
  { method: 'GET', path: `/users/${ada}` },
  { method: 'POST', path: '/users', body: '{"username":"evil","firstname":"E","lastname":"Vil"}' },
  { method: 'PUT', path: '/users/grace@example.com/status', body: '{"status":false}' },
  { method: 'DELETE', path: '/users/grace@example.com' },
  { method: 'GET', path: '/nothing' },
]

/** What gives away a web page, a proxy, or a name that was made to point here. */
const giveaways: readonly Record<string, string>[] = [
  ...[
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example#localhost',
    'localhost@evil.example',
    'localhost:evil',
    '127.0.0.1, evil.example',
    '2130706433',
    '0x7f.1',
    '0',
    '[::ffff:7f00:1]',
    'localhost.',
  ].map((host) => ({ host })),
  ...['null', 'http://evil.example', 'http://localhost', 'http://127.0.0.1:9876', 'file://', ''].map((origin) => ({
    origin,
  })),
  ...['cross-site', 'same-site', 'Same-Origin', '', 'none, cross-site'].map((site) => ({ 'sec-fetch-site': site })),
  ...[
    'forwarded',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-anything',
    'x-real-ip',
    'x-client-ip',
    'x-cluster-client-ip',
    'true-client-ip',
    'cf-connecting-ip',
  ].flatMap((name) => [{ [name]: '127.0.0.1' }, { [name.toUpperCase()]: '' }]),
]

test('the port serves programs on this machine, or the refusals below would say nothing', async () => {
  await using world = await openWorld({ settings })

  for (const { method, path, body } of requests) {
    const { status } = await ask(world, method, path, {}, body)
    assert.equal(
      status,
      path === '/nothing' ? 404 : ({ OPTIONS: 204, DELETE: 204 }[method] ?? 200),
      `${method} ${path}`,
    )
  }
})

test('web pages, proxies and rebound names get no answer but no, and change nothing', async () => {
  await using world = await openWorld({ settings })
  const before = await everythingStored(world)
  const token = await world.token('ada')

  for (const headers of giveaways) {
    for (const { method, path, body } of requests) {
      for (const more of [{}, { authorization: `Bearer ${token}` }]) {
        const heard = await ask(world, method, path, { ...headers, ...more }, body)
        const said = `${method} ${path} ${JSON.stringify(headers)} → ${heard.status}`
        assert.ok([400, 403].includes(heard.status), said)
        assert.ok(['Forbidden', 'Bad Request', ''].includes(heard.body), said)
        assert.equal(heard.headers['access-control-allow-origin'], undefined, said)
      }
    }
  }
  assert.deepEqual(await everythingStored(world), before)
})

test('a page that may send without asking first is understood by no route', async () => {
  await using world = await openWorld({ settings })
  const before = await everythingStored(world)
  const body = '{"username":"evil","firstname":"E","lastname":"Vil"}'

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain;application/json',
  ]) {
    assert.equal((await ask(world, 'POST', '/users', { 'content-type': type }, body)).status, 415, type)
    assert.equal(
      (await ask(world, 'PUT', `/users/${ada}/status`, { 'content-type': type }, '{"status":false}')).status,
      415,
    )
  }
  assert.deepEqual(await everythingStored(world), before)
})

test('the port is no tunnel, no proxy and no other contract', async () => {
  await using world = await openWorld({ settings })
  const port = world.roster.expressGatewayPort ?? 0
  const heads = [
    ['CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: 127.0.0.1:22', 400],
    ['CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost', 400],
    ['GET http://evil.example/ HTTP/1.1\r\nhost: evil.example', 403],
    ['GET http://evil.example/users HTTP/1.1\r\nhost: evil.example', 403],
    ['GET http://evil.example/nothing HTTP/1.1\r\nhost: localhost', 404],
    ['GET ftp://localhost/users HTTP/1.1\r\nhost: localhost', 404],
    ['GET /users HTTP/1.1', 400],
    ['GET /users HTTP/1.1\r\nhost:', 403],
    ['GET /users HTTP/1.0', 403],
    [
      'GET /users HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\norigin: http://evil.example',
      403,
    ],
    ['TRACE /users HTTP/1.1\r\nhost: localhost', 405],
    ['GET /api/users HTTP/1.1\r\nhost: localhost', 404],
    ['GET /metrics HTTP/1.1\r\nhost: localhost', 404],
    ['GET /health/live HTTP/1.1\r\nhost: localhost', 404],
    ['GET /express-gateway/users HTTP/1.1\r\nhost: localhost', 404],
  ] as const

  for (const [head, status] of heads) {
    const heard = await exchange(port, `${head}\r\nconnection: close\r\n\r\n`)
    assert.match(String(heard.status), new RegExp(`^(${status}|400)$`), `${head} → ${heard.text}`)
    assert.doesNotMatch(heard.text, /example\.com|access-control/)
  }
})

test('what the port lets in is the system, whatever token comes with it, and it takes nobody for a user', async () => {
  await using world = await openWorld({ settings })
  const made = await ask(
    world,
    'POST',
    '/users',
    { authorization: `Bearer ${await world.token('linus')}` },
    '{"username":"steve","firstname":"S","lastname":"B"}',
  )
  assert.equal(made.status, 200)

  const steve = await world.core.directory.users.byClaim('username', 'steve')
  const page = await world.fetch(`/api/users/${steve?.id}/activity`, { as: 'ada' })
  const { data } = (await page.json()) as { data: { metadata: { actor: string | null } }[] }
  assert.deepEqual(
    data.map(({ metadata }) => metadata.actor),
    [null],
  )
})

test('without the setting there is no such port, and the mount asks for a token', async () => {
  await using world = await openWorld()

  assert.equal(world.roster.expressGatewayPort, null)
  for (const headers of [{}, { host: 'localhost' }, { host: '127.0.0.1:9876' }]) {
    assert.equal(
      (await knock(world.roster.port, { method: 'GET', path: '/express-gateway/users', headers })).status,
      401,
    )
  }
})

function ask(world: World, method: string, path: string, headers: Record<string, string>, body?: string) {
  const port = world.roster.expressGatewayPort ?? 0
  const typed = body === undefined ? {} : { 'content-type': 'application/json' }
  return knock(port, { method, path, headers: { host: `127.0.0.1:${port}`, ...typed, ...headers }, body })
}
