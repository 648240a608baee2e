import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { logIn, type Pair, pairOf, refresh, withToken } from './doors.ts'

const { email, id } = cast.grace.user
const { password } = cast.grace
const next = 'Another-Secret-1955!'
const together = { PUBLIC_URL: 'http://127.0.0.1:3001' }

for (const engine of engines) {
  test(`${engine}: of fifty who spend one refresh token at once exactly one is served`, async () => {
    await using world = await openWorld({ engine })
    const pair = await graceSignsIn(world)

    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(world, pair.refreshToken)))

    const served = answers.filter(({ status }) => status === 200)
    assert.equal(served.length, 1)
    assert.equal(answers.filter(({ status }) => status === 401).length, 49)
    await isOver(world, pair)
    await isOver(world, await pairOf(served[0] as Response))
  })

  test(`${engine}: a refresh token that comes a second time ends its family, and no other`, async () => {
    await using world = await openWorld({ engine })
    const [first, other] = [await graceSignsIn(world), await graceSignsIn(world)]
    const second = await pairOf(await refresh(world, first.refreshToken))
    const third = await pairOf(await refresh(world, second.refreshToken))
    assert.equal(await statusOfMe(world, third), 200)

    assert.equal((await refresh(world, first.refreshToken)).status, 401)

    for (const pair of [first, second, third]) await isOver(world, pair)
    assert.equal(await statusOfMe(world, other), 200)
    assert.equal((await refresh(world, other.refreshToken)).status, 200)
    assert.deepEqual(await reusesOf(world), [{ actor: null, ip: '127.0.0.1' }])
  })

  test(`${engine}: while a password is changed no refresh gets through to the other side`, async () => {
    await using world = await openWorld({ engine })
    const caller = await graceSignsIn(world)
    const others = await Promise.all(Array.from({ length: 8 }, () => graceSignsIn(world)))

    const [changed, ...refreshed] = await Promise.all([
      changePassword(world, caller),
      ...others.map((pair) => refresh(world, pair.refreshToken)),
    ])

    assert.equal(changed.status, 200)
    for (const pair of others) await isOver(world, pair)
    for (const answer of refreshed) {
      assert.ok([200, 401].includes(answer.status), String(answer.status))
      if (answer.status === 200) await isOver(world, await pairOf(answer))
    }
    assert.equal(await statusOfMe(world, caller), 200)
  })

  test(`${engine}: deactivating and deleting meet refreshes half-way, and win`, async () => {
    await using world = await openWorld({ engine })
    const end: (() => Promise<Response>)[] = [
      () => world.fetch(`/api/users/${id}`, { method: 'PUT', as: 'ada', json: { status: 'inactive' } }),
      () => world.fetch(`/api/users/${id}`, { method: 'DELETE', as: 'ada' }),
    ]
    for (const ending of end) {
      const pairs = await Promise.all(Array.from({ length: 6 }, () => graceSignsIn(world)))
      const [ended, ...refreshed] = await Promise.all([
        ending(),
        ...pairs.map((pair) => refresh(world, pair.refreshToken)),
      ])
      assert.equal(ended.status, 200)
      for (const answer of refreshed) {
        assert.ok([200, 401].includes(answer.status), String(answer.status))
        if (answer.status === 200) await isOver(world, await pairOf(answer))
      }
      for (const pair of pairs) await isOver(world, pair)
      await world.fetch(`/api/users/${id}`, { method: 'PUT', as: 'ada', json: { status: 'active' } })
    }
  })

  test(`${engine}: a refreshed token may do what its holder may by then, not what they could at sign-in`, async () => {
    await using world = await openWorld({ engine })
    const role = (role: string) => world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { role } })
    await role('admin')
    const pair = await graceSignsIn(world)
    assert.equal((await world.fetch('/api/users', withToken(pair.accessToken))).status, 200)

    await role('viewer')
    const refreshed = await pairOf(await refresh(world, pair.refreshToken))

    for (const { accessToken } of [pair, refreshed]) {
      assert.equal((await world.fetch('/api/users', withToken(accessToken))).status, 403)
      assert.equal((await world.fetch('/express-gateway/users', withToken(accessToken))).status, 403)
    }
  })

  test(`${engine}: each sign-in opens a session of its own, whatever token comes with it`, async () => {
    await using world = await openWorld({ engine })
    const old = await graceSignsIn(world)
    const answer = await logIn(
      world,
      { email, password },
      { authorization: `Bearer ${old.accessToken}`, cookie: 'sid=1' },
    )
    const fresh = await pairOf(answer)

    assert.equal(answer.headers.get('set-cookie'), null)
    const sessions = [old, fresh, await pairOf(await refresh(world, fresh.refreshToken))].map(({ accessToken }) =>
      claimIn(accessToken, 'sid'),
    )
    assert.notEqual(sessions[0], sessions[1])
    assert.equal(sessions[1], sessions[2])
    assert.equal((await world.fetch('/api/auth/logout', { method: 'POST', ...withToken(old.accessToken) })).status, 200)
    assert.equal(await statusOfMe(world, fresh), 200)
    await isOver(world, old)
  })
}

