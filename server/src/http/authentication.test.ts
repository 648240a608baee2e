import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import type { Standing } from '../core/ports.ts'
import { authenticateByBearer, bearerIn } from './authentication.ts'
import { exchange } from './testing/raw-http.ts'
import {
  ada,
  atMs,
  cast,
  grace,
  memoryLimits,
  openToyServer,
  sessionId,
  toyTokens,
  toyUser,
  usersContract,
} from './testing/toys.ts'

const contracts = [usersContract('eg', '/')]
const origin = { ip: '192.0.2.1', userAgent: 'x' }

test('a bearer token is found whatever the case of its scheme', () => {
  const token = 'abc.DEF-1_2~3+4/5=='
  for (const sent of [`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`]) {
    assert.deepEqual(bearerIn(['Host', 'x', 'AuthoriZation', sent]), { token })
  }
  assert.deepEqual(bearerIn(['authorization', `Bearer ${'a'.repeat(limits.tokenLengthMax - 7)}`]), {
    token: 'a'.repeat(limits.tokenLengthMax - 7),
  })
  assert.equal(bearerIn(['host', 'x', 'x-authorization', 'Bearer a', 'authorizatiom', 'Bearer a']), null)
})

test('credentials that can be no good hold no token', () => {
  const junk = ['', 'Bearer', 'Bearer ', 'Bearera', 'Bearer a b', 'Bearer a,Bearer b']
  for (const sent of [
    ...junk,
    'Basic YTpi',
    'a',
    ' Bearer a',
    'Bearer\ta',
    'DPoP a',
    `Bearer ${'a'.repeat(limits.tokenLengthMax)}`,
  ]) {
    assert.deepEqual(bearerIn(['authorization', sent]), { token: null }, sent.slice(0, 40))
  }
  assert.deepEqual(bearerIn(['authorization', 'Bearer a', 'Authorization', 'Bearer a']), { token: null })
})

test('letters that no token has make one that is no good', async () => {
  const authenticate = authenticateByBearer({ ...toyTokens(cast), failures: memoryLimits().failures })
  for (const sent of ['"ada"', 'ada,grace', 'ä', 'a=b', '=', 'ada\u00a0']) {
    const rawHeaders = ['authorization', `Bearer ${sent}`]
    assert.deepEqual(await authenticate({ rawHeaders, origin, nowMs: atMs }), {
      code: 'unauthenticated',
      token: 'malformed',
    })
  }
})

test('a caller is who the token says, as the directory knows them at this moment', async () => {
  let role: 'admin' | 'viewer' = 'admin'
  const people = {
    ada: {
      id: ada,
      get role() {
        return role
      },
    },
  }
  await using server = await openToyServer(contracts, { people })

  assert.equal((await server.fetch('/users', { as: 'ada' })).status, 200)
  role = 'viewer'
  assert.equal((await server.fetch('/users', { as: 'ada' })).status, 403)
})

test('strangers, and tokens that no longer stand, are turned away at every route that needs somebody', async () => {
  const people = {
    ...cast,
    pending: { id: 'p' as never, role: 'admin', status: 'pending' },
    ended: { id: 'e' as never, role: 'admin', stands: false },
    barred: { id: 'b' as never, role: 'admin', status: 'inactive', stands: false },
  } as const
  await using server = await openToyServer(contracts, { people })
  for (const [as, expected] of [
    ['', '401 eg: unauthenticated'],
    ['nobody', '401 eg: unauthenticated'],
    ['ended', '401 eg: unauthenticated'],
    ['pending', '403 eg: account_inactive'],
    ['barred', '403 eg: account_inactive'],
  ] as const) {
    for (const route of contracts[0]?.routes ?? []) {
      if (route.needs === 'nobody') continue
      const answer = await server.fetch(route.path.replace(':id', grace), { as, method: route.method })
      assert.equal(`${answer.status} ${await answer.text()}`, expected, `${as} ${route.method} ${route.path}`)
    }
  }
})

test('two Authorization headers are none', async () => {
  await using server = await openToyServer(contracts)
  for (const pair of [
    ['ada', 'ada'],
    ['ada', 'x'],
    ['x', 'ada'],
  ]) {
    const fields = pair.map((token) => `authorization: Bearer ${token}\r\n`).join('')
    const answer = await exchange(server.port, `GET /users HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${fields}\r\n`)
    assert.equal(answer.status, 401)
  }
})

test('where nobody is needed a token is not looked at, not even a bad one', async () => {
  const rateLimits = memoryLimits({}, { points: 1, seconds: 60 })
  await using server = await openToyServer(contracts, { rateLimits })
  for (const as of ['ada', 'junk', 'junk', 'junk']) {
    const answer = await server.fetch('/open/x', { as })
    assert.match(await answer.text(), /"actor":"stranger"/)
  }
  assert.equal((await server.fetch('/users', { as: 'ada' })).status, 200)
})

