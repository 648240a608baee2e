import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { system } from '../../src/core/actor.ts'
import { cast, person } from '../cast.ts'
import { cpuMsOf, isWithin } from '../timing.ts'
import { openWorld, type World } from '../world.ts'

const documented = [
  ...[
    'id',
    'email',
    'firstName',
    'lastName',
    'role',
    'status',
    'avatar',
    'emailVerified',
    'lastLoginAt',
    'createdAt',
    'updatedAt',
  ],
  ...['preferences', 'profile', 'username', 'number', 'attributes'],
]

/** Names that a record, a row of a table or an object has, and that nobody may name here. */
const hidden = [
  ...[
    'passwordHash',
    'password',
    'password_hash',
    'credentials',
    'credentials.password_hash',
    'hash',
    'salt',
    'version',
    'particulars',
  ],
  ...[
    'particulars.attributes',
    'deletion',
    'deletedAt',
    'restorable',
    'redirectUri',
    'sessions',
    'refreshToken',
    'sort_email',
    'tokens',
  ],
  ...[
    '*',
    '**',
    'id.*',
    'profile.*',
    '.*',
    '$',
    '',
    '.',
    '..',
    ',',
    'id,',
    ',id',
    ' id',
    'id ',
    'ID',
    'Id',
    'id.',
    '.id',
    'id.x',
    'email.0',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'profile.__proto__',
    'profile.constructor',
    'constructor.name',
  ],
  ...[
    'attributes.',
    'profile.',
    'profile.bio.',
    'profile..bio',
    'preferences.notifications.sms',
    'profile[bio]',
    'profile/bio',
    'a'.repeat(5000),
  ],
  ...["id'", 'id"', 'id;', 'id--', 'id as x', 'count(*)', '(select 1)', '\0', 'id\0', '\u202eid', 'ıd', 'ｉd'],
]

for (const as of ['ada', 'grace', 'linus'] as const) {
  test(`${as} selects what is shown anyway, and nothing else by any name`, async () => {
    await using world = await openWorld()
    const doors = ['/api/users/me', `/api/users/${cast[as].user.id}`, ...(as === 'ada' ? ['/api/users'] : [])]

    for (const path of doors) {
      const isOwn = path.endsWith('/me')
      for (const name of hidden) {
        for (const fields of [name, `id,${name}`]) {
          const answer = await world.fetch(`${path}?fields=${encodeURIComponent(fields)}`, { as })
          assert.equal(answer.status, 400, `${path} ${fields}`)
          assert.doesNotMatch(await answer.text(), /argon2|@example/)
        }
      }
      const asked = await world.fetch(`${path}?fields=permissions`, { as })
      assert.equal(asked.status, isOwn ? 200 : 400, path)
      const all = await world.fetch(`${path}?fields=${documented.join(',')}`, { as })
      const { data } = (await all.json()) as { data: object | object[] }
      for (const user of [data].flat()) assert.deepEqual(new Set(Object.keys(user)), new Set(documented))
    }
  })
}

test('a key of somebody’s attributes is a key, whatever it is called, and shows nothing but itself', async () => {
  await using world = await openWorld()
  const attributes = JSON.parse(
    '{"constructor":{"name":"mine"},"a.b":1,"a":{"b":2,"c":3},"__proto":4,"toString":5,"":6,"secret":{"key":7}}',
  )
  const holder = person({ place: 700, particulars: { attributes } })
  await world.core.commit('create-user', { actor: system, user: holder, passwordHash: null })
  const select = async (fields: string) => {
    const answer = await world.fetch(`/api/users/${holder.id}?fields=${encodeURIComponent(fields)}`, { as: 'ada' })
    return answer.status === 200 ? ((await answer.json()) as { data: unknown }).data : answer.status
  }

  assert.deepEqual(await select('attributes'), { attributes })
  assert.deepEqual(await select('attributes.constructor'), { attributes: { constructor: { name: 'mine' } } })
  assert.deepEqual(await select('attributes.constructor.prototype'), { attributes: { constructor: {} } })
  assert.deepEqual(await select('attributes.a.b'), { attributes: { 'a.b': 1, a: { b: 2 } } })
  assert.deepEqual(await select('attributes.toString'), { attributes: { toString: 5 } })
  assert.deepEqual(await select('attributes.valueOf'), { attributes: {} })
  assert.deepEqual(await select('attributes.__proto__'), { attributes: {} })
  assert.deepEqual(await select('attributes.secret.k'), { attributes: { secret: {} } })
  assert.deepEqual(await select('attributes.secr'), { attributes: {} })
})

test('whatever is selected is a part of what is shown without a selection', async () => {
  await using world = await openWorld()
  const whole = await shown(world, [...documented, 'permissions'].join(','))
  const name = fc.oneof(
    fc.constantFrom(...documented, 'profile.bio', 'preferences.theme'),
    fc.constantFrom(...hidden),
    fc.string(),
  )

  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (names) => {
      const data = await shown(world, names.join(','))
      assert.ok(data === null || isPart(data, whole), `${names.join(',')}: ${JSON.stringify(data)}`)
    }),
    { numRuns: 150 },
  )
})

test('a thousand names for a hundred users are answered in time', async () => {
  await using world = await openWorld()
  const inner = Object.fromEntries(Array.from({ length: 32 }, (_, n) => [`m${n}`, {}]))
  const attributes = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, inner]))
  for (let place = 800; place < 900; place += 1) {
    const user = person({ place, particulars: { attributes } })
    await world.core.commit('create-user', { actor: system, user, passwordHash: null })
  }
  const many = Array.from({ length: 900 }, (_, n) => `attributes.z${n}`).join(',')
  await world.token('ada')

  for (const fields of [many, `attributes.${'.'.repeat(14_000)}`, `${'id,'.repeat(4000)}id`]) {
    const tookMs = await cpuMsOf(async () => {
      const answer = await world.fetch(`/api/users?limit=100&fields=${fields}`, { as: 'ada' })
      await answer.text()
      assert.equal(answer.status, 200)
    })
    assert.ok(isWithin(tookMs, 1500), `${tookMs} ms`)
  }
})

async function shown(world: World, fields: string): Promise<Record<string, unknown> | null> {
  const answer = await world.fetch(`/api/users/me?fields=${encodeURIComponent(fields)}`, { as: 'grace' })
  assert.ok([200, 400].includes(answer.status), fields)
  return answer.status === 200 ? ((await answer.json()) as { data: Record<string, unknown> }).data : null
}

function isPart(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null || Array.isArray(part))
    return JSON.stringify(part) === JSON.stringify(whole)
  if (typeof whole !== 'object' || whole === null) return false
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && isPart(value, Reflect.get(whole, key)),
  )
}
