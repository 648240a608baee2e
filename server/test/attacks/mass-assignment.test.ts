import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User, UserId } from '../../src/core/users/user.ts'
import { type CastName, cast } from '../cast.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { everyDoor, logIn } from './doors.ts'
import { knock } from './knock.ts'

/** JSON text, for no object literal has a key called `__proto__`. Nobody sets these, whatever they may set besides. */
const untouchable = [
  '"id":"01900000-0000-7000-8000-000000000001"',
  '"number":1',
  '"version":99',
  '"emailVerified":true',
  '"email_verified":1',
  '"createdAt":"2001-01-01T00:00:00.000Z"',
  '"createdAtMs":1',
  '"updatedAt":"2001-01-01T00:00:00.000Z"',
  '"deletedAt":null',
  '"deletion":null',
  '"lastLoginAt":"2001-01-01T00:00:00.000Z"',
  '"permissions":["users:roles"]',
  '"passwordHash":"$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAA$AAAA"',
  '"password_hash":"x"',
  '"actor":{"kind":"system"}',
  '"isAdmin":true',
  '"particulars":{"avatar":"http://x"}',
  '"redirect_uri":"http://x"',
  '"__proto__":{"role":"admin","polluted":true}',
  '"constructor":{"prototype":{"role":"admin","polluted":true}}',
  '"prototype":{"role":"admin"}',
]

/** What only an admin sets, and only on doors that say so. */
const adminsOnly = ['"role":"admin"', '"status":"active"', '"attributes":{"plan":"gold"}', '"email":"ada@example.com"']

/** A good body for each door that takes one. */
const good: Readonly<Record<string, string>> = {
  'sudigital POST /api/auth/register':
    '"email":"new@example.com","password":"Lighthouse-Keeper-77!","firstName":"New","lastName":"Comer"',
  'sudigital POST /api/auth/login': '"email":"ines@example.com","password":"wrong"',
  'sudigital POST /api/auth/refresh': '"refreshToken":"none"',
  'sudigital POST /api/users':
    '"email":"new@example.com","password":"Lighthouse-Keeper-77!","firstName":"New","lastName":"Comer"',
  'sudigital POST /api/invitations': '"email":"new@example.com","firstName":"New"',
  'sudigital POST /api/auth/accept-invitation': '"token":"none","password":"Lighthouse-Keeper-77!"',
  'sudigital PUT /api/users/me': '"firstName":"Changed"',
  'sudigital PATCH /api/users/me': '"firstName":"Changed"',
  'sudigital PUT /api/users/:id': '"firstName":"Changed"',
  'sudigital PATCH /api/users/:id': '"firstName":"Changed"',
  'sudigital PUT /api/users/me/password': '"currentPassword":"wrong","newPassword":"Lighthouse-Keeper-77!"',
  'sudigital POST /api/tokens': '"name":"New","permissions":["users:read"]',
  'sudigital POST /api/users/me/email': '"email":"else@example.com","password":"wrong"',
  'sudigital POST /api/users/:id/password': '"newPassword":"Lighthouse-Keeper-77!"',
  'sudigital POST /api/auth/forgot-password': '"email":"grace@example.com"',
  'sudigital POST /api/auth/resend-verification': '"email":"paul@example.com"',
  'express-gateway POST /users': '"username":"new","firstname":"New","lastname":"Comer"',
  'express-gateway PUT /users/:id': '"firstname":"Changed"',
  'express-gateway PUT /users/:id/status': '"status":true',
  'express-gateway DELETE /users/:id/status': '"status":true',
  'redirect-manager POST /api/v1/users': '"username":"new","password":"Lighthouse-Keeper-77!"',
  'redirect-manager PATCH /api/v1/users/:id/role': '"role":"USER"',
  'racknap POST /api/users/signup':
    '"email":"new@example.com","password":"secure_password","firstName":"New","lastName":"Comer"',
  'racknap POST /api/users':
    '"email":"new@example.com","password":"secure_password","firstName":"New","lastName":"Comer"',
  'racknap PATCH /api/users/:id': '"firstName":"Changed"',
  'racknap PUT /api/users/:id/password': '"newPassword":"secure_password"',
  'service-module POST /api/users': '"email":"new@example.com","password":"Lighthouse-Keeper-77!"',
}

for (const as of ['ada', 'grace', 'linus'] as const) {
  test(`${as} sets nothing that is not for anybody to set, through any body`, async () => {
    await using world = await openWorld({ settings: { GUESSES_PER_ACCOUNT: '1000' } })
    await settleBystanders(world)
    for (const name of ['ada', 'grace', 'linus'] as const) await world.token(name)
    let before = await everybody(world)

    for (const door of everyDoor(world).filter(({ name }) => name in good)) {
      for (const extra of untouchable) {
        const answer = await send(world, { ...door, id: cast[as].user.id, as, body: `{${good[door.name]},${extra}}` })
        assert.ok(answer.status < 500, `${door.name} ${extra}`)
        await answer.text()
        before = await nothingElseChanged(world, before, `${as} ${door.name} ${extra} → ${answer.status}`)
      }
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined)
  })
}

