import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contracts } from '../src/app/contracts.ts'
import { system } from '../src/core/actor.ts'
import { grantableBy, type Permission, permissionsOf, type Role } from '../src/core/permissions.ts'
import type { NewUser } from '../src/core/users/user.ts'
import type { Contract, Route } from '../src/http/contract.ts'
import { apiTokenOf } from './api-tokens.ts'
import { namesUser, unnumbered } from './attacks/doors.ts'
import { type CastName, cast, person } from './cast.ts'
import { impersonationOf } from './nodes.ts'
import { openWorld, type World } from './world.ts'

/** Routes that a stranger may call. This list may only shrink, or grow with a door that is meant to be open. */
const openDoors = [
  'sudigital POST /api/auth/login',
  'sudigital POST /api/auth/mfa',
  'sudigital POST /api/auth/passkey/options',
  'sudigital POST /api/auth/passkey',
  'sudigital POST /api/auth/refresh',
  'sudigital POST /api/auth/register',
  'sudigital POST /api/auth/verify-email',
  'sudigital POST /api/auth/resend-verification',
  'sudigital POST /api/auth/forgot-password',
  'sudigital POST /api/auth/reset-password',
  'sudigital POST /api/auth/accept-invitation',
  'sudigital POST /api/auth/set-up',
  'racknap POST /api/auth/login',
  'racknap POST /api/auth/token',
  'racknap POST /api/users/signup',
  'redirect-manager POST /api/v1/auth/login',
  'redirect-manager POST /auth/login',
  'redirect-manager POST /api/v1/auth/refresh',
  'service-module POST /api/auth/token',
]

/** What stands in for a token, and the one word in an answer that tells of it, in the only contract that does. */
const toldOf = { none: 'No token provided', malformed: 'Invalid token format', over: 'Invalid or expired token' }

const nameOf = (contract: Contract, { method, path }: Route) => `${contract.name} ${method} ${path}`

function everyRoute(): { contract: Contract; route: Route }[] {
  return Object.values(contracts).flatMap((contract) => contract.routes.map((route) => ({ contract, route })))
}

function pathOf(world: World, contract: Contract, route: Route, { id, email }: Pick<NewUser, 'id' | 'email'>): string {
  const mount = world.settings.mounts[contract.name as keyof typeof contracts] ?? ''
  const below = route.path.replace(':email', email ?? '').replace(/:\w+/, id)
  return `${mount === '/' ? '' : mount}${below}`
}

test('every route turns away a stranger, whatever stands in for a token, in the form of its contract', async () => {
  await using world = await openWorld()
  const expired = await world.core.tokens.sign({
    sub: cast.ada.user.id,
    sid: cast.ada.user.id as never,
    iat: world.core.clock() / 1000 - 7200,
    exp: world.core.clock() / 1000 - 3600,
  })
  const stray = await world.core.tokens.sign({
    sub: cast.ada.user.id,
    sid: cast.grace.user.id as never,
    iat: world.core.clock() / 1000,
    exp: world.core.clock() / 1000 + 3600,
  })
  const claims: readonly [headers: Record<string, string>, kind: keyof typeof toldOf][] = [
    [{}, 'none'],
    [{ authorization: '' }, 'malformed'],
    [{ authorization: 'Bearer' }, 'malformed'],
    [{ authorization: 'Bearer junk' }, 'malformed'],
    [{ authorization: `Bearer ${expired}` }, 'over'],
    [{ authorization: `Bearer ${stray}` }, 'over'],
    [{ authorization: `Bearer ${(await world.token('ada')).slice(0, -2)}xx` }, 'over'],
    [{ authorization: `Basic ${await world.token('ada')}` }, 'malformed'],
  ]
  const open: string[] = []

  for (const { contract, route } of everyRoute()) {
    if (route.needs === 'nobody') {
      open.push(nameOf(contract, route))
      continue
    }
    const bodies = new Set<string>()
    for (const [headers, kind] of claims) {
      const path = pathOf(world, contract, route, cast.grace.user)
      const answer = await world.fetch(path, { method: route.method, headers })
      const said = `${nameOf(contract, route)} with ${headers.authorization ?? 'nothing'}`
      assert.equal(answer.status, 401, said)
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      const text = await answer.text()
      const tells = contract.name === 'redirect-manager'
      if (tells) assert.ok(text.includes(toldOf[kind]), `${said}: ${text}`)
      bodies.add(tells ? text.replaceAll(toldOf[kind], 'no') : unnumbered(text))
    }
    assert.equal(bodies.size, 1, `${nameOf(contract, route)} says the same, but for what was wrong with the token`)
  }
  assert.deepEqual(open, openDoors)
})

