import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Heard, knock } from '../../../test/attacks/knock.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'

const mount = '/service-module/api'
const longest = `${'a'.repeat(242)}@example.com`

const bodies: readonly string[] = [
  '',
  'null',
  '[]',
  '{}',
  '0',
  '1e999',
  '"',
  '{"a":1}x',
  '\u0000',
  '{"email":"a\\u0000@example.com","password":"0123456789\\u0000","newPassword":"0123456789\\u0000","type":"\\u0000"}',
  '{"email":"a\\ud800@example.com","password":"0123456789\\ud800","newPassword":"0123456789\\udc00","type":"\\ud800"}',
  '{"__proto__":{"email":"p@example.com","password":"0123456789","newPassword":"0123456789","type":"Admin"}}',
  '{"constructor":{"prototype":{"type":"Admin"}},"toString":"x","hasOwnProperty":1,"length":-1}',
  '{"email":{"$ne":null},"password":{"$gt":""},"newPassword":{"$gt":""},"type":{"$in":["Admin"]}}',
  `{"email":"p@example.com","password":["0123456789"],"newPassword":["0123456789"],"type":["Admin"]}`,
  `{"email":"' or 1=1 --","password":"' or 1--","type":"Admin' --"}`,
  `{"email":"${'x'.repeat(100_000)}","password":"short","newPassword":"short","type":"${'x'.repeat(90_000)}"}`,
  `{"email":"x","password":"${'\u0301'.repeat(60_000)}","newPassword":"${'\u0301'.repeat(30_000)}"}`,
  `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":null`).join()}}`,
  '['.repeat(100_000),
  `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
]

const paths: readonly string[] = [
  `${mount}/users/%2e%2e`,
  `${mount}/users/..%2fauth%2ftoken`,
  `${mount}/users/%2F`,
  `${mount}/users/@`,
  `${mount}/users/%40`,
  `${mount}/users/__proto__`,
  `${mount}/users/constructor@toString`,
  `${mount}/users/%ED%A0%80@example.com`,
  `${mount}/users/%F0%9F%98%80@example.com`,
  `${mount}/users/grace%00@example.com`,
  `${mount}/users/grace@example.com%0d%0ax: y`,
  `${mount}/users/grace@example.com%0D%0ASet-Cookie:x=y`,
  `${mount}/users/grace@example.com;admin=1`,
  `${mount}/users/%E2%80%AEgrace@example.com`,
  `${mount}/users/${'%CC%81'.repeat(150)}@example.com`,
  `${mount}/users/${'a'.repeat(8_000)}`,
  `${mount}/users/*`,
  `${mount}/users/:email`,
  `${mount}/users/grace@example.com/../ada@example.com`,
  `${mount}/users/%67race@example.com%2F..%2Fada@example.com`,
  `${mount}//users/grace@example.com`,
]

