import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor } from '../src/core/actor.ts'
import { addPasskey, offerPasskey } from '../src/core/factors/add-passkey.ts'
import { confirmTotp, enrolTotp } from '../src/core/factors/enrol-totp.ts'
import { listFactors } from '../src/core/factors/list-factors.ts'
import { makeRecoveryCodes } from '../src/core/factors/recovery-codes.ts'
import { removeFactor, removeOwnFactor } from '../src/core/factors/remove-factor.ts'
import { form } from '../src/core/form.ts'
import { limits } from '../src/core/limits.ts'
import type { SessionId } from '../src/core/sessions/session.ts'
import { logIn, pairOf, withToken } from './attacks/doors.ts'
import { type CastName, cast } from './cast.ts'
import { engines } from './place.ts'
import { codeOf, finishByCode, halfSignIn, originOf, setUpApp, setUpPasskey } from './second-factors.ts'
import { newSoftPasskey } from './soft-passkey.ts'
import { openWorld, type World } from './world.ts'

const { user: grace, password } = cast.grace
const credentials = { email: grace.email, password }
const mine = '/api/users/me/factors'

for (const engine of engines) {
  test(`${engine}: an app guards the account once it is confirmed, and then all other sessions end`, async () => {
    await using world = await openWorld({ engine })
    const elsewhere = await pairOf(await logIn(world, credentials))
    const first = await enrol(world)
    const second = await enrol(world)
    const confirm = async (secret: string, steps = 0) =>
      ask(world, 'POST', `${mine}/totp/confirm`, { code: await codeOf(world, secret, steps) })

    assert.equal((await confirm(first.secret)).status, 400, 'the second stands in its place')
    assert.equal((await confirm(second.secret, 2)).status, 400)
    assert.equal((await logIn(world, credentials)).status, 200, 'nothing is asked for so far')
    const confirmed = await confirm(second.secret)
    assert.equal(confirmed.status, 200)
    assert.equal((confirmed.data.recoveryCodes as string[]).length, limits.recoveryCodesPerUser)

    assert.equal((await ask(world, 'GET', '/api/users/me')).status, 200)
    assert.equal((await world.fetch('/api/users/me', withToken(elsewhere.accessToken))).status, 401)
    assert.equal((await ask(world, 'POST', `${mine}/totp`)).code, 'FACTOR_EXISTS')
    assert.equal((await confirm(second.secret)).code, 'FACTOR_NOT_FOUND')
    const { data } = (await (await logIn(world, credentials)).json()) as { data: object }
    assert.deepEqual(Object.keys(data), ['challenge'])
    const spent = await halfSignIn(world, 'grace')
    assert.equal((await finishByCode(world, spent, await codeOf(world, second.secret))).status, 401, 'it has confirmed')
  })

  test(`${engine}: recovery codes come with the first factor, are replaced all at once, and go with the last`, async () => {
    await using world = await openWorld({ engine })
    const app = await setUpApp(world, 'grace')
    const passkey = await setUpPasskey(world, 'grace')
    const finish = async (code = '') => (await finishByCode(world, await halfSignIn(world, 'grace'), code)).status

    const [old = '', older = ''] = app.recoveryCodes
    assert.equal(await finish(old), 200)
    const made = await ask(world, 'POST', `${mine}/recovery-codes`)
    const [fresh, other] = made.data.recoveryCodes as string[]
    assert.deepEqual([await finish(older), await finish(fresh)], [401, 200])
    assert.equal((await ask(world, 'DELETE', `${mine}/${app.id}`)).status, 200)
    assert.equal(await finish(await codeOf(world, app.secret)), 401, 'it is gone')
    assert.equal((await ask(world, 'DELETE', `${mine}/${passkey.factorId}`)).status, 200)

    assert.deepEqual((await ask(world, 'GET', mine)).body, {
      data: [],
      meta: { page: 1, limit: 20, total: 0, recoveryCodesLeft: 0 },
    })
    assert.equal(await finish(other), 401)
    assert.equal((await logIn(world, credentials)).status, 200, 'the password is enough')
    assert.equal((await ask(world, 'POST', `${mine}/recovery-codes`)).code, 'NO_FACTOR')
    const again = await setUpApp(world, 'grace')
    assert.equal(again.recoveryCodes.length, limits.recoveryCodesPerUser)
    const types = ['factor_added', 'recovery_codes_made', 'recovery_code_used', 'factor_removed']
    assert.deepEqual(
      (await activityOf(world)).filter((type) => types.includes(type)),
      [
        ['factor_added', 'recovery_codes_made', 'factor_added', 'recovery_code_used', 'recovery_codes_made'],
        ['recovery_code_used', 'factor_removed', 'factor_removed', 'factor_added', 'recovery_codes_made'],
      ].flat(),
    )
  })

  test(`${engine}: a session that is older than ten minutes changes factors after another proof only`, async () => {
    await using world = await openWorld({ engine })
    const passkey = newSoftPasskey(originOf(world))
    await world.token('grace')
    world.tick(limits.freshSignInMs + 1)
    const change = (method: string, path: string, json?: object) => ask(world, method, path, json)

    for (const path of [`${mine}/totp`, `${mine}/passkeys/options`]) {
      assert.equal((await change('POST', path, {})).code, 'PROOF_NEEDED', path)
      assert.equal((await change('POST', path, { currentPassword: 'Not-The-Password-1!' })).code, 'INVALID_PASSWORD')
    }
    const offered = await change('POST', `${mine}/passkeys/options`, { currentPassword: password })
    const credential = passkey.create(offered.data as never)
    const added = await change('POST', `${mine}/passkeys`, { credential })
    const { id } = added.data.factor as { id: string }
    assert.equal((await change('POST', `${mine}/totp`, { currentPassword: password })).code, 'PROOF_NEEDED')
    assert.equal((await change('POST', `${mine}/recovery-codes`)).code, 'PROOF_NEEDED')
    assert.equal((await change('DELETE', `${mine}/${id}`)).code, 'PROOF_NEEDED')
    assert.equal((await change('DELETE', `${mine}/${grace.id}`)).code, 'PROOF_NEEDED', 'nor is it told what there is')

    const half = await halfSignIn(world, 'grace')
    const [recoveryCode = ''] = added.data.recoveryCodes as string[]
    const fresh = await pairOf(await finishByCode(world, half, recoveryCode))
    const removed = await world.fetch(`${mine}/${id}`, { method: 'DELETE', ...withToken(fresh.accessToken) })
    assert.equal(removed.status, 200)
  })

  test(`${engine}: an admin takes a factor off somebody who lost it, whose sessions end; off themselves like anybody else`, async () => {
    await using world = await openWorld({ engine })
    const [app, adas] = [await setUpApp(world, 'grace'), await setUpApp(world, 'ada')]
    const path = (user: string, factor: string) => `/api/users/${user}/factors/${factor}`
    const admin = (method: string, at: string) => ask(world, method, at, undefined, 'ada')

    const listed = await admin('GET', `/api/users/${grace.id}/factors`)
    assert.match(listed.text, new RegExp(`"id":"${app.id}","kind":"totp"`))
    for (const at of [path(grace.id, adas.id), path(grace.id, grace.id), path(cast.linus.user.id, app.id)]) {
      assert.equal((await admin('DELETE', at)).code, 'FACTOR_NOT_FOUND', at)
    }
    assert.equal(
      (await ask(world, 'DELETE', `${mine}/${adas.id}`)).code,
      'FACTOR_NOT_FOUND',
      "nobody removes another's",
    )
    assert.equal((await admin('DELETE', path('01900000-0000-7000-8000-0000000000ff', app.id))).code, 'USER_NOT_FOUND')
    assert.equal((await admin('DELETE', path(grace.id.toUpperCase(), app.id.toUpperCase()))).status, 200)

    assert.equal((await ask(world, 'GET', '/api/users/me')).status, 401)
    assert.equal((await logIn(world, credentials)).status, 200)
    const { entries } = await world.core.directory.activity.page({ ...everything, type: 'factor_removed' })
    assert.deepEqual(
      entries.map(({ detail }) => [detail.actor, detail.changed]),
      [[cast.ada.user.id, ['totp']]],
    )
    world.tick(limits.freshSignInMs)
    assert.equal((await admin('DELETE', path(cast.ada.user.id, adas.id))).code, 'PROOF_NEEDED')
  })

  test(`${engine}: of whoever is deleted for good nothing is left that guarded them; a deletion taken back leaves all`, async () => {
    await using world = await openWorld({ engine })
    const { user: linus, password } = cast.linus
    for (const name of ['grace', 'linus'] as const) await setUpApp(world, name)
    const { here } = world.directory.engine
    const tables = ['credentials', 'factors', 'recovery_codes'] as const
    const left = () =>
      Promise.all(
        tables.map(async (table) => {
          const rows = await here.query(here.sql.selectFrom(table).selectAll().where('user_id', '=', grace.id))
          return rows.length
        }),
      )
    assert.deepEqual(await left(), [1, 1, limits.recoveryCodesPerUser])

    const forGood = await world.fetch(`/service-module/api/users/${grace.email}`, { method: 'DELETE', as: 'ada' })
    assert.equal(forGood.status, 204)
    await ask(world, 'DELETE', `/api/users/${linus.id}`, undefined, 'ada')
    await ask(world, 'POST', `/api/users/${linus.id}/restore`, undefined, 'ada')

    assert.deepEqual(await left(), [0, 0, 0])
    const begun = await logIn(world, { email: linus.email, password })
    assert.match(await begun.text(), /"challenge"/)
  })
}

