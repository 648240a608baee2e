import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Activity } from '../../src/core/activity/activity.ts'
import { guessesAtUser } from '../../src/core/credentials/guessed-at.ts'
import { limits } from '../../src/core/limits.ts'
import type { NewMail } from '../../src/core/mail/mail.ts'
import { cast, startedAtMs } from '../cast.ts'
import { engines } from '../place.ts'
import { finishByCode, halfSignIn, setUpApp } from '../second-factors.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { everythingSaid, logIn, pairOf, refresh, withToken } from './doors.ts'

const allowed = 4
const settings = { GUESSES_PER_ACCOUNT: String(allowed), PUBLIC_URL: 'http://127.0.0.1:3001' }
const newPassword = 'Another-Secret-1955!'

/** Every door through which somebody without a token proves who they are, by the name that it takes. */
const doors: readonly (readonly [path: string, nameOf: (name: Names, password: string) => object])[] = [
  ['/api/auth/login', ({ email }, password) => ({ email, password })],
  ['/api/auth/login', ({ username }, password) => ({ username, password })],
  ['/redirect-manager/api/v1/auth/login', ({ username }, password) => ({ username, password })],
  ['/redirect-manager/auth/login', ({ username }, password) => ({ username, password })],
  ['/racknap/api/auth/login', ({ email }, password) => ({ email, password })],
  ['/racknap/api/auth/token', ({ email }, password) => ({ email, password })],
  ['/service-module/api/auth/token', ({ email }, password) => ({ email, password })],
]

interface Names {
  readonly email: string
  readonly username: string
}

for (const engine of engines) {
  test(`${engine}: whoever is locked gets in by no door, and at none is told from a name that nobody has`, async () => {
    await using world = await openWorld({ engine, settings })
    const { active } = await settleBystanders(world)
    const known = { email: active.email ?? '', username: active.username ?? '' }
    const unknown = { email: 'nobody@example.com', username: 'nobody' }
    const pair = await pairOf(await logIn(world, { ...known, password: bystandersPassword }))
    for (const names of [known, unknown]) {
      for (let n = 0; n < allowed; n += 1) await logIn(world, { email: names.email, password: `Wrong-${n}` })
    }

    for (const [path, bodyOf] of doors) {
      const told = await Promise.all(
        [known, unknown].map(async (names) => {
          const json = bodyOf(names, bystandersPassword)
          return everythingSaid(await world.fetch(path, { method: 'POST', json }))
        }),
      )
      const [ofKnown, ofUnknown] = told.map((said) => said.replace(/retry-after: \d+/, 'retry-after: soon'))
      assert.equal(ofKnown, ofUnknown, path)
      assert.match(ofKnown ?? '', /^(401|429)\n/)
    }
    assert.equal((await changePassword(world, pair.accessToken)).status, 429)
    assert.equal((await world.fetch('/api/users/me', withToken(pair.accessToken))).status, 200)
    assert.equal((await refresh(world, pair.refreshToken)).status, 200)
  })

  test(`${engine}: a lock is written down once and mailed once a day, and an admin opens it by all names, once for each request`, async () => {
    await using world = await openWorld({ engine, settings })
    const { active } = await settleBystanders(world)
    const settled = workAfterAnswers(world)
    const guessAtOnce = async () => {
      const typed = [{ email: 'abel@example.com' }, { username: 'ABEL' }, { email: ' Abel@Example.com' }]
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => logIn(world, { ...typed[n % 3], password: `Wrong-Guess-${n}!` })),
      )
      await settled()
    }
    const unlock = async (key: string) => {
      const path = `/api/users/${active.id}/unlock`
      const answer = await world.fetch(path, { method: 'POST', as: 'ada', headers: { 'idempotency-key': key } })
      assert.equal(answer.status, 200)
      return ((await answer.json()) as { wasLocked: boolean }).wasLocked
    }

    for (let n = 0; n <= allowed; n += 1) await logIn(world, { email: 'nobody@example.com', password: `Wrong-${n}` })
    await guessAtOnce()
    await guessAtOnce()
    assert.deepEqual(await typesOf(world, active.id, ['locked', 'unlocked']), ['locked'])
    const [mail, ...others] = await mailsIn(world)
    assert.ok(mail?.message.kind === 'account_locked' && others.length === 0)
    const { to, message } = mail
    assert.deepEqual([to, message.ip], [active.email, '127.0.0.1'])
    assert.ok(message.untilMs > startedAtMs && message.untilMs <= startedAtMs + 15 * 60_000)

    assert.equal(await unlock('first'), true)
    assert.equal(await unlock('second'), false)
    for (const name of [{ email: 'abel@example.com' }, { username: 'abel' }]) {
      assert.equal((await logIn(world, { ...name, password: bystandersPassword })).status, 200)
    }
    await guessAtOnce()
    assert.equal(await unlock('first'), true, 'is answered as before')
    assert.match(String((await logIn(world, { username: 'abel', password: bystandersPassword })).status), /401|429/)

    const entries = await entriesOf(world, active.id)
    assert.deepEqual(
      entries.filter(({ type }) => type === 'unlocked').map(({ detail }) => detail.actor),
      [cast.ada.user.id],
    )
    assert.deepEqual(await typesOf(world, active.id, ['locked', 'unlocked']), ['locked', 'unlocked', 'locked'])
    assert.equal((await mailsIn(world)).length, 1, 'a day')
    world.tick(limits.noticesDayMs)
    await world.core.guesses.forget(guessesAtUser(active))
    await guessAtOnce()
    assert.equal((await mailsIn(world)).length, 2)
  })

  test(`${engine}: whoever's codes are guessed at hears that their password is known`, async () => {
    await using world = await openWorld({ engine, settings })
    await setUpApp(world, 'grace')
    const settled = workAfterAnswers(world)
    const challengeId = await halfSignIn(world, 'grace')

    for (let n = 0; n <= allowed; n += 1) await finishByCode(world, challengeId, `00000${n}`)
    await settled()

    const kinds = (await mailsIn(world)).map(({ message }) => message.kind)
    assert.deepEqual(kinds.toSorted(), ['codes_locked', 'factor_added'])
    assert.deepEqual(await typesOf(world, cast.grace.user.id, ['locked']), ['locked'])
  })

  test(`${engine}: whoever holds a session and guesses its password locks the account, which says who it was`, async () => {
    await using world = await openWorld({ engine, settings })
    await wantsNoMail(world, 'grace')
    const settled = workAfterAnswers(world)
    const token = await world.token('grace')

    await Promise.all(Array.from({ length: 10 }, (_, n) => changePassword(world, token, `Wrong-Guess-${n}!`)))
    await settled()

    const locks = (await entriesOf(world, cast.grace.user.id)).filter(({ type }) => type === 'locked')
    assert.deepEqual(
      locks.map(({ detail }) => [detail.actor, detail.ip]),
      [[cast.grace.user.id, '127.0.0.1']],
    )
    const kinds = (await mailsIn(world)).map(({ message }) => message.kind)
    assert.deepEqual(kinds, ['notices_off'], 'and nothing more')
  })
}