test('two nodes serve one refresh token once', async () => {
  await using near = await openWorld({ engine: 'postgres', settings: together })
  await using far = await openWorld({ engine: 'postgres', settings: together, beside: near })
  const pair = await graceSignsIn(near)

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => refresh(n % 2 === 0 ? near : far, pair.refreshToken)),
  )

  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  for (const world of [near, far]) await isOver(world, pair)
})

test('a refresh token is good as long as the setting says, and refreshing makes it no older', async () => {
  await using world = await openWorld({ settings: { REFRESH_TOKEN_TTL: '7200', ACCESS_TOKEN_TTL: '3600' } })
  const first = await graceSignsIn(world)
  world.tick(7_000_000)
  const second = await refresh(world, first.refreshToken)
  const { data } = (await second.json()) as { data: { expiresIn: number; refreshToken: string; accessToken: string } }
  assert.equal(data.expiresIn, 200)

  world.tick(200_000)

  assert.equal((await refresh(world, data.refreshToken)).status, 401)
  assert.equal(await statusOfMe(world, data), 401)
})

test('what is no refresh token of ours is refused, and an access token is none', async () => {
  await using world = await openWorld()
  const { accessToken, refreshToken } = await graceSignsIn(world)
  const strangers = [
    accessToken,
    refreshToken.slice(0, -1),
    `${refreshToken}A`,
    ` ${refreshToken}`,
    refreshToken.toLowerCase(),
    '',
    'A'.repeat(43),
    'x'.repeat(100_000),
    '\0',
  ]

  for (const token of strangers) assert.equal((await refresh(world, token)).status, 401, token.slice(0, 60))

  for (const bearer of [refreshToken, `${accessToken}.`]) {
    assert.equal(await statusOfMe(world, { accessToken: bearer, refreshToken }), 401)
  }
  assert.equal((await refresh(world, refreshToken)).status, 200)
})

test('reading never spends a refresh token', async () => {
  await using world = await openWorld()
  const { refreshToken } = await graceSignsIn(world)

  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
    await world.fetch(`/api/auth/refresh?refreshToken=${refreshToken}`, { method })
  }
  const unread = await world.fetch('/api/auth/refresh', { method: 'POST', body: JSON.stringify({ refreshToken }) })
  assert.equal(unread.status, 415)

  assert.equal((await refresh(world, refreshToken)).status, 200)
})

async function graceSignsIn(world: World): Promise<Pair> {
  return pairOf(await logIn(world, { email, password }))
}

async function statusOfMe(world: World, { accessToken }: Pair): Promise<number> {
  return (await world.fetch('/api/users/me', withToken(accessToken))).status
}

/** The session behind the tokens has ended: the access token is refused, the refresh token, too. */
async function isOver(world: World, pair: Pair): Promise<void> {
  assert.ok([401, 403].includes(await statusOfMe(world, pair)))
  assert.equal((await refresh(world, pair.refreshToken)).status, 401)
}

/** What is written down of refresh tokens that came a second time. */
async function reusesOf({ core }: World): Promise<object[]> {
  const { entries } = await core.directory.activity.page({
    userId: id,
    type: 'refresh_token_reused',
    fromMs: null,
    toMs: null,
    offset: 0,
    limit: 10,
  })
  return entries.map(({ detail: { actor, ip } }) => ({ actor, ip }))
}

function changePassword(world: World, { accessToken }: Pair): Promise<Response> {
  return world.fetch('/api/users/me/password', {
    method: 'PUT',
    json: { currentPassword: password, newPassword: next },
    ...withToken(accessToken),
  })
}

function claimIn(token: string, claim: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())[claim]
}