test('factors are for people in a session of their own, whatever else stands behind a call', async () => {
  await using world = await openWorld()
  const { core } = world
  const { id } = cast.ada.user
  const sessionId = '01900000-0000-7000-8000-00000000f001' as SessionId
  const origin = { ip: null, userAgent: null }
  const code = '000000'

  for (const actor of [
    {
      kind: 'user',
      id,
      role: 'admin',
      means: { kind: 'api_token', tokenId: 't', permissions: ['factors:manage'] },
      origin,
    },
    { kind: 'user', id, role: 'admin', means: { kind: 'impersonation', by: grace.id, sessionId }, origin },
    { kind: 'stranger', origin },
  ] as Actor[]) {
    for (const outcome of [
      await listFactors(core, actor, id, form({})),
      await listFactors(core, actor, grace.id, form({})),
      await enrolTotp(core, actor, form({})),
      await confirmTotp(core, actor, form({ code })),
      await offerPasskey(core, actor, form({})),
      await addPasskey(core, actor, form({})),
      await makeRecoveryCodes(core, actor),
      await removeOwnFactor(core, actor, id),
      await removeFactor(core, actor, { user: grace.id, factor: id }),
    ]) {
      assert.equal(outcome.ok ? 'done' : outcome.refusal.code, 'not_in_person')
    }
  }
})

