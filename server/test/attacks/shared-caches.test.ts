import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { openWorld, type World } from '../world.ts'
import { type Door, everyDoor } from './doors.ts'

const grace = cast.grace.user.id

/** What a door may be sent so that it has something to say. */
const bodies: Readonly<Record<string, object>> = {
  'sudigital POST /api/auth/login': { email: 'linus@example.com', password: cast.linus.password },
  'sudigital POST /api/auth/refresh': { refreshToken: 'none' },
  'sudigital POST /api/auth/register': {
    email: 'new@example.com',
    password: 'Lighthouse-Keeper-77!',
    firstName: 'N',
    lastName: 'C',
  },
  'sudigital POST /api/users': {
    email: 'made@example.com',
    password: 'Lighthouse-Keeper-77!',
    firstName: 'N',
    lastName: 'C',
  },
  'sudigital PUT /api/users/me/password': { currentPassword: 'wrong', newPassword: 'Lighthouse-Keeper-77!' },
  'express-gateway PUT /users/:id/status': { status: true },
  'express-gateway POST /users': { username: 'steve', firstname: 'S', lastname: 'B' },
}

test('no cache that people share keeps an answer about somebody, whatever the answer is', async () => {
  await using world = await openWorld({ settings: { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' } })
  const everything = everyDoor(world).filter(({ name }) => !/logout|DELETE/.test(name))
  const isLast = ({ name }: Door) => /erase/.test(name)
  const doors = everything.filter((door) => !isLast(door))

  for (const as of ['ada', 'grace', 'linus', undefined] as const) {
    for (const door of doors) {
      for (const id of [grace, 'nobody']) {
        const answer = await ask(world, door, { as, id })
        keepsPrivate(answer, `${as} ${door.name} → ${answer.status}`)
        if (answer.headers.has('etag') && door.route.method === 'GET') {
          const headers = { 'if-none-match': answer.headers.get('etag') ?? '' }
          const again = await ask(world, door, { as, id, headers })
          assert.equal(again.status, 304)
          keepsPrivate(again, `${as} ${door.name} → 304`)
          assert.equal(again.headers.get('cache-control'), answer.headers.get('cache-control'))
        }
      }
    }
  }
  keepsPrivate(await fetch(`http://127.0.0.1:${world.roster.expressGatewayPort}/users`), 'the loopback port')
  for (const as of ['grace', undefined, 'ada'] as const) {
    for (const door of everything.filter(isLast)) keepsPrivate(await ask(world, door, { as, id: grace }), door.name)
  }
})

test('what says no, or what went wrong, is kept by nobody', async () => {
  await using world = await openWorld()
  const requests: [string, RequestInit][] = [
    ['/api/nothing', {}],
    ['/nothing', {}],
    ['/express-gateway/nothing', {}],
    ['/api/users/%zz', {}],
    ['/api/users', { method: 'PATCH' }],
    ['/api/users', { method: 'OPTIONS' }],
    ['/api/users', {}],
    ['/api/auth/login', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
    ['/api/auth/login', { method: 'POST', body: 'x' }],
    ['/metrics', {}],
    ['/health/live', {}],
  ]

  for (const [path, init] of requests) {
    const answer = await fetch(`${world.url}${path}`, init)
    assert.equal(answer.headers.get('cache-control'), 'no-store', path)
    assert.match(answer.headers.get('vary') ?? '', /\bauthorization\b/i, path)
  }
})

test('whatever holds a token is kept by nobody, not even whose it is', async () => {
  await using world = await openWorld()
  const json = { email: 'grace@example.com', password: cast.grace.password }
  const login = await world.fetch('/api/auth/login', { method: 'POST', json })
  const { data } = (await login.json()) as { data: { refreshToken: string } }
  const refreshed = await world.fetch('/api/auth/refresh', {
    method: 'POST',
    json: { refreshToken: data.refreshToken },
  })

  for (const answer of [login, refreshed]) {
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('etag'), null)
    assert.equal(answer.headers.get('set-cookie'), null)
  }
})

test('the published keys are the only thing that anybody may keep', async () => {
  await using world = await openWorld()
  const keys = await world.fetch('/.well-known/jwks.json')

  assert.equal(keys.headers.get('cache-control'), 'public, max-age=300')
  assert.doesNotMatch(await keys.text(), /@|"d"/)
})

function ask(
  world: World,
  { name, route, at }: Door,
  { as, id, headers = {} }: { as: 'ada' | 'grace' | 'linus' | undefined; id: string; headers?: Record<string, string> },
): Promise<Response> {
  const json = bodies[name] ?? (route.body ? {} : undefined)
  return world.fetch(at(id), { method: route.method, headers, ...(as && { as }), ...(json && { json }) })
}

function keepsPrivate({ headers }: Response, said: string): void {
  const directives = (headers.get('cache-control') ?? '').split(/,\s*/)
  assert.ok(directives.includes('private') || directives.includes('no-store'), `${said}: ${directives}`)
  assert.ok(!directives.some((one) => /^(public|s-maxage|immutable|stale-)/.test(one)), `${said}: ${directives}`)
  assert.match(headers.get('vary') ?? '', /\bauthorization\b/i, said)
  assert.equal(headers.get('access-control-allow-origin'), null, said)
}