/** The house document's own table: what each role may do to themselves and to others. */
const documented: Readonly<Record<string, Readonly<Record<Role, 'any' | 'own' | 'none'>>>> = {
  'GET /api/users': { admin: 'any', user: 'none', viewer: 'none' },
  'GET /api/users/:id': { admin: 'any', user: 'own', viewer: 'own' },
  'GET /api/users/:id/activity': { admin: 'any', user: 'own', viewer: 'own' },
  'POST /api/users': { admin: 'any', user: 'none', viewer: 'none' },
  'PUT /api/users/:id': { admin: 'any', user: 'own', viewer: 'none' },
  'PATCH /api/users/:id': { admin: 'any', user: 'own', viewer: 'none' },
  'PUT /api/users/me': { admin: 'any', user: 'own', viewer: 'none' },
  'PATCH /api/users/me': { admin: 'any', user: 'own', viewer: 'none' },
  'PUT /api/users/me/password': { admin: 'any', user: 'own', viewer: 'own' },
  'DELETE /api/users/:id': { admin: 'any', user: 'none', viewer: 'none' },
  'POST /api/users/:id/restore': { admin: 'any', user: 'none', viewer: 'none' },
  'GET /api/users/:id/sessions': { admin: 'any', user: 'own', viewer: 'own' },
  'DELETE /api/users/:id/sessions': { admin: 'any', user: 'own', viewer: 'own' },
  'DELETE /api/users/:id/sessions/:sid': { admin: 'any', user: 'own', viewer: 'own' },
  'POST /api/users/:id/unlock': { admin: 'any', user: 'none', viewer: 'none' },
  'GET /api/users/me/factors': { admin: 'any', user: 'own', viewer: 'own' },
  'POST /api/users/me/factors/totp': { admin: 'any', user: 'own', viewer: 'own' },
  'POST /api/users/me/factors/passkeys': { admin: 'any', user: 'own', viewer: 'own' },
  'DELETE /api/users/me/factors/:fid': { admin: 'any', user: 'own', viewer: 'own' },
  'GET /api/users/:id/factors': { admin: 'any', user: 'none', viewer: 'none' },
  'DELETE /api/users/:id/factors/:fid': { admin: 'any', user: 'none', viewer: 'none' },
  'POST /api/users/:id/invitation': { admin: 'any', user: 'none', viewer: 'none' },
  'GET /api/users/:id/export': { admin: 'any', user: 'own', viewer: 'own' },
  'GET /api/users/:id/organizations': { admin: 'any', user: 'own', viewer: 'own' },
  'POST /api/organizations': { admin: 'any', user: 'none', viewer: 'none' },
  'GET /api/organizations/:id': { admin: 'any', user: 'none', viewer: 'none' },
  'PATCH /api/organizations/:id': { admin: 'any', user: 'none', viewer: 'none' },
  'DELETE /api/organizations/:id': { admin: 'any', user: 'none', viewer: 'none' },
  'GET /api/organizations/:id/members': { admin: 'any', user: 'none', viewer: 'none' },
  'PUT /api/organizations/:id/members/:userId': { admin: 'any', user: 'none', viewer: 'none' },
  'DELETE /api/organizations/:id/members/:userId': { admin: 'any', user: 'none', viewer: 'none' },
}

test('the route table of the house says what its document says of each role', () => {
  for (const [name, expected] of Object.entries(documented)) {
    const route = contracts.sudigital.routes.find(({ method, path }) => `${method} ${path}` === name)
    assert.ok(route, name)
    for (const role of ['admin', 'user', 'viewer'] as const) {
      const reached = reachOf(role, route, name.includes('/me') ? 'own' : 'other')
      const wanted = expected[role] === 'any' || (expected[role] === 'own' && name.includes('/me'))
      assert.equal(reached, wanted, `${role}: ${name} of others`)
      assert.equal(reachOf(role, route, 'own'), expected[role] !== 'none', `${role}: ${name} of their own`)
    }
  }
})

/** A list of one's own, which may be empty. */
const listsOwn = '/api/organizations'

