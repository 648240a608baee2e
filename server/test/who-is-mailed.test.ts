import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import { limits } from '../src/core/limits.ts'
import type { Message } from '../src/core/mail/mail.ts'
import { defaultPreferences } from '../src/core/users/user.ts'
import { apiTokenOf } from './api-tokens.ts'
import { settleBystanders } from './attacks/bystanders.ts'
import { withToken } from './attacks/doors.ts'
import { type CastName, cast, person } from './cast.ts'
import { impersonationOf } from './nodes.ts'
import { outbox } from './outbox.ts'
import { engines } from './place.ts'
import { setUpApp, setUpPasskey } from './second-factors.ts'
import { openWorld, type World } from './world.ts'

const password = 'Lighthouse-Keeper-77!'
const name = { firstName: 'New', lastName: 'Comer' }
const newcomer = { ...name, password }

function post(world: World, path: string, json: object, as?: 'ada' | 'grace'): Promise<Response> {
  return world.fetch(path, { method: 'POST', json, ...(as && { as }) })
}

async function done(world: World, as: CastName, method: string, path: string, json?: object): Promise<void> {
  const answer = await world.fetch(path, { method, as, ...(json && { json }) })
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`)
}

/** `a@example.com verify_email` for each mail, in order. */
async function mailed(world: World): Promise<string[]> {
  return (await outbox(world)).map(({ to, kind }) => `${to} ${kind}`)
}

for (const engine of engines) {
  test(`${engine}: a user who is made pending is mailed, in the transaction that makes them, and nobody else is`, async () => {
    await using world = await openWorld({ engine })
    const create = (email: string, more: object = {}) => ({ op: 'create', body: { ...name, email, ...more } })
    const batch = (atomic: boolean, operations: object[]) =>
      post(world, '/api/users/batch', { atomic, operations }, 'ada')

    await post(world, '/api/users', { ...newcomer, email: 'pending@example.com' }, 'ada')
    await post(world, '/api/users', { ...newcomer, email: 'active@example.com', status: 'active' }, 'ada')
    await post(world, '/api/users', { ...newcomer, email: 'GRACE@example.com' }, 'ada')
    const aborted = await batch(true, [create('a@example.com'), create('b@example.com'), create('ada@example.com')])
    const whole = await batch(true, [create('c@example.com'), create('d@example.com', { status: 'active' })])
    await batch(false, [create('e@example.com'), create('ada@example.com')])
    const someone = { username: 'steve', firstname: 'S', lastname: 'B', email: 'steve@example.com' }
    await post(world, '/express-gateway/users', someone, 'ada')
    await post(world, '/redirect-manager/api/v1/users', { username: 'rita', password }, 'ada')
    const signedUp = { password, firstName: 'S', lastName: 'U' }
    await post(world, '/racknap/api/users/signup', { ...signedUp, email: 'signed-up@example.com' })
    await post(world, '/racknap/api/users/signup', { ...signedUp, email: 'grace@example.com' })
    await post(world, '/racknap/api/users', { ...signedUp, email: 'created@example.com' }, 'ada')
    await post(world, '/service-module/api/users', { email: 'service@example.com', password }, 'ada')
    const imported = { ...person({ place: 900 }), status: 'pending' } as const
    await world.core.commit('add-people', {
      actor: system,
      people: [{ user: imported, passwordHash: null }],
      onlyIfEmpty: false,
    })

    assert.deepEqual([aborted.status, whole.status], [409, 200])
    assert.deepEqual(await mailed(world), [
      'pending@example.com verify_email',
      'c@example.com verify_email',
      'e@example.com verify_email',
      'signed-up@example.com verify_email',
      'created@example.com invitation',
    ])
  })

  test(`${engine}: a request with an Idempotency-Key is mailed for once`, async () => {
    await using world = await openWorld({ engine })
    const headers = { 'idempotency-key': 'once' }
    const id = cast.grace.user.id
    await world.core.commit('update-user', {
      actor: system,
      id,
      changes: { email: 'hopper@example.com' as never },
      versions: null,
    })

    for (let n = 0; n < 3; n += 1) {
      const sent = await world.fetch(`/api/users/${id}/verification`, { method: 'POST', as: 'ada', headers })
      assert.equal(sent.status, 202)
    }

    assert.deepEqual(await mailed(world), ['hopper@example.com verify_email'])
  })

  test(`${engine}: an address is sent one mail a minute and five a day of a kind, however many ask at once`, async () => {
    await using world = await openWorld({ engine })
    await settleBystanders(world)
    const forgot = (email = 'grace@example.com') => post(world, '/api/auth/forgot-password', { email })
    const resend = () => post(world, '/api/auth/resend-verification', { email: 'paul@example.com' })

    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? forgot() : forgot('GRACE@Example.com'))))
    await resend()
    await post(world, '/api/auth/register', { ...newcomer, email: 'paul@example.com' })
    assert.deepEqual(await mailed(world), ['grace@example.com reset_password', 'paul@example.com verify_email'])

    for (let n = 0; n < 10; n += 1) {
      world.tick(limits.linkRequestsApartMs)
      await forgot()
    }
    assert.equal((await mailed(world)).length, 1 + limits.linkRequestsPerDayMax)
    world.tick(limits.linkRequestsDayMs)
    await forgot()
    assert.equal((await mailed(world)).length, 2 + limits.linkRequestsPerDayMax)
  })

  test(`${engine}: whoever has a session has no more mail sent to others than that`, async () => {
    await using world = await openWorld({ engine })
    const wish = (n: number) =>
      post(world, '/api/users/me/email', { email: `stranger${n}@example.com`, password: cast.grace.password }, 'grace')

    await Promise.all([wish(1), wish(2), wish(3)])
    assert.equal((await mailed(world)).length, 1)
    for (let n = 4; n < 12; n += 1) {
      world.tick(limits.linkRequestsApartMs)
      await wish(n)
    }

    assert.equal((await mailed(world)).length, limits.linkRequestsPerDayMax)
  })

  test(`${engine}: whoever gets another way into their account, or loses one, is told, but not without end`, async () => {
    await using world = await openWorld({ engine })
    const { id } = cast.grace.user
    const take = (path: string, as: 'ada' | 'grace') => done(world, as, 'DELETE', path)
    const noMail = { preferences: { notifications: { email: false } } }
    await done(world, 'ada', 'PUT', '/api/users/me', noMail)

    const app = await setUpApp(world, 'grace')
    const passkey = await setUpPasskey(world, 'grace')
    await post(world, '/api/users/me/factors/recovery-codes', {}, 'grace')
    const [own, lost] = [await apiTokenOf(world, 'grace', []), await apiTokenOf(world, 'grace', [])]
    await take(`/api/tokens/${own.id}`, 'grace')
    await take(`/api/tokens/${lost.id}`, 'ada')
    await take(`/api/users/me/factors/${passkey.factorId}`, 'grace')
    await take(`/api/users/${id}/factors/${app.id}`, 'ada')
    await setUpApp(world, 'ada')
    await apiTokenOf(world, 'ada', [])
    const newPassword = 'Umbrella-Stand-1888!'
    await done(world, 'linus', 'PUT', '/api/users/me/password', { currentPassword: cast.linus.password, newPassword })
    await done(world, 'ada', 'POST', `/api/users/${id}/password`, { newPassword })
    const played = await impersonationOf(world, await world.token('ada'), id)
    const silenced = { method: 'PATCH', json: noMail, ...withToken(played) }
    assert.equal((await world.fetch('/api/users/me', silenced)).status, 200)
    await done(world, 'ada', 'POST', `/api/users/${id}/password`, { newPassword })

    const here = { ip: '127.0.0.1' }
    assert.deepEqual(await noticesIn(world), [
      [cast.ada.user.id, { kind: 'notices_off', by: 'owner', ...here }],
      [id, { kind: 'factor_added', factor: 'totp', ...here }],
      [id, { kind: 'factor_added', factor: 'passkey', ...here }],
      [id, { kind: 'recovery_codes_made', ...here }],
      [id, { kind: 'api_token_made', ip: null }],
      [id, { kind: 'api_token_made', ip: null }],
      [id, { kind: 'api_token_revoked', by: 'owner', ...here }],
      [id, { kind: 'api_token_revoked', by: 'admin', ip: null }],
      [id, { kind: 'factor_removed', factor: 'passkey', by: 'owner', ...here }],
      [id, { kind: 'factor_removed', factor: 'totp', by: 'admin', ip: null }],
      [cast.linus.user.id, { kind: 'password_changed', by: 'owner', ...here }],
      [id, { kind: 'password_changed', by: 'admin', ip: null }],
      [id, { kind: 'notices_off', by: 'admin', ip: null }],
    ])

    const made = async () => (await mailed(world)).filter((mail) => mail.endsWith(' api_token_made')).length
    for (let n = 0; n < limits.noticesPerDayMax; n += 1) await apiTokenOf(world, 'linus', [])
    const before = await made()
    await apiTokenOf(world, 'linus', [])
    assert.equal(await made(), before)
    world.tick(limits.noticesDayMs)
    await apiTokenOf(world, 'linus', [])
    assert.equal(await made(), before + 1)
  })

  test(`${engine}: what nobody needs any more is forgotten, and no more`, async () => {
    await using world = await openWorld({ engine })
    await post(world, '/api/auth/forgot-password', { email: 'grace@example.com' })
    await post(world, '/api/auth/forgot-password', { email: 'nobody@example.com' })
    const forget = async () => {
      const done = await world.core.commit('forget-links', {})
      return done.ok ? done.value.forgotten : -1
    }

    assert.equal(await forget(), 0)
    world.tick(limits.linkRequestsDayMs)
    assert.deepEqual([await forget(), await forget()], [2, 0])
    world.tick(limits.linksKeptMs)
    assert.deepEqual([await forget(), await forget()], [1, 0])
  })
}

/** Whom the mail so far tells what. */
async function noticesIn({ core }: World): Promise<[string, Message][]> {
  const { mails } = await core.directory.mail.page({ state: null, offset: 0, limit: 100 })
  return mails.toReversed().map(({ userId, message }) => [userId, message])
}

test('whoever is to be sent nothing unasked is sent what they ask for, and what comes of it', async () => {
  await using world = await openWorld()
  const email = 'service@example.com'
  await post(world, '/service-module/api/users', { email, password }, 'ada')
  const preferences = { ...defaultPreferences, notifications: { ...defaultPreferences.notifications, email: false } }
  const quiet = { ...person({ place: 901, status: 'pending', particulars: { preferences } }), emailVerified: false }
  await world.core.commit('create-user', { actor: system, user: quiet, passwordHash: null })
  await world.fetch(`/service-module/api/users/${email}`, {
    method: 'PATCH',
    as: 'ada',
    json: { newPassword: 'another-one-entirely' },
  })
  await post(world, '/api/auth/register', { ...newcomer, email })
  assert.deepEqual(await mailed(world), [])

  await post(world, '/api/auth/forgot-password', { email })
  const [asked] = await outbox(world)
  await post(world, '/api/auth/reset-password', { token: asked?.token, password: 'Umbrella-Stand-1888!' })
  await post(world, '/api/auth/resend-verification', { email: quiet.email ?? '' })

  assert.deepEqual(await mailed(world), [
    `${email} reset_password`,
    `${email} password_was_reset`,
    `${quiet.email} verify_email`,
  ])
})

test('a stranger has no words of theirs mailed to others: an address that is not verified is greeted without a name', async () => {
  await using world = await openWorld()
  const spam = { password, firstName: 'Win a prize at http://evil.example', lastName: 'now' }
  await post(world, '/api/auth/register', { ...spam, email: 'victim@example.com' })
  world.tick(limits.linkRequestsApartMs)
  await post(world, '/api/auth/resend-verification', { email: 'victim@example.com' })
  await post(world, '/api/auth/forgot-password', { email: 'victim@example.com' })
  await world.fetch('/api/users/me', { method: 'PATCH', as: 'grace', json: { firstName: spam.firstName } })
  await post(world, '/api/users/me/email', { email: 'other@example.com', password: cast.grace.password }, 'grace')
  await post(world, '/api/auth/forgot-password', { email: 'ada@example.com' })

  const greeted = (await outbox(world)).map(({ to, name }) => [to, name])

  assert.deepEqual(greeted, [
    ['victim@example.com', null],
    ['victim@example.com', null],
    ['victim@example.com', null],
    ['other@example.com', null],
    ['ada@example.com', 'Ada'],
  ])
})