for (const engine of engines) {
  test(`${engine}: whatever is sent, the answer is one of the contract and nothing of it is kept`, {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const authorization = `Bearer ${await world.token('ada')}`
    const before = await everybody(world)
    const routes = [
      ['POST', `${mount}/auth/token`],
      ['POST', `${mount}/users`],
      ['PUT', `${mount}/users/grace@example.com`],
      ['PATCH', `${mount}/users/grace@example.com`],
    ] as const

    for (const body of bodies) {
      for (const [method, path] of routes) {
        const headers = { authorization, 'content-type': 'application/json' }
        const heard = await knock(world.roster.port, { method, path, headers, body })
        isOfTheContract(heard, [400], `${method} ${path} ${body.slice(0, 100)}`)
      }
    }
    for (const path of paths) {
      for (const [method, body] of [
        ['PUT', '{"type":"Admin"}'],
        ['PATCH', '{"newPassword":"newpassword"}'],
        ['DELETE', undefined],
      ] as const) {
        const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
        const heard = await knock(world.roster.port, { method, path: path.replace(' ', '%20'), headers, body })
        isOfTheContract(heard, [400, 404], `${method} ${path}`)
      }
    }

    assert.deepEqual(await everybody(world), before)
  })

  test(`${engine}: addresses that look alike are different people, and those that are alike are one`, async () => {
    await using world = await openWorld({ engine })
    const people = ['straße@example.com', 'jose\u0301@example.com', 'аda@example.com', 'ada+1@example.com', longest]
    const twins = [
      'STRASSE@example.com',
      'JOSÉ@EXAMPLE.COM',
      'АDA@example.com',
      'ADA+1@Example.com',
      longest.toUpperCase(),
    ]
    const call = (method: string, email: string, json?: object) =>
      world.fetch(`${mount}/users/${encodeURIComponent(email)}`, { method, as: 'ada', json })
    const create = async (email: string) => {
      const json = { email, password: 'userspassword' }
      return (await world.fetch(`${mount}/users`, { method: 'POST', as: 'ada', json })).status
    }

    for (const email of people) assert.equal(await create(email), 201, email)
    for (const email of twins) assert.equal(await create(email), 409, email)
    for (const email of twins) assert.equal((await call('PUT', email, { status: 'Inactive' })).status, 204, email)
    for (const email of people) {
      assert.equal((await world.core.directory.users.byClaim('email', email))?.status, 'inactive', email)
    }
    assert.equal((await world.core.directory.users.byClaim('email', 'ada@example.com'))?.status, 'active')
    for (const email of twins) assert.equal((await call('DELETE', email)).status, 204, email)
    for (const email of people) assert.equal((await call('DELETE', email)).status, 404, email)
  })

  test(`${engine}: of what is done to one user at once all or nothing is done, and there is one end`, async () => {
    await using world = await openWorld({ engine })
    const path = `${mount}/users/grace@example.com`
    const ask = async (method: string, json?: object) => (await world.fetch(path, { method, as: 'ada', json })).status

    const statuses = await Promise.all([
      ask('PUT', { type: 'Admin' }),
      ask('PATCH', { newPassword: 'onepassword' }),
      ask('DELETE'),
      ask('DELETE'),
      ask('PATCH', { newPassword: 'otherpassword' }),
      ask('PUT', { status: 'Inactive' }),
    ])

    for (const status of statuses) assert.ok([204, 404].includes(status), statuses.join())
    assert.equal([statuses[2], statuses[3]].filter((status) => status === 204).length, 1)
    for (const password of ['onepassword', 'otherpassword']) {
      const json = { email: 'grace@example.com', password }
      assert.equal((await world.fetch(`${mount}/auth/token`, { method: 'POST', json })).status, 401)
    }
  })
}

test('a body that is too large is refused before it is read', async () => {
  await using world = await openWorld()
  const authorization = `Bearer ${await world.token('ada')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const body = `{"email":"new@example.com","password":"userspassword","x":"${'x'.repeat(1024 * 1024)}"}`

  for (const [method, path] of [
    ['POST', `${mount}/users`],
    ['PATCH', `${mount}/users/grace@example.com`],
  ] as const) {
    const heard = await knock(world.roster.port, { method, path, headers, body })
    assert.deepEqual([heard.status, heard.body], [413, ''])
  }
  const strange = await knock(world.roster.port, { method: 'POST', path: `${mount}/users`, headers: {}, body })
  assert.deepEqual([strange.status, strange.body], [401, ''])
})

/** A no is empty, or says what is wrong; nothing of what was sent comes back in its headers. */
function isOfTheContract({ status, headers, body }: Heard, expected: readonly number[], asked: string) {
  assert.ok(expected.includes(status), `${asked} answered ${status} ${body}`)
  assert.equal(headers['set-cookie'], undefined, asked)
  if (status !== 400) return assert.equal(body, '', asked)
  const said = JSON.parse(body) as { message: string; errors: string[] }
  assert.deepEqual([Object.keys(said), said.message], [['message', 'errors'], 'Validation Error'], asked)
  assert.ok(said.errors.length > 0 && new Set(said.errors).size === said.errors.length, asked)
  assert.ok(body.length < 1_000, `${asked} answered at length`)
}

async function everybody(world: World): Promise<unknown> {
  const page = await world.fetch('/api/users?fields=id,email,role,status,updatedAt', { as: 'ada' })
  return page.json()
}