/** Nobody here belongs to an organization: those who do are the business of `attacks/organization-borders.test.ts`. */
function reachOf(role: Role, { needs, reach, method, path }: Route, whose: 'own' | 'other'): boolean {
  if (needs === 'nobody' || needs === 'somebody' || needs === 'session') return true
  if (reach === 'organizations' && method === 'GET' && path === listsOwn) return true
  if (!(permissionsOf[role] as readonly string[]).includes(needs)) return false
  if (reach === 'organizations') return role === 'admin'
  if (reach === 'others' && whose === 'own') return false
  return role === 'admin' || reach !== 'own' || whose === 'own'
}

const byRole: Readonly<Record<Role, CastName>> = { admin: 'ada', user: 'grace', viewer: 'linus' }

for (const role of ['admin', 'user', 'viewer'] as const) {
  test(`on every route of every contract ${role}s are let in or turned away as the route table says`, async () => {
    await using world = await openWorld()
    const me = byRole[role]
    let place = 1000
    for (const { contract, route } of everyRoute()) {
      if (route.needs === 'nobody' || route.path.endsWith('/logout')) continue
      for (const whose of ['own', 'other'] as const) {
        if (whose === 'other' && !namesUser(route)) continue
        place += 1
        const stranger = person({ place })
        await world.core.commit('create-user', { actor: system, user: stranger, passwordHash: null })
        const whom = whose === 'own' ? cast[me].user : stranger
        const sparing = route.method === 'DELETE' && route.path.endsWith('/sessions') ? '?keep=current' : ''
        const path = `${pathOf(world, contract, route, whom)}${sparing}`
        const answer = await world.fetch(path, { method: route.method, as: me })
        const isLetIn = answer.status !== 401 && answer.status !== 403
        const said = `${role} ${nameOf(contract, route)} (${whose}) → ${answer.status}`
        assert.equal(isLetIn, reachOf(role, route, whose), said)
        assert.ok(answer.status < 500, said)
        const expected = [...route.answers, 415, 429]
        assert.ok(expected.includes(answer.status), `${said}, which its table does not name`)
      }
    }
  })
}

/** Where a use-case asks for more than its route does: whoever names somebody has to be allowed to look for them, and to do what they do then. */
const asksForMore: Readonly<Record<string, Permission>> = {
  'sudigital GET /api/users/:id/sessions': 'sessions:manage',
  'sudigital POST /api/imports': 'users:create',
  'racknap POST /api/users': 'users:list',
  'racknap PATCH /api/users/:id': 'users:list',
  'racknap DELETE /api/users/:id': 'users:list',
  'express-gateway PUT /users/:id': 'users:update',
  'express-gateway DELETE /users/:id': 'users:list',
  'express-gateway PUT /users/:id/status': 'users:list',
  'express-gateway DELETE /users/:id/status': 'users:list',
  'service-module PUT /api/users/:email': 'users:list',
  'service-module DELETE /api/users/:email': 'users:list',
}

test('on every route of every contract an API token does what it is for, and nothing that takes a session', async () => {
  await using world = await openWorld()
  const all = grantableBy('admin')
  const scopes: readonly (readonly Permission[])[] = [[], ...all.map((one) => [one]), all]
  let place = 1000
  for (const permissions of scopes) {
    const { token } = await apiTokenOf(world, 'ada', permissions)
    for (const { contract, route } of everyRoute()) {
      if (route.needs === 'nobody') continue
      place += 1
      const whom = person({ place })
      await world.core.commit('create-user', { actor: system, user: whom, passwordHash: null })
      const path = pathOf(world, contract, route, whom)
      const answer = await world.fetch(path, { method: route.method, headers: { authorization: `Bearer ${token}` } })
      const name = nameOf(contract, route)
      const said = `a token for ${permissions.join(' ') || 'nothing'}: ${name} → ${answer.status}`
      assert.equal(answer.status !== 403, isFor(permissions, route, asksForMore[name]), said)
      assert.ok(answer.status !== 401 && answer.status < 500, said)
      if (contract.name === 'redirect-manager')
        assert.match(await answer.text(), /"FORBIDDEN","message":"Insufficient token scope"/, said)
    }
  }
})