test('a lock that one node shuts another one opens', async () => {
  await using near = await openWorld({ engine: 'postgres', settings })
  await using far = await openWorld({ engine: 'postgres', settings, beside: near })
  const { email, id } = cast.grace.user
  const settled = [workAfterAnswers(near), workAfterAnswers(far)]
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => logIn(n % 2 === 0 ? near : far, { email, password: `Wrong-Guess-${n}!` })),
  )
  for (const each of settled) await each()

  const unlocked = await far.fetch(`/api/users/${id}/unlock`, { method: 'POST', as: 'ada' })

  assert.deepEqual(
    [unlocked.status, await unlocked.json()],
    [200, { message: 'User unlocked successfully', wasLocked: true }],
  )
  assert.equal((await logIn(near, { email, password: cast.grace.password })).status, 200)
  assert.deepEqual(await typesOf(near, id, ['locked', 'unlocked']), ['locked', 'unlocked'])
})

/** Resolves when everything is done that goes on after the answers so far. */
function workAfterAnswers({ core }: World): () => Promise<void> {
  const { later } = core
  const works: Promise<unknown>[] = []
  Object.assign(core, {
    later(work: Promise<unknown>) {
      works.push(work)
      later(work)
    },
  })
  return async () => {
    await Promise.all(works.splice(0))
  }
}

/** What waits to be sent, to whomever. */
async function mailsIn({ directory }: World): Promise<Pick<NewMail, 'to' | 'message'>[]> {
  const { here } = directory.engine
  const rows = await here.query(here.sql.selectFrom('mail').select(['id', 'content']))
  return rows.map(({ id, content }) => JSON.parse(here.unseal(content, `mail.content:${id}`)))
}

async function wantsNoMail(world: World, name: 'grace'): Promise<void> {
  const json = { preferences: { notifications: { email: false } } }
  assert.equal((await world.fetch('/api/users/me', { method: 'PUT', as: name, json })).status, 200)
}

async function entriesOf({ core }: World, id: string): Promise<readonly Activity[]> {
  const { entries } = await core.directory.activity.page({
    userId: id as Activity['userId'],
    type: null,
    fromMs: null,
    toMs: null,
    offset: 0,
    limit: 100,
  })
  return entries.toReversed()
}

async function typesOf(world: World, id: string, types: readonly string[]): Promise<string[]> {
  return (await entriesOf(world, id)).map(({ type }) => type).filter((type) => types.includes(type))
}

function changePassword(world: World, token: string, currentPassword = bystandersPassword): Promise<Response> {
  return world.fetch('/api/users/me/password', {
    method: 'PUT',
    json: { currentPassword, newPassword },
    ...withToken(token),
  })
}