test('what was begun is over after a while, and forgotten', async () => {
  await using world = await openWorld()
  const { secret } = await enrol(world)
  await halfSignIn(world, 'grace')
  const offered = await ask(world, 'POST', `${mine}/passkeys/options`, {})
  const credential = newSoftPasskey(originOf(world)).create(offered.data as never)
  const counted = async () => {
    const { here } = world.directory.engine
    const tables = ['challenges', 'factors'] as const
    return Promise.all(tables.map(async (table) => (await here.query(here.sql.selectFrom(table).selectAll())).length))
  }
  assert.deepEqual(await counted(), [2, 1])

  world.tick(limits.challengeMs)
  assert.equal((await ask(world, 'POST', `${mine}/passkeys`, { credential })).code, 'CHALLENGE_OVER')
  world.tick(limits.enrolmentMs)
  const late = await ask(world, 'POST', `${mine}/totp/confirm`, { code: await codeOf(world, secret) })
  await world.core.commit('forget-begun', {})

  assert.equal(late.code, 'FACTOR_NOT_FOUND')
  assert.deepEqual(await counted(), [0, 0])
})

test('a passkey is one person’s, in the session for which it was made, and nobody has more than ten', async () => {
  await using world = await openWorld()
  const soft = newSoftPasskey(originOf(world))
  const offer = async (as: CastName) => (await ask(world, 'POST', `${mine}/passkeys/options`, {}, as)).data as never
  const add = (as: CastName, credential: object) => ask(world, 'POST', `${mine}/passkeys`, { credential }, as)
  const elsewhere = await pairOf(await logIn(world, credentials))
  const json = { credential: soft.create(await offer('grace')) }
  const strayed = await world.fetch(`${mine}/passkeys`, { method: 'POST', json, ...withToken(elsewhere.accessToken) })
  assert.match(await strayed.text(), /CHALLENGE_OVER/, 'it was offered in another session')
  const [own, linus] = [soft.create(await offer('grace')), soft.create(await offer('linus'))]

  assert.equal((await add('linus', own)).code, 'CHALLENGE_OVER', 'it was not offered to them')
  assert.equal((await add('grace', own)).code, 'CHALLENGE_OVER', 'and is spent')
  assert.equal((await add('linus', linus)).status, 200)
  assert.equal((await add('grace', soft.create(await offer('grace')))).code, 'INVALID_PASSKEY', 'somebody has it')
  for (let n = 0; n < limits.passkeysPerUserMax; n += 1) await setUpPasskey(world, 'grace')
  assert.equal((await ask(world, 'POST', `${mine}/passkeys/options`, {})).code, 'TOO_MANY_FACTORS')
})

test('where browsers make no passkeys, whoever asks for one is told what stands in the way', async () => {
  await using world = await openWorld({
    settings: {
      NODE_ENV: 'production',
      MASTER_KEY: 'ab'.repeat(32),
      RATE_LIMITS: 'on',
      PUBLIC_URL: 'http://directory.example.com',
    },
  })

  for (const path of [`${mine}/passkeys/options`, '/api/auth/passkey/options']) {
    const told = await ask(world, 'POST', path, {})
    assert.deepEqual([told.status, told.code], [409, 'PASSKEYS_IMPOSSIBLE'])
    assert.match(told.text, /PUBLIC_URL/)
  }
})

interface Told {
  readonly status: number
  readonly text: string
  readonly body: unknown
  readonly data: Record<string, unknown>
  /** Of the error. */
  readonly code: string | undefined
}

async function ask(world: World, method: string, path: string, json?: object, as: CastName = 'grace'): Promise<Told> {
  const answer = await world.fetch(path, { method, as, ...(json && { json }) })
  const text = await answer.text()
  const body = JSON.parse(text) as { data?: Record<string, unknown>; error?: { code: string } }
  return { status: answer.status, text, body, data: body.data ?? {}, code: body.error?.code }
}

async function enrol(world: World): Promise<{ secret: string }> {
  const { data } = await ask(world, 'POST', `${mine}/totp`, {})
  return data as { secret: string }
}

const everything = { userId: grace.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 100 }

/** Oldest first. */
async function activityOf({ core }: World): Promise<string[]> {
  return (await core.directory.activity.page(everything)).entries.map(({ type }) => type).reverse()
}
