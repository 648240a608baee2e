import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { system } from '../../src/core/actor.ts'
import type { User } from '../../src/core/users/user.ts'
import { cast, person } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { type Door, everyDoor } from './doors.ts'
import { type Heard, knock } from './knock.ts'
import { everythingStored } from './stored.ts'

/** What any route may say besides what its table names. */
const always = [400, 401, 403, 404, 405, 408, 413, 415, 429, 431]

const callers = ['ada', 'grace', 'linus', 'stranger'] as const
type Caller = (typeof callers)[number]

const nasty = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\u202e', '%', '_', '\\', "' or 1=1 --", '"', '<script>', '../..', '{{7*7}}'],
  ...['ada@example.com', 'ADA@example.com', 'ada', 'admin', '$2b$10$', '__proto__', 'constructor', 'null', '1e400'],
  ...[
    '9'.repeat(400),
    'x'.repeat(3000),
    'e\u0301'.repeat(60),
    '\u0301'.repeat(200),
    '\u{1f600}'.repeat(101),
    'ﷺ'.repeat(99),
  ],
  ...['http://x', 'javascript:alert(1)', 'UTC', 'en', 'dark', '2026-01-01', '-1', '0', '99999999999999999999'],
  ...["contains(email,'')", "id in (1,'", 'not not (id eq 1)', 'id asc,id desc', 'username eq null', 'id,,email'],
]

const fields = [
  ...['email', 'username', 'password', 'firstName', 'lastName', 'role', 'status', 'avatar', 'profile', 'preferences'],
  ...['attributes', 'currentPassword', 'newPassword', 'refreshToken', 'firstname', 'lastname', 'redirectUri', 'id'],
  ...[
    'isActive',
    'type',
    'allDevices',
    'bio',
    'website',
    'linkedin',
    'theme',
    'language',
    'timezone',
    'notifications',
    'organizationId',
    '__proto__',
    'toString',
  ],
]

const scalar = fc.oneof(
  fc.constantFrom(...nasty),
  fc.constantFrom(
    'admin',
    'viewer',
    'ADMIN',
    'USER',
    'User',
    'active',
    'inactive',
    'pending',
    'Lighthouse-Keeper-77!',
    'new@example.com',
  ),
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1.5, 1e308, -1),
  fc.string({ unit: 'binary' }),
)

const { body } = fc.letrec<{ body: unknown; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('body')),
  body: fc
    .array(fc.tuple(fc.constantFrom(...fields), tie('value')), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries) as unknown),
}))

const sentBody = fc.oneof(
  { weight: 6, arbitrary: body.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.constant(undefined) },
)