for (const as of ['grace', 'linus'] as const) {
  test(`${as} does not become more than they are, through any body`, async () => {
    await using world = await openWorld({ settings: { GUESSES_PER_ACCOUNT: '1000' } })
    await settleBystanders(world)
    await world.token(as)
    const me = cast[as].user

    for (const door of everyDoor(world).filter(({ name }) => name in good && !name.endsWith('/login'))) {
      for (const extra of adminsOnly.filter((one) => !good[door.name]?.includes(one.split(':')[0] ?? ''))) {
        const ids = [me.id, me.id.toUpperCase(), cast.ada.user.id]
        for (const id of door.route.path.includes(':id') ? ids : [me.id]) {
          const before = await everybody(world)
          const answer = await send(world, { ...door, id, as, body: `{${good[door.name]},${extra}}` })
          const isOpen = door.route.needs === 'nobody'
          assert.ok(
            [400, 403, ...(isOpen ? [401] : [])].includes(answer.status),
            `${door.name} ${extra} ${answer.status}`,
          )
          assert.deepEqual(await everybody(world), before, `${door.name} ${extra}`)
        }
      }
    }
    assert.equal((await world.fetch('/api/users', { as })).status, 403)
  })
}

test('whoever registers is a pending user without a verified address, whatever they send', async () => {
  await using world = await openWorld()
  const asked = {
    email: 'new@example.com',
    password: bystandersPassword,
    firstName: 'New',
    lastName: 'Comer',
  }
  for (const more of [
    { role: 'admin' },
    { status: 'active' },
    { emailVerified: true },
    { username: 'x' },
    { id: 'x' },
  ]) {
    const answer = await world.fetch('/api/auth/register', { method: 'POST', json: { ...asked, ...more } })
    assert.equal(answer.status, 400, JSON.stringify(more))
  }
  assert.equal(await world.core.directory.users.byClaim('email', asked.email), null)

  const path = '/api/auth/register?role=admin&status=active'
  const headers = { 'content-type': 'application/json', 'x-role': 'admin' }
  const answer = await knock(world.roster.port, { method: 'POST', path, headers, body: JSON.stringify(asked) })
  assert.equal(answer.status, 202)

  const made = await world.core.directory.users.byClaim('email', asked.email)
  assert.deepEqual([made?.role, made?.status, made?.emailVerified, made?.version], ['user', 'pending', false, 1])
  assert.equal((await logIn(world, { email: asked.email, password: asked.password })).status, 403)
})

test('a user made through express-gateway is active and a user, and has the id and the instants of the directory', async () => {
  await using world = await openWorld()
  const sent = {
    username: 'steve',
    firstname: 'Steve',
    lastname: 'Brown',
    id: cast.ada.user.id,
    isActive: false,
    createdAt: 'x',
    updatedAt: 'x',
    password: bystandersPassword,
  }
  const answer = await world.fetch('/express-gateway/users', { method: 'POST', as: 'ada', json: sent })
  assert.equal(answer.status, 200)

  const steve = await world.core.directory.users.byClaim('username', 'steve')
  assert.deepEqual([steve?.role, steve?.status, steve?.createdAtMs], ['user', 'active', world.core.clock()])
  assert.notEqual(steve?.id, cast.ada.user.id)
  assert.equal((await logIn(world, { username: 'steve', password: bystandersPassword })).status, 401)
})

function send(
  world: World,
  { route, at, id, as, body }: ReturnType<typeof everyDoor>[number] & { id: string; as: CastName; body: string },
): Promise<Response> {
  return world.fetch(at(id), { method: route.method, as, body, headers: { 'content-type': 'application/json' } })
}

/** All who were there before anything was sent, as the directory knows them. */
async function everybody({ core }: World): Promise<(User | null)[]> {
  const ids = [1, 2, 3, 101, 102, 104, 105].map(
    (place) => `01900000-0000-7000-8000-${place.toString(16).padStart(12, '0')}`,
  )
  return Promise.all(ids.map(async (id) => await core.directory.users.byId(id as UserId)))
}

/** A good half of a body may have been done; whoever was made meanwhile is as new people are. Answers how everybody is afterwards. */
async function nothingElseChanged(world: World, before: (User | null)[], said: string): Promise<(User | null)[]> {
  const after = await everybody(world)
  for (const [index, user] of after.entries()) {
    const old = before[index]
    assert.ok(user && old, said)
    const { firstName, version, updatedAtMs, ...rest } = user
    assert.deepEqual(
      { ...rest, firstName: old.firstName, version: old.version, updatedAtMs: old.updatedAtMs },
      old,
      said,
    )
    assert.ok(version <= old.version + 1, said)
    assert.ok(firstName === old.firstName || firstName === 'Changed', said)
    assert.equal(updatedAtMs, world.core.clock(), said)
  }
  for (const [kind, value] of [
    ['email', 'new@example.com'],
    ['username', 'new'],
  ] as const) {
    const made = await world.core.directory.users.byClaim(kind, value)
    if (made === null) continue
    const { role, version, emailVerified, createdAtMs, deletion } = made
    assert.deepEqual(
      [role, version, emailVerified, createdAtMs, deletion],
      ['user', 1, false, world.core.clock(), null],
      said,
    )
    await world.fetch(`/express-gateway/users/${made.id}`, { method: 'DELETE', as: 'ada' })
  }
  return after
}
