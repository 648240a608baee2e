import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../../test/cast.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'

const dayMs = 24 * 3600 * 1000
const grace = { username: 'grace@example.com', password: cast.grace.password }

const network = { DEVELOPMENT_ON_NETWORK: 'yes' }

const places = [
  {
    name: 'over https it goes over https only, to the address under which it is known outside',
    settings: { ...network, PUBLIC_URL: 'https://example.com/directory', MOUNTS: 'redirect-manager=/links/admin' },
    mount: '/links/admin',
    path: '/directory/links/admin/api/v1/auth',
    secure: '; Secure',
  },
  {
    name: 'over plain http in a network it is not for browsers',
    settings: { ...network, PUBLIC_URL: 'http://directory.lan', MOUNTS: 'sudigital=/house redirect-manager=/' },
    mount: '',
    path: '/api/v1/auth',
    secure: '; Secure',
  },
  {
    name: 'over plain http on this machine it goes over plain http',
    settings: { PUBLIC_URL: 'http://[::1]:3001' },
    mount: '/redirect-manager',
    path: '/redirect-manager/api/v1/auth',
    secure: '',
  },
]

for (const { name, settings, mount, path, secure } of places) {
  test(`the cookie is for the address of the sessions alone; ${name}`, { timeout: 30_000 }, async () => {
    await using world = await openWorld({ settings })

    const signedIn = await post(world, `${mount}/auth/login`, { json: grace })
    world.tick(dayMs)
    const refreshed = await post(world, `${mount}/api/v1/auth/refresh`, { cookie: cookieOf(signedIn) })
    const { access_token: token } = (await refreshed.json()) as { access_token: string }
    const signedOut = await post(world, `${mount}/api/v1/auth/logout`, { cookie: cookieOf(refreshed), token })

    const until = (maxAge: number, expires: string) =>
      `Max-Age=${maxAge}; Path=${path}; Expires=${expires}; HttpOnly${secure}; SameSite=Strict`
    assert.equal(attributesOf(signedIn), until(30 * 86_400, 'Wed, 04 Feb 2026 09:00:00 GMT'))
    assert.equal(attributesOf(refreshed), until(29 * 86_400, 'Wed, 04 Feb 2026 09:00:00 GMT'))
    assert.equal(signedOut.status, 204)
    assert.equal(cookieOf(signedOut), 'refreshToken=')
    assert.equal(attributesOf(signedOut), until(0, 'Thu, 01 Jan 1970 00:00:00 GMT'))
  })
}

for (const engine of engines) {
  test(`of many who send one refresh token at once one is served, and then nobody (${engine})`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const cookie = cookieOf(await post(world, '/redirect-manager/auth/login', { json: grace }))

    const answers = await Promise.all(Array.from({ length: 12 }, () => refresh(world, cookie)))

    const served = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status }) => status === 401)
    assert.deepEqual([served.length, refused.length], [1, 11])
    for (const { code } of refused) assert.equal(code, 'REFRESH_TOKEN_REUSE_DETECTED')
    const next = await refresh(world, served[0]?.cookie ?? '')
    assert.deepEqual([next.status, next.code], [401, 'AUTHENTICATION_FAILED'])
  })

  test(`a session ends with its time, and a name has no more guesses than in other contracts (${engine})`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '3' } })
    const cookie = cookieOf(await post(world, '/redirect-manager/auth/login', { json: grace }))
    const guess = (path: string, username: string) =>
      post(world, path, { json: { username, password: 'wrong' } }).then(({ status }) => status)

    const guessed = [
      await guess('/redirect-manager/auth/login', 'grace@example.com'),
      await guess('/redirect-manager/api/v1/auth/login', 'GRACE@example.com'),
      (await post(world, '/api/auth/login', { json: { email: 'grace@example.com', password: 'wrong' } })).status,
      await guess('/redirect-manager/auth/login', ' grace@example.com'),
    ]
    world.tick(30 * dayMs)
    const late = await refresh(world, cookie)

    assert.deepEqual(guessed, [401, 401, 401, 429])
    assert.deepEqual([late.status, late.message], [401, 'Invalid refresh token'])
  })
}

function post(world: World, path: string, sent: { json?: unknown; cookie?: string; token?: string }) {
  const headers = {
    ...(sent.cookie === undefined ? {} : { cookie: sent.cookie }),
    ...(sent.token === undefined ? {} : { authorization: `Bearer ${sent.token}` }),
  }
  return world.fetch(path, { method: 'POST', headers, ...(sent.json === undefined ? {} : { json: sent.json }) })
}

async function refresh(world: World, cookie: string) {
  const answer = await post(world, '/redirect-manager/api/v1/auth/refresh', { cookie })
  const { code, message } = (await answer.json()) as { code?: string; message?: string }
  return { status: answer.status, code, message, cookie: answer.ok ? cookieOf(answer) : '' }
}

/** Name and value, as they are sent back. */
function cookieOf(answer: Response): string {
  return written(answer).split('; ', 1)[0] ?? ''
}

function attributesOf(answer: Response): string {
  return written(answer).slice(cookieOf(answer).length + 2)
}

function written({ headers }: Response): string {
  const [cookie = '', ...others] = headers.getSetCookie()
  assert.deepEqual(others, [])
  return cookie
}