for (const role of ['user', 'viewer'] as const) {
  test(`on every route of every contract whoever plays a ${role} may what a ${role} may, but nothing that takes them in person`, async () => {
    await using world = await openWorld()
    const { user } = cast[byRole[role]]
    const token = await impersonationOf(world, await world.token('ada'), user.id)
    for (const { contract, route } of everyRoute()) {
      if (route.needs === 'nobody') continue
      for (const whose of ['own', 'other'] as const) {
        if (whose === 'other' && !route.path.includes(':')) continue
        const path = pathOf(world, contract, route, whose === 'own' ? user : cast.ada.user)
        const answer = await world.fetch(path, { method: route.method, headers: { authorization: `Bearer ${token}` } })
        const said = `in the stead of a ${role}: ${nameOf(contract, route)} (${whose}) → ${answer.status}`
        const takesPerson: boolean = route.needs === 'session' || route.inPerson === true
        assert.equal(answer.status !== 403, !takesPerson && reachOf(role, route, whose), said)
        assert.ok(answer.status !== 401 && answer.status < 500, said)
      }
    }
  })
}

function isFor(
  permissions: readonly Permission[],
  { path, needs, reach, inPerson }: Route,
  more?: Permission,
): boolean {
  if (needs === 'session' || inPerson) return false
  if (needs === 'nobody' || needs === 'somebody') return true
  const reaches = reach !== 'own' || !path.includes(':') || permissions.includes('users:list')
  return permissions.includes(needs) && reaches && (more === undefined || permissions.includes(more))
}

test('whoever may not read a user gets the same bytes whether that user exists or not', async () => {
  await using world = await openWorld()
  const known = cast.ada.user.id
  const unknown = '01900000-0000-7000-8000-0000000000ff'

  for (const as of ['grace', 'linus'] as const) {
    for (const [method, above, below] of [
      ['GET', '/api/users/', ''],
      ['PUT', '/api/users/', ''],
      ['PATCH', '/api/users/', ''],
      ['DELETE', '/api/users/', ''],
      ['GET', '/api/users/', '/activity'],
      ['POST', '/api/users/', '/restore'],
      ['POST', '/api/users/', '/unlock'],
      ['GET', '/api/users/', '/sessions'],
      ['DELETE', '/api/users/', '/sessions'],
      ['DELETE', '/api/users/', `/sessions/${unknown}`],
      ['POST', '/api/users/', '/invitation'],
      ['GET', '/api/users/', '/organizations'],
      ['GET', '/api/organizations/', ''],
      ['PATCH', '/api/organizations/', ''],
      ['DELETE', '/api/organizations/', ''],
      ['GET', '/api/organizations/', '/members'],
      ['PUT', '/api/organizations/', `/members/${unknown}`],
      ['DELETE', '/api/organizations/', `/members/${unknown}`],
      ['GET', '/api/invitations/', ''],
      ['DELETE', '/api/invitations/', ''],
      ['POST', '/api/invitations/', '/resend'],
      ['PATCH', '/redirect-manager/api/v1/users/', '/role'],
      ['DELETE', '/redirect-manager/api/v1/users/', ''],
      ['PUT', '/service-module/api/users/', ''],
      ['PATCH', '/service-module/api/users/', ''],
      ['DELETE', '/service-module/api/users/', ''],
    ] as const) {
      const answers = []
      for (const name of [
        known,
        unknown,
        known.toUpperCase(),
        'ada@example.com',
        'nobody@example.com',
        '%F0%9F%99%82',
      ]) {
        const answer = await world.fetch(`${above}${name}${below}`, { method, as })
        answers.push(`${answer.status} ${await answer.text()}`)
      }
      assert.equal(new Set(answers).size, 1, `${as} ${method} ${above}${below}: ${answers.join(' | ')}`)
      assert.match(answers[0] ?? '', /^403 /)
    }
  }
})

test("another caller's tag tells nothing before the permission is checked", async () => {
  await using world = await openWorld()
  const shown = await world.fetch(`/api/users/${cast.ada.user.id}`, { as: 'ada' })
  const etag = shown.headers.get('etag') ?? ''

  const asked = await world.fetch(`/api/users/${cast.ada.user.id}`, { as: 'grace', headers: { 'if-none-match': etag } })
  const any = await world.fetch(`/api/users/${cast.ada.user.id}`, { as: 'grace', headers: { 'if-none-match': '*' } })

  assert.equal(asked.status, 403)
  assert.equal(any.status, 403)
})
