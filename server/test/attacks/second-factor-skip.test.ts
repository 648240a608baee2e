import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PasskeyRequestOptions } from '../../src/core/factors/ports.ts'
import { type CastName, cast } from '../cast.ts'
import { mailedToken } from '../outbox.ts'
import { engines } from '../place.ts'
import { codeOf, finishByCode, halfSignIn, setUpApp, setUpPasskey } from '../second-factors.ts'
import { openWorld, type World } from '../world.ts'
import { everyDoor, everythingSaid, logIn, pairOf, refresh, withToken } from './doors.ts'

const { user: grace, password } = cast.grace
const minute = 60_000

/** Doors where a password is all that can be sent. */
const passwordDoors = [
  ['/redirect-manager/api/v1/auth/login', 'username'],
  ['/redirect-manager/auth/login', 'username'],
  ['/racknap/api/auth/login', 'email'],
  ['/racknap/api/auth/token', 'email'],
  ['/service-module/api/auth/token', 'email'],
] as const

for (const engine of engines) {
  test(`${engine}: half a sign-in opens no door, is no token of any kind, and adds no factor`, async () => {
    await using world = await openWorld({ engine })
    const { secret } = await setUpApp(world, 'grace')
    const passkey = await setUpPasskey(world, 'grace')
    const half = await halfSignIn(world, 'grace')

    for (const { name, route, at } of everyDoor(world).filter(({ route }) => route.needs !== 'nobody')) {
      for (const scheme of ['Bearer', 'bearer', 'Basic']) {
        const headers = { authorization: `${scheme} ${half}`, cookie: `refreshToken=${half}; challenge=${half}` }
        assert.equal((await world.fetch(at(grace.id), { method: route.method, headers })).status, 401, name)
      }
    }
    assert.equal((await refresh(world, half)).status, 401)
    const cookie = { headers: { cookie: `refreshToken=${half}` } }
    const renewed = await world.fetch('/redirect-manager/api/v1/auth/refresh', { method: 'POST', ...cookie })
    assert.equal(renewed.status, 401)
    const request = await requestPasskey(world, {})
    const alone = { credential: passkey.sign({ ...request, challenge: half }) }
    assert.equal((await post(world, '/api/auth/passkey', alone)).status, 401, 'it is no challenge of another kind')
    const swapped = { challengeId: request.challenge, code: await codeOf(world, secret) }
    assert.equal((await post(world, '/api/auth/mfa', swapped)).status, 401, 'and no other is half a sign-in')

    assert.equal(await signInsOf(world), 1, 'nobody has signed in since')
    const finished = await pairOf(await finishByCode(world, half, await codeOf(world, secret)))
    assert.equal((await world.fetch('/api/users/me', withToken(finished.accessToken))).status, 200)
    assert.equal(await signInsOf(world), 2)
  })

  test(`${engine}: a door that takes only a password tells the right one what it tells a wrong one, and locks nobody out`, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '3' } })
    const { secret } = await setUpApp(world, 'grace')

    for (const [path, key] of passwordDoors) {
      const say = async (sent: string) =>
        everythingSaid(await post(world, path, { [key]: grace.email, password: sent }))
      const wrong = await say('Not-The-Password-1!')
      for (let n = 0; n < 5; n += 1) assert.equal(await say(password), wrong, path)
      assert.match(wrong, /^401\n/)
    }

    const begun = await logIn(world, { email: grace.email, password })
    const { data } = (await begun.json()) as {
      data: { challenge: { id: string; factors: string[]; expiresIn: number } }
    }
    assert.deepEqual(Object.keys(data), ['challenge'], 'nothing is told of who it is')
    const { challenge } = data
    assert.deepEqual([challenge.factors, challenge.expiresIn], [['totp', 'recovery_code'], 300])
    assert.equal((await finishByCode(world, challenge.id, await codeOf(world, secret))).status, 200)
  })

  test(`${engine}: a factor that is set up while a password is looked at is asked for all the same`, async () => {
    await using world = await openWorld({ engine })
    const { passwords } = world.core
    const verify: typeof passwords.verify = async (hash, sent) => {
      const verified = await passwords.verify(hash, sent)
      Object.assign(world.core, { passwords })
      await setUpApp(world, 'grace')
      return verified
    }
    await world.token('grace')
    const before = await signInsOf(world)

    for (const [path, key] of [['/api/auth/login', 'email'], ...passwordDoors] as const) {
      Object.assign(world.core, { passwords: { ...passwords, verify } })
      const answer = await post(world, path, { [key]: grace.email, password })
      assert.equal(answer.status, 401, path)
      const [app] = await world.core.directory.factors.keptOf(grace.id)
      await done(world, 'grace', 'DELETE', `/api/users/me/factors/${app?.factor.id}`)
    }
    assert.equal(await signInsOf(world), before)
  })

  test(`${engine}: a password that was reset by mail is half a sign-in like any other, and what was begun before is void`, async () => {
    await using world = await openWorld({ engine })
    const { secret } = await setUpApp(world, 'grace')
    const half = await halfSignIn(world, 'grace')
    const next = 'Another-Secret-1955!'

    await post(world, '/api/auth/forgot-password', { email: grace.email })
    const token = await mailedToken(world, grace.email, 'reset_password')
    const reset = await post(world, '/api/auth/reset-password', { token, password: next })
    assert.doesNotMatch(await reset.text(), /accessToken|challenge/)

    assert.equal((await finishByCode(world, half, await codeOf(world, secret))).status, 401)
    const begun = await logIn(world, { email: grace.email, password: next })
    const { data } = (await begun.json()) as { data: object }
    assert.deepEqual(Object.keys(data), ['challenge'])
  })

  test(`${engine}: half a sign-in is void once the account was changed, and after five minutes`, async () => {
    await using world = await openWorld({ engine })
    const { secret } = await setUpApp(world, 'grace')

    for (const [does, change] of voiding) {
      const half = await halfSignIn(world, 'grace')
      await change(world)
      world.tick(30_000)
      const answer = await finishByCode(world, half, await codeOf(world, secret))
      assert.equal(answer.status, 401, does)
      assert.match(await answer.text(), /CHALLENGE_OVER/, does)
    }

    const half = await halfSignIn(world, 'grace')
    world.tick(5 * minute)
    assert.equal((await finishByCode(world, half, await codeOf(world, secret))).status, 401)
  })

  test(`${engine}: whoever may not sign in does not by passkey either, nor with somebody else's`, async () => {
    await using world = await openWorld({ engine })
    const [graces, adas] = [await setUpPasskey(world, 'grace'), await setUpPasskey(world, 'ada')]
    const alone = async (lies = {}) => {
      const credential = graces.sign(await requestPasskey(world, {}), lies)
      return (await post(world, '/api/auth/passkey', { credential })).status
    }

    assert.equal(await alone(), 200)
    assert.equal(await alone({ userHandle: Buffer.from(cast.ada.user.id).toString('base64url') }), 401)
    assert.equal(await alone({ userHandle: null }), 401)
    assert.equal(await alone({ verified: false }), 401)
    const half = await halfSignIn(world, 'grace')
    const request = await requestPasskey(world, { challengeId: half })
    assert.deepEqual(request.allowCredentials, [{ id: graces.id, type: 'public-key', transports: ['internal'] }])
    const finish = (credential: object) => post(world, '/api/auth/passkey', { challengeId: half, credential })
    assert.equal((await finish(adas.sign(request))).status, 401)
    assert.equal((await finish({ ...adas.sign(request), id: graces.id, rawId: graces.id })).status, 401)
    assert.equal((await finish(graces.sign(request, { verified: false }))).status, 200)

    world.tick(1)
    await done(world, 'ada', 'PATCH', `/service-module/api/users/${grace.email}`, {
      newPassword: 'Another-Secret-1955!',
    })
    assert.equal(await alone(), 401, 'it may be the passkey of whoever knew the old password')
    const renewed = await halfSignIn(world, 'grace')
    const credential = graces.sign(await requestPasskey(world, { challengeId: renewed }))
    assert.equal((await post(world, '/api/auth/passkey', { challengeId: renewed, credential })).status, 200)
    assert.equal(await alone(), 200)

    await done(world, 'ada', 'PATCH', `/api/users/${grace.id}`, { status: 'inactive' })
    assert.equal(await alone(), 403)
    await done(world, 'ada', 'DELETE', `/api/users/${grace.id}`)
    assert.equal(await alone(), 401)
  })
}