const keys = [
  'page',
  'limit',
  'search',
  'role',
  'status',
  'fields',
  'type',
  'from',
  'to',
  'start',
  'count',
  'sort',
  '$filter',
  '$orderby',
  '$select',
  '$top',
  '$skip',
  '$count',
  'x',
]
const query = fc
  .array(fc.tuple(fc.constantFrom(...keys), fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary' }))), {
    maxLength: 3,
  })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`).join('&'))

const headers = fc.record(
  {
    'if-match': fc.constantFrom('*', '"1"', '"0-x"', 'W/"1"', 'junk', '"'),
    'if-none-match': fc.constantFrom('*', '"1-x"', 'junk'),
    'content-type': fc.constantFrom(
      'application/json',
      'application/merge-patch+json',
      'text/plain',
      'application/json; charset=latin1',
    ),
    'x-http-method-override': fc.constantFrom('DELETE', 'GET'),
    'content-encoding': fc.constantFrom('gzip', 'identity'),
  },
  { requiredKeys: [] },
)

const whom = fc.oneof(
  fc.constantFrom('own', 'somebody', "somebody's e-mail", "somebody's username", 'nobody'),
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', minLength: 1 }),
)

for (const engine of engines) {
  test(`${engine}: whatever is sent, by whomever, is answered in form, and a no leaves no trace`, {
    timeout: 120_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const doors = new Map(everyDoor(world).map((door) => [door.name, door]))
    doors.delete('sudigital POST /api/auth/logout')
    doors.delete('redirect-manager POST /api/v1/auth/logout')
    doors.delete('sudigital DELETE /api/users/me/sessions')
    doors.delete('sudigital DELETE /api/users/:id/sessions')
    let place = 5000

    await fc.assert(
      fc.asyncProperty(
        fc.record({
          name: fc.constantFrom(...doors.keys()),
          as: fc.constantFrom(...callers),
          whom,
          query,
          headers,
          sentBody,
        }),
        async ({ name, as, whom, query, headers, sentBody }) => {
          place += 1
          const door = doors.get(name) as Door
          const target = await settleSomebody(world, place)
          const called = calledAt(door, whom, as, target)
          const path = `${door.at(encodeURIComponent(called.toWellFormed()))}${query ? `?${query}` : ''}`
          const before = await everythingStored(world)

          const heard = await knock(world.roster.port, {
            method: door.route.method,
            path,
            headers: { 'content-type': 'application/json', ...(await bearer(world, as)), ...headers },
            body: sentBody,
          })

          checkForm(door, heard)
          const isLogin = /\/(login|token)$/.test(door.route.path)
          if (heard.status >= 400 && !isLogin)
            assert.deepEqual(await everythingStored(world), before, 'a no left a trace')
        },
      ),
      { numRuns: engine === 'sqlite' ? 120 : 60, endOnFailure: true },
    )
    assert.deepEqual(
      world.logged.filter((line) => line.includes('error')),
      [],
    )
  })
}

test('whatever path is asked for, nobody gets in without a token, and the form is that of a contract', async () => {
  await using world = await openWorld()
  const parts = [
    'api',
    'users',
    'me',
    'auth',
    'express-gateway',
    'racknap',
    'signup',
    'redirect-manager',
    'service-module',
    'v1',
    'password',
    'role',
    'token',
    'status',
    cast.ada.user.id,
    '..',
    '.',
    '%2e%2e',
    '%2F',
    '',
  ]
  const odd = [
    '%00',
    '%zz',
    ';x=1',
    '%5c',
    '\\',
    '*',
    ':id',
    '%E2%80%AE',
    '~',
    'API',
    '%61pi',
    'a'.repeat(600),
    '@',
    '?',
    '#',
  ]
  const path = fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...parts) }, fc.constantFrom(...odd)), { maxLength: 6 })
    .map((segments) => `/${segments.join('/')}`)
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND')

  await fc.assert(
    fc.asyncProperty(path, method, async (path, method) => {
      const { status, headers, body } = await knock(world.roster.port, { method, path })
      const isConsole = status === 200 && ['GET', 'HEAD'].includes(method) && /^\/([?#]|$)/.test(path)
      const isNo = [204, 400, 401, 404, 405, 415].includes(status)
      assert.ok(isNo || isConsole, `${method} ${path}: ${status} ${body}`)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(/html/.test(String(headers['content-type'] ?? '')), isConsole)
      assert.doesNotMatch(body, /node_modules|\.ts:|at \w+ \(/)
    }),
    { numRuns: 300 },
  )
})

/** The form in which this contract says what it said, whatever it was. */
function checkForm({ name, contract, route }: Door, { status, headers, body }: Heard) {
  const said = `${name} → ${status} ${body.slice(0, 300)}`
  assert.ok(status < 500, said)
  assert.ok([...route.answers, ...always].includes(status), said)
  if (contract === 'service-module' && ![200, 400].includes(status)) assert.equal(body, '', said)
  else if (body === '') assert.ok([204, 304].includes(status), said)
  else if (status < 400) {
    const type = String(headers['content-type']).split(';')[0]
    assert.ok(['application/json', ...[route.media?.answer ?? []].flat()].includes(type ?? ''), said)
  } else if (contract === 'express-gateway') assert.equal(headers['content-type'], 'text/plain; charset=utf-8', said)
  else if (contract === 'service-module') {
    const { message, errors, ...more } = JSON.parse(body)
    assert.deepEqual([message, more, errors.length > 0], ['Validation Error', {}, true], said)
    for (const error of errors) assert.equal(typeof error, 'string', said)
  } else if (contract === 'redirect-manager') {
    const { error, ...flat } = JSON.parse(body)
    assert.deepEqual([error, Object.keys(flat)], [flat, ['code', 'message']], said)
    assert.deepEqual([typeof flat.code, typeof flat.message], ['string', 'string'], said)
  } else if (contract === 'racknap') {
    const { success, error, meta, ...more } = JSON.parse(body)
    const { code, type, message, details = [], ...rest } = error
    assert.deepEqual(
      [success, type, more, rest, Object.keys(meta)],
      [false, code, {}, {}, ['timestamp', 'requestId']],
      said,
    )
    assert.deepEqual([typeof code, typeof message], ['string', 'string'], said)
    for (const detail of details) assert.deepEqual(Object.keys(detail), ['field', 'message'], said)
  } else {
    const { error, status: told, ...more } = JSON.parse(body)
    const { code, message, details = [], ...rest } = error
    assert.deepEqual([told, more, rest, typeof code, typeof message], [status, {}, {}, 'string', 'string'], said)
    for (const detail of details) assert.deepEqual(Object.keys(detail), ['field', 'message'], said)
  }
}

async function settleSomebody({ core }: World, place: number) {
  const user = person({ place, username: `somebody-${place}`, email: `somebody-${place}@example.com` })
  const created = await core.commit('create-user', { actor: system, user, passwordHash: null })
  assert.ok(created.ok)
  return created.value
}

type Target = Pick<User, 'id' | 'number' | 'email' | 'username'>

function calledAt({ contract, route }: Door, whom: string, as: Caller, target: Target): string {
  if (route.path.includes(':email')) return emailOf(whom, as, target)
  if (contract !== 'racknap') return nameOf(whom, as, target)
  if (whom === 'own' && as !== 'stranger') return String(['ada', 'grace', 'linus'].indexOf(as) + 1)
  if (whom === 'nobody') return '999999'
  return whom === 'own' || whom === 'somebody' ? String(target.number) : nameOf(whom, as, target)
}

function nameOf(whom: string, as: Caller, target: Target): string {
  switch (whom) {
    case 'own':
      return as === 'stranger' ? target.id : cast[as].user.id
    case 'somebody':
      return target.id
    case "somebody's e-mail":
      return target.email ?? ''
    case "somebody's username":
      return target.username ?? ''
    case 'nobody':
      return '01900000-0000-7000-8000-0000000fffff'
    default:
      return whom
  }
}

/** Where people are known by their address. An admin who gave themselves another password would end their own session, and the test. */
function emailOf(whom: string, as: Caller, target: Target) {
  const own = as === 'stranger' || as === 'ada' ? target.email : cast[as].user.email
  if (whom === 'own') return own ?? ''
  if (whom === 'somebody' || whom.toLowerCase() === cast.ada.user.email) return target.email ?? ''
  return whom === 'nobody' ? 'nobody@example.com' : nameOf(whom, as, target)
}

async function bearer(world: World, as: Caller): Promise<{ authorization?: string }> {
  return as === 'stranger' ? {} : { authorization: `Bearer ${await world.token(as)}` }
}
