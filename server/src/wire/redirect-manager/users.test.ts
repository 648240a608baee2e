import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CastName, cast } from '../../../test/cast.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { system } from '../../core/actor.ts'
import { exchange } from '../../http/testing/raw-http.ts'

const users = '/redirect-manager/api/v1/users'

for (const engine of engines) {
  test(`admins who demote and delete each other at once leave one of them (${engine})`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const ring: [CastName, CastName][] = [
      ['ada', 'grace'],
      ['grace', 'linus'],
      ['linus', 'ada'],
    ]
    for (let round = 0; round < 4; round += 1) {
      for (const [name] of ring) await setRole(world, name)

      const json = { role: 'USER' }
      const answers = await Promise.all(
        ring.map(([by, whom]) => ask(world, by, 'PATCH', `${cast[whom].user.id}/role`, json)),
      )

      for (const status of answers) assert.ok([200, 403, 409].includes(status), String(status))
      assert.ok((await world.core.directory.users.activeAdmins()) >= 1)
    }

    for (const [name] of ring) await setRole(world, name)
    const deleted = await Promise.all(ring.map(([by, whom]) => ask(world, by, 'DELETE', cast[whom].user.id)))
    for (const status of deleted) assert.ok([204, 401, 403, 409].includes(status), String(status))
    assert.ok((await world.core.directory.users.activeAdmins()) >= 1)
  })

  test(`of many who ask for one username at once, one gets it, and only a change moves updatedAt (${engine})`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const spellings = ['newuser', 'NewUser', 'newuser']

    const made = await Promise.all(
      spellings.map((username) =>
        world.fetch(users, { method: 'POST', as: 'ada', json: { username, password: 'secure-password' } }),
      ),
    )
    const won = made.find(({ status }) => status === 201)
    assert.ok(won !== undefined)
    const { id, createdAt } = (await won.json()) as Shown
    const updatedAt: string[] = []
    for (const role of ['USER', 'ADMIN', 'ADMIN', 'USER']) {
      world.tick(1)
      const answer = await world.fetch(`${users}/${id}/role`, { method: 'PATCH', as: 'ada', json: { role } })
      updatedAt.push(((await answer.json()) as Shown).updatedAt)
    }

    assert.deepEqual(made.map(({ status }) => status).sort(), [201, 409, 409])
    assert.equal(createdAt, '2026-01-05T09:00:00.000Z')
    const moments = ['000', '002', '002', '004'].map((ms) => `2026-01-05T09:00:00.${ms}Z`)
    assert.deepEqual(updatedAt, moments)
  })

  test(`what strangers and users send breaks nothing and is refused in the contract's form (${engine})`, {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const before = await (await world.fetch(users, { as: 'ada' })).text()

    for (const [method, path, body] of hostileRequests) {
      const headers = { 'content-type': 'application/json' }
      const answer = await world.fetch(path, { method, as: 'ada', headers, ...(body === null ? {} : { body }) })
      const said = `${method} ${path.slice(0, 200)} ${String(body).slice(0, 200)} answered ${answer.status}`
      assert.ok(answer.status >= 400 && answer.status < 500, said)
      const { code, message, error } = (await answer.json()) as { code: string; message: string; error: unknown }
      assert.deepEqual(error, { code, message }, said)
    }
    for (const header of junkCookies) {
      const answer = await sendCookie(world, header)
      assert.ok([200, 401, 431].includes(answer.status), `${header.slice(0, 80)}: ${answer.status}`)
      assert.equal(answer.headers['set-cookie'], undefined)
    }

    assert.equal(await (await world.fetch(users, { as: 'ada' })).text(), before)
    assert.deepEqual(
      world.logged.filter((line) => line.includes('request-failed') || line.includes('refusal-failed')),
      [],
    )
  })
}

test('a refresh token is found among other cookies, the first of its name', { timeout: 30_000 }, async () => {
  await using world = await openWorld()
  const json = { username: 'grace@example.com', password: cast.grace.password }
  const signedIn = await world.fetch('/redirect-manager/auth/login', { method: 'POST', json })
  const [token = ''] = (signedIn.headers.getSetCookie()[0] ?? '').split(';')

  const later = await sendCookie(world, `refreshToken=other; ${token}`)
  const found = await sendCookie(world, `a=b; =; ;${token} ;refreshToken=other; __proto__=x`)

  assert.equal(later.status, 401)
  assert.equal(found.status, 200)
})

