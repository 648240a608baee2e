import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../../src/core/actor.ts'
import type { NewUser } from '../../src/core/users/user.ts'
import { cast, person } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { logIn, pairOf, withToken } from './doors.ts'

const allowed = 5
const settings = {
  GUESSES_PER_ACCOUNT: String(allowed),
  GUESSES_PER_ADDRESS: '1000',
  PUBLIC_URL: 'http://127.0.0.1:3001',
}
const { email, id } = cast.grace.user

for (const engine of engines) {
  test(`${engine}: of a hundred wrong passwords at once no more are looked at than are allowed, at each door`, async () => {
    await using world = await openWorld({ engine, settings, hashing: 'each time' })
    await settlePeople(world)
    const looks = countLooks(world)

    for (const [at, { path, nameOf }] of doors.entries()) {
      const name = nameOf(personAt(at))
      const guess = (password: string) => world.fetch(path, { method: 'POST', json: { ...name, password } })
      const before = looks()
      const statuses = await Promise.all(attempts(100, (n) => guess(`Wrong-Guess-${n}!`)))

      assert.deepEqual(tally(statuses), { 401: allowed, 429: 100 - allowed }, path)
      assert.equal((await guess(cast.grace.password)).status, 429)
      assert.equal(looks() - before, allowed)
    }
  })

  test(`${engine}: the spellings of a name, its owner's other name and their password's own door share one limit`, async () => {
    await using world = await openWorld({ engine, settings })
    const { active } = await settleBystanders(world)
    const { accessToken } = await pairOf(await logIn(world, { email: active.email, password: bystandersPassword }))
    const looks = countLooks(world)
    const ask = (method: string, path: string, json: object) =>
      world.fetch(path, { method, json, ...withToken(accessToken) })
    const ways = [
      () => logIn(world, { email: 'abel@example.com', password: 'wrong' }),
      () => logIn(world, { email: 'ABEL@EXAMPLE.COM', password: 'wrong' }),
      () => logIn(world, { email: ' abel@example.com ', password: 'wrong' }),
      () => logIn(world, { username: 'abel', password: 'wrong' }),
      () => logIn(world, { username: 'AbEl', password: 'wrong' }),
      () => changePassword(world, accessToken, 'wrong'),
      () => ask('POST', '/redirect-manager/api/v1/auth/login', { username: 'Abel', password: 'wrong' }),
      () => ask('POST', '/redirect-manager/auth/login', { username: 'abel', password: 'wrong' }),
      () => ask('PATCH', '/redirect-manager/api/v1/users/password', { password: 'wrong', newPassword: 'good-enough' }),
      () => ask('POST', '/racknap/api/auth/login', { email: 'ABEL@example.com', password: 'wrong' }),
      () => ask('PUT', '/racknap/api/users/password', { currentPassword: 'wrong', newPassword: 'good-enough' }),
      () => ask('POST', '/service-module/api/auth/token', { email: 'Abel@example.com', password: 'wrong' }),
    ]

    const statuses = await Promise.all(attempts(60, (n) => (ways[n % ways.length] as () => Promise<Response>)()))

    assert.ok(looks() <= allowed, `${looks()} were looked at`)
    assert.deepEqual(
      statuses.filter((status) => ![400, 401, 429].includes(status)),
      [],
    )
    assert.equal((await changePassword(world, accessToken, bystandersPassword)).status, 429)
    for (const name of [{ username: 'abel' }, { email: 'abel@example.com' }]) {
      assert.match(String((await logIn(world, { ...name, password: bystandersPassword })).status), /^(401|429)$/)
    }
    assert.ok(looks() <= allowed, `${looks()} were looked at`)
  })

  test(`${engine}: whoever holds a session guesses its password no more often than anybody else`, async () => {
    await using world = await openWorld({ engine, settings })
    const token = await world.token('grace')
    const looks = countLooks(world)

    const statuses = await Promise.all(attempts(40, (n) => changePassword(world, token, `Wrong-Guess-${n}!`)))

    assert.deepEqual(tally(statuses), { 400: allowed, 429: 40 - allowed })
    assert.equal(looks(), allowed)
    assert.equal((await changePassword(world, token, cast.grace.password)).status, 429)
    assert.match(String((await logIn(world, { email, password: cast.grace.password })).status), /^(401|429)$/)
    assert.equal(looks(), allowed)
    const { entries } = await world.core.directory.activity.page({
      userId: id,
      type: 'password_changed',
      fromMs: null,
      toMs: null,
      offset: 0,
      limit: 10,
    })
    assert.deepEqual(entries, [])
  })

  test(`${engine}: the guesses of one address are counted over all accounts`, async () => {
    await using world = await openWorld({ engine, settings: { ...settings, GUESSES_PER_ADDRESS: '8' } })
    const looks = countLooks(world)

    const statuses = await Promise.all(
      attempts(60, (n) => logIn(world, { email: n % 2 === 0 ? `nobody-${n}@example.com` : email, password: 'wrong' })),
    )

    const { 401: told = 0, 429: turnedAway } = tally(statuses)
    assert.ok(told <= 8 && looks() <= allowed, `${told} were answered, ${looks()} looked at`)
    assert.equal(turnedAway, 60 - told)
  })
}