/** What happens to an account between the two steps; it is as before afterwards. Grace's usual session ends half-way through. */
const voiding: readonly (readonly [does: string, change: (world: World) => Promise<unknown>])[] = [
  [
    'rid of a passkey',
    async (world) => {
      const { factorId } = await setUpPasskey(world, 'grace')
      return done(world, 'grace', 'DELETE', `/api/users/me/factors/${factorId}`)
    },
  ],
  [
    'given another password by its owner, and the old one again',
    async (world) => {
      const change = (currentPassword: string, newPassword: string) =>
        done(world, 'grace', 'PUT', '/api/users/me/password', { currentPassword, newPassword })
      await change(password, 'Another-Secret-1955!')
      return change('Another-Secret-1955!', password)
    },
  ],
  [
    'rid of a passkey by an admin',
    async (world) => {
      const { factorId } = await setUpPasskey(world, 'grace')
      return done(world, 'ada', 'DELETE', `/api/users/${grace.id}/factors/${factorId}`)
    },
  ],
  [
    'deactivated, and activated again',
    async (world) => {
      await done(world, 'ada', 'PATCH', `/api/users/${grace.id}`, { status: 'inactive' })
      return done(world, 'ada', 'PATCH', `/api/users/${grace.id}`, { status: 'active' })
    },
  ],
  [
    'deleted, and restored',
    async (world) => {
      await done(world, 'ada', 'DELETE', `/api/users/${grace.id}`)
      return done(world, 'ada', 'POST', `/api/users/${grace.id}/restore`)
    },
  ],
  [
    'given another password by an admin, and the old one again',
    async (world) => {
      const path = `/service-module/api/users/${grace.email}`
      await done(world, 'ada', 'PATCH', path, { newPassword: 'Another-Secret-1955!' })
      return done(world, 'ada', 'PATCH', path, { newPassword: password })
    },
  ],
]

async function done(world: World, as: CastName, method: string, path: string, json?: object): Promise<void> {
  const answer = await world.fetch(path, { method, as, ...(json && { json }) })
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.text()}`)
}

function post(world: World, path: string, json: object): Promise<Response> {
  return world.fetch(path, { method: 'POST', json })
}

/** What a passkey is asked to sign. */
async function requestPasskey(world: World, json: object): Promise<PasskeyRequestOptions> {
  const { data } = (await (await post(world, '/api/auth/passkey/options', json)).json()) as {
    data: PasskeyRequestOptions
  }
  return data
}

async function signInsOf({ core }: World): Promise<number> {
  const question = { userId: grace.id, type: 'login', fromMs: null, toMs: null, offset: 0, limit: 100 } as const
  return (await core.directory.activity.page(question)).total
}