const nobody = '01900000-0000-7000-8000-00000000ffff'
const huge = 'x'.repeat(100_000)
const usernames = [
  '"a\\u0000b"',
  '"\\ud800"',
  '"a\\u202eb"',
  '"\\n"',
  '"   "',
  '"a@b"',
  '"grace@example.com"',
  `"${cast.grace.user.id}"`,
  `"${cast.grace.user.id.toUpperCase()}"`,
  `"${huge}"`,
  '["a"]',
  '{"toString":1}',
  'null',
  'true',
  '1e400',
]
const passwords = ['"\\ud800 is not well"', `"${huge}"`, '"short"', '12345678', '{"length":9}', 'null']
const bodies = [
  '{',
  'nul',
  '"text"',
  '[]',
  '[{"role":"ADMIN"}]',
  'null',
  '1',
  '{"__proto__":{"role":"ADMIN","username":"p","password":"secure-password"}}',
  '{"constructor":{"prototype":{"role":"ADMIN"}}}',
  '{"role":{"toString":"ADMIN"}}',
  '{"role":"ADMIN\\u0000"}',
  '{"role":" ADMIN "}',
  `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
  `{"role":"${huge}"}`,
]

/** All of them by an admin, who would get furthest. */
const hostileRequests: readonly [string, string, string | null][] = [
  ...usernames.map((username): [string, string, string] => [
    'POST',
    users,
    `{"username":${username},"password":"secure-password"}`,
  ]),
  ...passwords.map((password): [string, string, string] => ['POST', users, `{"username":"r","password":${password}}`]),
  ...passwords.map((password): [string, string, string] => [
    'PATCH',
    `${users}/password`,
    `{"password":"wrong","newPassword":${password}}`,
  ]),
  ...bodies.flatMap((body): [string, string, string][] => [
    ['POST', users, body],
    ['PATCH', `${users}/${cast.grace.user.id}/role`, body],
    ['PUT', `${users}/password`, body],
    ['POST', '/redirect-manager/api/v1/auth/login', body],
  ]),
  ['PATCH', `${users}/${cast.ada.user.id}/role`, `{"role":"${huge}`],
  ['PATCH', `${users}/${cast.ada.user.id.toUpperCase()}/role`, '{"role":"USER"}'],
  ['DELETE', `${users}/${cast.ada.user.id.toUpperCase()}`, null],
  ['DELETE', `${users}/%3${cast.ada.user.id.slice(0, 1)}1900000-0000-7000-8000-000000000001`, null],
  ['DELETE', `${users}/01900000-0000-7000-8000-000000000001%20`, null],
  ['DELETE', `${users}/${encodeURIComponent('\u202e'.repeat(512))}`, null],
  ['DELETE', `${users}/${'9'.repeat(600)}`, null],
  ['DELETE', `${users}/..%2f..%2fusers`, null],
  ['DELETE', `${users}/%2e%2e%2f`, null],
  ['DELETE', `${users}/%00`, null],
  ['DELETE', `${users}/%c0%af`, null],
  ['DELETE', `${users}/%zz`, null],
  ['DELETE', `${users}//role`, null],
  ['DELETE', `${users}/PASSWORD`, null],
  ['PATCH', `${users}/__proto__/role`, '{"role":"ADMIN"}'],
  ['PATCH', `${users}/${nobody}/role`, '{"role":"ADMIN"}'],
  ['GET', `${users}?limit=1e1`, null],
  ['GET', `${users}?limit=-1`, null],
  ['GET', `${users}?limit=1&limit=1`, null],
  ['GET', `${users}?limit=%00`, null],
  ['GET', `${users}?cursor=a&cursor=b`, null],
  ['GET', `${users}?cursor=${'A'.repeat(3_000)}`, null],
  ['GET', `${users}?cursor=e30`, null],
  ['GET', `${users}?cursor=%F0%9F`, null],
  ['GET', '/redirect-manager/api/v1/USERS', null],
  ['GET', '/redirect-manager/auth/refresh', null],
]

const junkCookies = [
  'refreshToken',
  'refreshToken=',
  'refreshToken=%',
  'refreshToken=%00%ff',
  'refreshToken="',
  'refreshToken=a=b=c',
  '=refreshToken',
  ';;;;',
  '__proto__=refreshToken; constructor=x; toString=y',
  `refreshToken=${'t'.repeat(9_000)}`,
  `refreshToken=${'t'.repeat(20_000)}`,
  'a=b; '.repeat(3_000),
  `${'refreshToken=x; '.repeat(500)}`,
  'refreshToken=\u00ff\u00fe',
]

function sendCookie({ roster }: World, cookie: string) {
  const head = ['POST /redirect-manager/api/v1/auth/refresh HTTP/1.1', 'Host: localhost', 'Connection: close']
  return exchange(roster.port, [...head, `Cookie: ${cookie}`, '', ''].join('\r\n'))
}

async function ask(world: World, by: CastName, method: string, path: string, json?: unknown): Promise<number> {
  return (await world.fetch(`${users}/${path}`, { method, as: by, ...(json === undefined ? {} : { json }) })).status
}

async function setRole(world: World, name: CastName): Promise<void> {
  const { id } = cast[name].user
  const changes = { role: 'admin' } as const
  assert.ok((await world.core.commit('update-user', { actor: system, id, changes, versions: null })).ok)
}

interface Shown {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
}
