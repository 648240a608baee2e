import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../../src/core/limits.ts'
import { cast } from '../cast.ts'
import { mailedToken, outbox } from '../outbox.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { logIn, pairOf, refresh, withToken } from './doors.ts'

const victim = 'victim@example.com'
const name = { firstName: 'Vic', lastName: 'Timm' }
const strangers = 'Lighthouse-Keeper-77!'
const own = 'Umbrella-Stand-1888!'

function ask(world: World, path: string, json: object): Promise<Response> {
  return world.fetch(`/api/auth/${path}`, { method: 'POST', json })
}

async function statusOf(answer: Promise<Response>): Promise<number> {
  return (await answer).status
}

for (const engine of engines) {
  test(`${engine}: whoever registered with somebody else's address is never let in, whatever its owner does`, async () => {
    await using world = await openWorld({ engine })
    for (const [way, path, kind] of [
      ['register', 'verify-email', 'verify_email'],
      ['resend-verification', 'verify-email', 'verify_email'],
      ['forgot-password', 'reset-password', 'reset_password'],
    ] as const) {
      const email = `${way}@example.com`
      assert.equal(await statusOf(ask(world, 'register', { ...name, email, password: strangers })), 202)
      assert.equal(await statusOf(logIn(world, { email, password: strangers })), 403)

      world.tick(60_000)
      await ask(world, way, way === 'register' ? { ...name, email, password: own } : { email })
      assert.equal(await statusOf(logIn(world, { email, password: own })), 401, 'it was not kept')
      const token = await mailedToken(world, email, kind)
      assert.equal(await statusOf(ask(world, path, { token, password: own })), 200)

      assert.equal(await statusOf(logIn(world, { email, password: strangers })), 401, way)
      assert.equal(await statusOf(logIn(world, { email, password: own })), 200, way)
    }
  })

  test(`${engine}: however often strangers register with an address, its owner is told in the record no more often than by mail`, async () => {
    await using world = await openWorld({ engine })
    const { id, email } = cast.grace.user

    for (let minute = 0; minute < limits.linkRequestsPerDayMax + 2; minute += 1) {
      for (let time = 0; time < 2; time += 1) await ask(world, 'register', { ...name, email, password: strangers })
      world.tick(limits.linkRequestsApartMs)
    }

    const answer = await world.fetch(`/api/users/${id}/activity`, { as: 'ada' })
    const { data } = (await answer.json()) as { data: { type: string }[] }
    const repeated = data.filter(({ type }) => type === 'registration_repeated')
    const mails = (await outbox(world)).filter(({ to }) => to === email)
    assert.equal(repeated.length, limits.linkRequestsPerDayMax)
    assert.equal(mails.length, limits.linkRequestsPerDayMax)
  })

  test(`${engine}: what a stranger did with an account before its owner proved the address is gone`, async () => {
    await using world = await openWorld({ engine })
    for (const [way, path, kind] of [
      ['resend-verification', 'verify-email', 'verify_email'],
      ['forgot-password', 'reset-password', 'reset_password'],
    ] as const) {
      const email = `${way}@example.com`
      await ask(world, 'register', { ...name, email, password: strangers })
      const id = (await world.core.directory.users.byClaim('email', email))?.id
      await world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { status: 'active' } })
      const pair = await pairOf(await logIn(world, { email, password: strangers }))
      const json = { email: `not-${way}@example.com`, password: strangers }
      await world.fetch('/api/users/me/email', { method: 'POST', json, ...withToken(pair.accessToken) })
      const lent = { name: 'for later', permissions: ['users:read'] }
      const made = await world.fetch('/api/tokens', { method: 'POST', json: lent, ...withToken(pair.accessToken) })
      const { data } = (await made.json()) as { data: { token: string } }
      const pending = await mailedToken(world, json.email, 'confirm_email')

      world.tick(60_000)
      await ask(world, way, { email })
      const token = await mailedToken(world, email, kind)
      assert.equal(await statusOf(ask(world, path, { token, password: own })), 200)

      for (const held of [pair.accessToken, data.token]) {
        assert.equal(await statusOf(world.fetch('/api/users/me', withToken(held))), 401, way)
      }
      assert.equal(await statusOf(refresh(world, pair.refreshToken)), 401, way)
      for (const password of [strangers, own]) {
        assert.equal(await statusOf(ask(world, 'verify-email', { token: pending, password })), 400, way)
      }
      assert.equal((await world.core.directory.users.byClaim('email', email))?.id, id)
    }
  })
}

test('the password of the account leaves its sessions alone, another ends them', async () => {
  await using world = await openWorld()
  await ask(world, 'register', { ...name, email: victim, password: own })
  const id = (await world.core.directory.users.byClaim('email', victim))?.id
  await world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: { status: 'active' } })
  const pair = await pairOf(await logIn(world, { email: victim, password: own }))

  const token = await mailedToken(world, victim, 'verify_email')
  assert.equal(await statusOf(ask(world, 'verify-email', { token, password: own })), 200)

  const me = await world.fetch('/api/users/me?fields=emailVerified', withToken(pair.accessToken))
  assert.deepEqual(await me.json(), { data: { emailVerified: true } })
})

test('an address that was asked for in place of another and taken meanwhile goes to nobody else', async () => {
  await using world = await openWorld()
  const json = { email: victim, password: cast.grace.password }
  await world.fetch('/api/users/me/email', { method: 'POST', as: 'grace', json })
  const token = await mailedToken(world, victim, 'confirm_email')
  await ask(world, 'register', { ...name, email: victim, password: own })

  const confirmed = await ask(world, 'verify-email', { token, password: cast.grace.password })

  assert.equal(confirmed.status, 409)
  assert.match(await confirmed.text(), /EMAIL_ALREADY_EXISTS/)
  assert.equal((await world.core.directory.users.byId(cast.grace.user.id))?.email, cast.grace.user.email)
  assert.equal((await world.core.directory.users.byClaim('email', victim))?.status, 'pending')
  assert.equal((await outbox(world)).filter(({ kind }) => kind === 'email_was_changed').length, 0)
})