test('two nodes count guesses together, at each door', async () => {
  await using near = await openWorld({ engine: 'postgres', settings, hashing: 'each time' })
  await using far = await openWorld({ engine: 'postgres', settings, hashing: 'each time', beside: near })
  await settlePeople(near)
  const looks = [countLooks(near), countLooks(far)]
  const looksOfBoth = () => looks.reduce((sum, look) => sum + look(), 0)

  for (const [at, { path, nameOf }] of doors.entries()) {
    const name = nameOf(personAt(at))
    const guess = (world: World, password: string) => world.fetch(path, { method: 'POST', json: { ...name, password } })
    const before = looksOfBoth()
    const statuses = await Promise.all(attempts(100, (n) => guess(n % 2 === 0 ? near : far, `Wrong-Guess-${n}!`)))

    assert.deepEqual(tally(statuses), { 401: allowed, 429: 100 - allowed }, path)
    for (const world of [near, far]) assert.equal((await guess(world, cast.grace.password)).status, 429)
    assert.equal(looksOfBoth() - before, allowed)
  }
})

/** Where somebody without a token sends a password. */
const doors: readonly { path: string; nameOf: (person: NewUser) => object }[] = [
  { path: '/api/auth/login', nameOf: ({ email }) => ({ email }) },
  { path: '/api/auth/login', nameOf: ({ username }) => ({ username }) },
  { path: '/redirect-manager/api/v1/auth/login', nameOf: ({ username }) => ({ username }) },
  { path: '/redirect-manager/auth/login', nameOf: ({ username }) => ({ username }) },
  { path: '/racknap/api/auth/login', nameOf: ({ email }) => ({ email }) },
  { path: '/racknap/api/auth/token', nameOf: ({ email }) => ({ email }) },
  { path: '/service-module/api/auth/token', nameOf: ({ email }) => ({ email }) },
]

/** Somebody for each door, so that none finds the guesses of another. */
function personAt(door: number): NewUser {
  return person({ place: 200 + door, email: `person${door}@example.com`, username: `person${door}` })
}

/** All of them have grace's password. */
async function settlePeople({ core }: World): Promise<void> {
  const passwordHash = await core.directory.credentials.passwordHash(id)
  const people = doors.map((_, at) => ({ user: personAt(at), passwordHash }))
  await core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
}

/** How often a password was held against somebody's hash since; what is done for nobody, to take as long, does not count. */
function countLooks({ core }: World): () => number {
  const { passwords } = core
  let looks = 0
  const verify: typeof passwords.verify = (hash, password) => {
    if (hash !== null) looks += 1
    return passwords.verify(hash, password)
  }
  Object.assign(core, { passwords: { ...passwords, verify } })
  return () => looks
}

function attempts(count: number, attempt: (n: number) => Promise<Response>): Promise<number>[] {
  return Array.from({ length: count }, async (_, n) => (await attempt(n)).status)
}

function tally(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

function changePassword(world: World, token: string, currentPassword: string): Promise<Response> {
  return world.fetch('/api/users/me/password', {
    method: 'PUT',
    json: { currentPassword, newPassword: 'Another-Secret-1955!' },
    ...withToken(token),
  })
}
