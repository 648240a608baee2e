import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange } from '../../src/http/testing/raw-http.ts'
import { cast } from '../cast.ts'
import { openWorld } from '../world.ts'
import { everyDoor } from './doors.ts'
import { knock } from './knock.ts'
import { everythingStored } from './stored.ts'

const grace = cast.grace.user.id
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'FOO', 'get']

/** Other ways of writing a path that a filter might not recognise and a router might. */
function disguises(path: string): string[] {
  const [, first = '', ...rest] = path.split('/')
  const tail = rest.join('/')
  return [
    `/${path}`,
    `//${first}//${tail}`,
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `${path}/..`,
    `/.${path}`,
    `/x/..${path}`,
    `/api/auth/login/../../..${path}`,
    `/api/auth/login%2f..%2f..%2f..${path}`,
    `/%2e%2e${path}`,
    `/${encodeURIComponent(path.slice(1))}`,
    `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}/${tail}`,
    `/${first.toUpperCase()}/${tail}`,
    `${path.toUpperCase()}`,
    `${path};x=1`,
    `/${first};a=b/${tail}`,
    `${path}%3Bx`,
    `${path}%20`,
    `${path}%00`,
    `${path}.json`,
    `${path}?/api/auth/login`,
    `${path}#/api/auth/login`,
    `\\${path.slice(1)}`,
    `${path.replaceAll('/', '\\')}`,
    `http://localhost${path}`,
    `http://evil.example${path}`,
    `/express-gateway/..${path}`,
    `/express-gateway%2F..${path}`,
  ]
}

/* Each disguise of each path comes with the verb that would be served there, and with one of these in turn. */
test('no disguise of a path gets a stranger in, by any verb', async () => {
  await using world = await openWorld()
  const guarded = everyDoor(world).filter(({ route }) => route.needs !== 'nobody')
  const before = await everythingStored(world)

  for (const [number, { at, route }] of guarded.entries()) {
    for (const [which, target] of disguises(at(grace)).entries()) {
      const others = ['GET', 'PUT', 'DELETE', 'OPTIONS', null, null, null, null]
      for (const method of new Set([route.method, others[(number + which) % others.length]])) {
        if (method === null) continue
        const head = `${method} ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`
        const { status, text } = await exchange(world.roster.port, head)
        assert.ok([204, 400, 401, 404, 405].includes(status), `${method} ${target} → ${text.slice(0, 200)}`)
        assert.doesNotMatch(text, /@example\.com/)
      }
    }
  }
  assert.deepEqual(await everythingStored(world), before)
})

test('no verb, and no header that names another one, gets a stranger or a viewer further than the verb itself', async () => {
  await using world = await openWorld()
  const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override', '_method']
  const before = await everythingStored(world)
  const token = await world.token('linus')

  for (const path of [
    `/api/users/${grace}`,
    '/api/users',
    `/express-gateway/users/${grace}`,
    '/express-gateway/users',
  ]) {
    for (const method of methods) {
      const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`
      const { status } = await exchange(world.roster.port, `${head}\r\n`)
      assert.ok([204, 401, 405].includes(status), `${method} ${path} → ${status}`)
    }
    for (const override of overrides) {
      for (const verb of ['GET', 'DELETE', 'PUT']) {
        const headers = { [override]: verb, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
        const asked = { path: `${path}?_method=${verb}`, headers, body: '{"_method":"DELETE"}' }
        const { status } = await knock(world.roster.port, { method: 'POST', ...asked })
        assert.ok([403, 405].includes(status), `${override}: ${verb} ${path} → ${status}`)
      }
    }
  }
  assert.deepEqual(await everythingStored(world), before)
})

test('headers by which servers hand on paths and people to one another mean nothing', async () => {
  await using world = await openWorld({ settings: { DEVELOPMENT_ON_NETWORK: 'yes' } })
  const headers = {
    'x-original-url': '/health/live',
    'x-rewrite-url': '/health/live',
    'x-original-uri': '/health/live',
    'x-forwarded-uri': '/health/live',
    'x-forwarded-path': '/health/live',
    'x-forwarded-prefix': '/api/auth/login',
    'x-middleware-subrequest': 'middleware',
    'x-forwarded-user': 'ada@example.com',
    'x-remote-user': 'ada@example.com',
    'remote-user': 'ada@example.com',
    'x-webauth-user': 'ada',
    'x-auth-request-email': 'ada@example.com',
    'x-ssl-client-s-dn': 'CN=ada',
    'x-clerk-auth-status': 'signed-in',
    cookie: 'session=x; token=x',
  }

  for (const [name, value] of Object.entries(headers)) {
    for (const path of ['/api/users', '/api/users/me', '/express-gateway/users']) {
      const { status } = await knock(world.roster.port, { method: 'GET', path, headers: { [name]: value } })
      assert.equal(status, 401, `${name} ${path}`)
    }
    const open = await knock(world.roster.port, {
      method: 'GET',
      path: '/health/live',
      headers: { [name]: '/api/users' },
    })
    assert.equal(open.body, '{"status":"ok"}', name)
  }
})

/* How a streamed answer is framed concerns nobody who gets no body (RFC 9110, section 9.3.2). */
test('HEAD tells a caller what GET would, and no more', async () => {
  await using world = await openWorld()

  for (const as of ['ada', 'grace', 'linus'] as const) {
    const authorization = `Bearer ${await world.token(as)}`
    for (const { name, route, at } of everyDoor(world).filter(({ route }) => route.method === 'GET')) {
      for (const id of [cast[as].user.id, cast.ada.user.id, 'nobody']) {
        const [got, headed] = [
          await knock(world.roster.port, { method: 'GET', path: at(id), headers: { authorization } }),
          await knock(world.roster.port, { method: 'HEAD', path: at(id), headers: { authorization } }),
        ]
        const framing = { 'transfer-encoding': '' }
        const shown = (headers: typeof got.headers) => ({ ...headers, ...framing, date: '', ratelimit: '' })
        assert.deepEqual(
          [headed.status, shown(headed.headers), headed.body],
          [got.status, shown(got.headers), ''],
          name,
        )
      }
      void route
    }
  }
})

test('two requests that a proxy might take for one are refused', async () => {
  await using world = await openWorld()
  const inner = `GET /api/users/me HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${await world.token('ada')}\r\n\r\n`
  const post = 'POST /api/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
  const heads = [
    'content-length: 0\r\ntransfer-encoding: chunked',
    `content-length: ${inner.length}\r\ncontent-length: 0`,
    'transfer-encoding: chunked, identity',
    'transfer-encoding: xchunked',
    'transfer-encoding : chunked',
    'transfer-encoding: chunked\r\ntransfer-encoding: cow',
    'content-length: +5',
    'content-length: 0x5',
    'content-length: -1',
    'x: y\n content-length: 5',
  ]

  for (const head of heads) {
    const { text } = await exchange(world.roster.port, `${post}${head}\r\n\r\n0\r\n\r\n${inner}`)
    assert.equal([...text.matchAll(/^HTTP\/1\.1 /gm)].length, 1, head)
    assert.match(text, /^HTTP\/1\.1 400 /, head)
    assert.doesNotMatch(text, /@example\.com/)
  }
})
