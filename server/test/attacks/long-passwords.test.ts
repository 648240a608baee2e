import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cpuMsOf, isWithin } from '../timing.ts'
import { openWorld, type World } from '../world.ts'
import { logIn, pairOf, withToken } from './doors.ts'
import { knock } from './knock.ts'

const person = { firstName: 'New', lastName: 'Comer', status: 'active' }
const good = 'Lighthouse-Keeper-77!'
const megabyte = 1000 * 1000

test('no byte of a password is without meaning', async () => {
  await using world = await openWorld()
  const long = `Aa1!${'x'.repeat(252)}`
  const passwords = {
    'differs in byte 73': [`Aa1!${'x'.repeat(68)}y`, `Aa1!${'x'.repeat(68)}z`],
    'differs in the last of 256 characters': [long, `${long.slice(0, -1)}y`],
    'differs in a character of four bytes': [`Aa1!${'x'.repeat(68)}😀`, `Aa1!${'x'.repeat(68)}😁`],
    'is the beginning of the other': [`Aa1!${'y'.repeat(200)}`, `Aa1!${'y'.repeat(199)}`],
    'differs in a blank at the end': ['Lighthouse-Keeper-78! ', 'Lighthouse-Keeper-78!'],
  }

  for (const [index, [how, [right = '', near = '']]] of Object.entries(passwords).entries()) {
    const email = `p${index}@example.com`
    assert.equal((await create(world, { ...person, email, password: right })).status, 201, how)
    assert.equal((await logIn(world, { email, password: near })).status, 401, how)
    assert.equal((await logIn(world, { email, password: right })).status, 200, how)
  }
})

test('a password beyond the limit, or with a NUL, is refused before anything is hashed, at every door', async () => {
  await using world = await openWorld()
  await create(world, { ...person, email: 'p@example.com', password: good })
  const { accessToken } = await pairOf(await logIn(world, { email: 'p@example.com', password: good }))
  const ask = (method: string, path: string, json: object) => world.fetch(path, { method, as: 'ada', json })
  await world.token('ada')
  const hashings = countHashings(world)
  const bad = [
    `Aa1!${'x'.repeat(253)}`,
    `Aa1!${'😀'.repeat(253)}`,
    `Aa1!${'x'.repeat(megabyte)}`,
    `Aa1!${'\u0301'.repeat(megabyte / 2)}`,
    `${good}\0`,
    `\0${good}`,
    `${good}\0${'x'.repeat(1000)}`,
    `${good}\ud800`,
  ]
  const named = { firstName: 'P', lastName: 'Q' }
  const doors: ((password: string) => Promise<Response>)[] = [
    (password) => logIn(world, { email: 'p@example.com', password }),
    (password) => logIn(world, { email: 'nobody@example.com', password }),
    (password) =>
      world.fetch('/api/auth/register', {
        method: 'POST',
        json: { ...person, status: undefined, email: 'n@example.com', password },
      }),
    (password) => create(world, { ...person, email: 'n@example.com', password }),
    (password) => changePassword(world, accessToken, { currentPassword: password, newPassword: good }),
    (password) => changePassword(world, accessToken, { currentPassword: good, newPassword: password }),
    (password) => ask('POST', '/redirect-manager/auth/login', { username: 'p@example.com', password }),
    (password) => ask('POST', '/redirect-manager/api/v1/users', { username: 'n', password }),
    (password) => ask('PATCH', '/redirect-manager/api/v1/users/password', { password, newPassword: good }),
    (password) => ask('PUT', '/redirect-manager/api/v1/users/password', { password: good, newPassword: password }),
    (password) => ask('POST', '/racknap/api/auth/login', { email: 'p@example.com', password }),
    (password) => ask('POST', '/racknap/api/auth/token', { email: 'nobody@example.com', password }),
    (password) => ask('POST', '/racknap/api/users/signup', { ...named, email: 'n@example.com', password }),
    (password) => ask('POST', '/racknap/api/users', { ...named, email: 'n@example.com', password }),
    (password) => ask('PUT', '/racknap/api/users/password', { currentPassword: password, newPassword: good }),
    (password) => ask('PUT', '/racknap/api/users/password', { currentPassword: good, newPassword: password }),
    (password) => ask('PUT', '/racknap/api/users/2/password', { newPassword: password }),
    (password) => ask('POST', '/service-module/api/auth/token', { email: 'p@example.com', password }),
    (password) => ask('POST', '/service-module/api/users', { email: 'n@example.com', password }),
    (password) => ask('PATCH', '/service-module/api/users/p@example.com', { newPassword: password }),
    (password) => ask('PATCH', '/service-module/api/users/p@example.com', { password }),
  ]

  for (const [index, door] of doors.entries()) {
    for (const password of bad) {
      const tookMs = await cpuMsOf(async () => {
        const answer = await door(password)
        const body = await answer.text()
        assert.equal(answer.status, 400, `door ${index}, ${JSON.stringify(password.slice(0, 30))}`)
        assert.ok(body.length < 1000 && !body.includes('Lighthouse'), body)
      })
      assert.ok(isWithin(tookMs, 500), `door ${index} took ${tookMs} ms`)
    }
  }
  assert.equal(hashings(), 0)
  assert.equal((await logIn(world, { email: 'p@example.com', password: good })).status, 200)
})

test('whoever sends a password without end is told so before it has come, and holds nobody up', async () => {
  await using world = await openWorld()
  const { port } = world.roster
  const body = JSON.stringify({ email: 'p@example.com', password: 'x'.repeat(3 * megabyte) })
  const asked = { method: 'POST', path: '/api/auth/login', headers: { 'content-type': 'application/json' }, body }

  const tookMs = await cpuMsOf(async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => knock(port, asked)))
    const beside = await world.fetch('/health/live')

    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([413]))
    assert.equal(beside.status, 200)
  })
  assert.ok(isWithin(tookMs, 3000), `${tookMs} ms`)
})

function create(world: World, json: object): Promise<Response> {
  return world.fetch('/api/users', { method: 'POST', as: 'ada', json })
}

function changePassword(world: World, token: string, json: object): Promise<Response> {
  return world.fetch('/api/users/me/password', { method: 'PUT', json, ...withToken(token) })
}

/** How often something was hashed, or held against a hash, since. */
function countHashings({ core }: World): () => number {
  const { passwords } = core
  let hashings = 0
  const hash: typeof passwords.hash = (password) => {
    hashings += 1
    return passwords.hash(password)
  }
  const verify: typeof passwords.verify = (stored, password) => {
    hashings += 1
    return passwords.verify(stored, password)
  }
  Object.assign(core, { passwords: { ...passwords, hash, verify } })
  return () => hashings
}