test('a token that is at hand costs no waiting', () => {
  const authenticate = authenticateByBearer({ ...toyTokens(cast), failures: memoryLimits().failures })

  const actor = authenticate({ rawHeaders: ['authorization', 'Bearer ada'], origin, nowMs: atMs })

  assert.deepEqual(actor, { kind: 'user', id: ada, role: 'admin', means: { kind: 'session', sessionId }, origin })
})

test('a directory that takes its time is waited for', async () => {
  const standing = async (): Promise<Standing> => ({
    user: toyUser({ id: grace, role: 'user' }),
    stands: true,
    impersonator: null,
    lastUsedAtMs: null,
  })
  const { verify, ...tokens } = toyTokens(cast)
  const authenticate = authenticateByBearer({
    ...tokens,
    directory: { ...tokens.directory, standing },
    verify: async (token: string) => verify(token),
    failures: memoryLimits().failures,
  })

  const actor = authenticate({ rawHeaders: ['authorization', 'Bearer grace'], origin, nowMs: atMs })

  assert.ok(actor instanceof Promise)
  assert.deepEqual(await actor, {
    kind: 'user',
    id: grace,
    role: 'user',
    means: { kind: 'session', sessionId },
    origin,
  })
})

test('an address that sends bad tokens waits, and nothing more of it is verified', async () => {
  let verified = 0
  const { verify, ...tokens } = toyTokens(cast)
  const { failures } = memoryLimits({}, { points: 3, seconds: 60 })
  const counted = (token: string) => {
    verified += 1
    return verify(token)
  }
  const authenticate = authenticateByBearer({ ...tokens, verify: counted, failures })
  const ask = (token: string, ip: string, nowMs = atMs) =>
    authenticate({ rawHeaders: token ? ['authorization', token] : [], origin: { ip, userAgent: null }, nowMs })

  for (const sent of ['Bearer junk', 'Basic x', 'Bearer other']) {
    assert.deepEqual(await ask(sent, '2001:db8::1'), { code: 'unauthenticated', token: 'malformed' })
  }

  assert.equal(verified, 2)
  for (const sent of ['Bearer ada', 'Bearer junk', '']) {
    assert.deepEqual(await ask(sent, '2001:db8::ffff:2'), { code: 'rate_limited', retryAfterSeconds: 60 })
  }
  assert.equal(verified, 2)
  assert.equal('id' in (await ask('Bearer ada', '2001:db8:0:1::1')), true)
  assert.equal('id' in (await ask('Bearer ada', '2001:db8::1', atMs + 61_000)), true)
})

test('what stands in for a token is told apart: nothing, what is none by its looks, and what no longer stands', async () => {
  const people = { ...cast, 'a.b.c': { id: 'over' as never, role: 'user', stands: false } } as const
  const authenticate = authenticateByBearer({ ...toyTokens(people), failures: memoryLimits().failures })
  const ask = (...rawHeaders: string[]) => authenticate({ rawHeaders, origin, nowMs: atMs })

  for (const [sent, token] of [
    [[], 'none'],
    [['authorization', ''], 'malformed'],
    [['authorization', 'Bearer'], 'malformed'],
    [['authorization', 'Basic x'], 'malformed'],
    [['authorization', 'Bearer ada', 'Authorization', 'Bearer ada'], 'malformed'],
    [['authorization', 'Bearer junk'], 'malformed'],
    [['authorization', 'Bearer x.y'], 'malformed'],
    [['authorization', 'Bearer x.y.'], 'malformed'],
    [['authorization', 'Bearer w.x.y.z'], 'malformed'],
    [['authorization', 'Bearer x.y.z'], 'over'],
    [['authorization', 'Bearer a.b.c'], 'over'],
  ] as const) {
    assert.deepEqual(await ask(...sent), { code: 'unauthenticated', token }, sent.join(' '))
  }
})

test('good tokens, inactive accounts and requests without a token count nothing', async () => {
  const people = { ...cast, pending: { id: 'p' as never, role: 'user', status: 'pending' } } as const
  const { failures } = memoryLimits({}, { points: 1, seconds: 60 })
  const authenticate = authenticateByBearer({ ...toyTokens(people), failures })
  for (const headers of [[], ['authorization', 'Bearer pending'], ['authorization', 'Bearer ada'], []]) {
    await authenticate({ rawHeaders: headers, origin, nowMs: atMs })
  }
  assert.equal(failures.waitSeconds(origin.ip, atMs), 0)
})
