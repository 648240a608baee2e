import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from './cast.ts'
import { insistently } from './insist.ts'
import { accept, goodPassword } from './invited.ts'
import { settle } from './organized.ts'
import { mailedToken } from './outbox.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const password = 'secure_password'

function signUp(world: World, json: object): Promise<Response> {
  return world.fetch('/racknap/api/users/signup', { method: 'POST', json: { password, ...json } })
}

async function usernameOf({ core }: World, email: string): Promise<string | null | undefined> {
  return (await core.directory.users.byClaim('email', email))?.username
}

for (const engine of engines) {
  test(`${engine}: of fifty who are called alike and sign up at once each gets a username, and none is left out`, {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const emails = Array.from({ length: 50 }, (_, n) => `john-${n}@example.com`)

    const john = { firstName: 'John', lastName: 'Doe' }
    const made = await Promise.all(emails.map((email) => insistently(() => signUp(world, { email, ...john }))))

    assert.deepEqual(new Set(made.map(({ status }) => status)), new Set([201]))
    const ids = await Promise.all(made.map(async (answer) => ((await answer.json()) as { id: number }).id))
    assert.equal(new Set(ids).size, 50)
    const usernames = await Promise.all(emails.map((email) => usernameOf(world, email)))
    const expected = emails.map((_, n) => (n === 0 ? 'john_doe' : `john_doe_${n + 1}`))
    assert.deepEqual(usernames.sort(), expected.sort())
  })

  test(`${engine}: of many who sign up with one address at once one gets in, and leaves no name taken for the others`, async () => {
    await using world = await openWorld({ engine })
    const email = 'jane@example.com'

    const made = await Promise.all(
      Array.from({ length: 8 }, () => signUp(world, { email, firstName: 'Jane', lastName: 'Smith' })),
    )

    assert.deepEqual(made.map(({ status }) => status).sort(), [201, ...Array.from({ length: 7 }, () => 409)])
    await signUp(world, { email: 'other@example.com', firstName: 'Jane', lastName: 'Smith' })
    assert.deepEqual(
      [await usernameOf(world, email), await usernameOf(world, 'other@example.com')],
      ['jane_smith', 'jane_smith_2'],
    )
  })
}

test('a username is made of any name, and is never one that means something else', async () => {
  await using world = await openWorld()
  for (const [email, firstName, lastName, expected] of [
    ['a@example.com', '王', '小明', 'wang_xiaoming'],
    ['b@example.com', 'Иван', 'Петров', 'ivan_petrov'],
    ['c@example.com', 'José María', "O'Neill-Ørsted", 'jose_maria_oneill_orsted'],
    ['d@example.com', 'x'.repeat(100), 'y', 'x'.repeat(64)],
    ['e@example.com', 'x'.repeat(100), 'z', `${'x'.repeat(62)}_2`],
    ['mary.ann+list@example.com', '\u30fb', '\u3002', 'mary_ann_list'],
    ['2024@example.com', '1', '2', '1_2'],
    ['f@example.com', 'Sign', 'up', 'sign_up'],
    ['profile@example.com', '\u3000.', '!', 'profile_2'],
    ['g@example.com', '💩', 'User', 'poop_user'],
  ] as const) {
    const answer = await signUp(world, { email, firstName, lastName })
    assert.equal(answer.status, 201, `${email} ${await answer.clone().text()}`)
    assert.equal(await usernameOf(world, email), expected)
  }
  for (const username of ['123', 'signup', 'Password', 'PROFILE', '\u017fignup', '', 'a@b', cast.ada.user.id]) {
    const answer = await signUp(world, { email: 'h@example.com', firstName: 'A', lastName: 'B', username })
    assert.equal(answer.status, 400, username)
  }
  const nothing = await signUp(world, { email: '12@example.com', firstName: '—', lastName: '!' })
  const { id } = (await nothing.json()) as { id: number }
  assert.equal(await usernameOf(world, '12@example.com'), `user_${id}`)
})

test('after five sign-ups in a minute an address waits', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on' } })
  const statuses: number[] = []
  for (let n = 0; n < 6; n += 1)
    statuses.push((await signUp(world, { email: `p${n}@example.com`, firstName: 'P', lastName: 'Q' })).status)

  assert.deepEqual(statuses, [201, 201, 201, 201, 201, 429])
})

test('the password that was chosen here activates the account, and another only if it is good', async () => {
  await using world = await openWorld()
  const email = 'john@example.com'
  await signUp(world, { email, firstName: 'John', lastName: 'Doe' })
  const token = await mailedToken(world, email, 'verify_email')
  const verify = (sent: string) =>
    world.fetch('/api/auth/verify-email', { method: 'POST', json: { token, password: sent } })

  for (const weak of ['another_password', 'password', 'short', 'john_doe'])
    assert.match(await (await verify(weak)).text(), /INVALID_PASSWORD|VALIDATION_ERROR/, weak)
  assert.equal((await verify(password)).status, 200)

  assert.equal((await world.core.directory.users.byClaim('email', email))?.status, 'active')
})

test("a username that is all digits is nobody's name here: the number finds its user, and nobody by mistake", async () => {
  await using world = await openWorld()
  const id = await settle(world, { place: 31, username: '1', email: 'one@example.com', firstName: 'One' })
  const number = (await world.core.directory.users.byId(id))?.number
  const read = async (wanted: string) =>
    (await world.fetch(`/racknap/api/users/${wanted}`, { as: 'ada' })).json() as Promise<{ email?: string }>

  assert.equal((await read('1')).email, cast.ada.user.email)
  assert.equal((await read('01')).email, undefined)
  assert.equal((await read(String(number))).email, 'one@example.com')
})

test('whoever accepts an invitation with a password of their own is not let in by the temporary one', async () => {
  await using world = await openWorld()
  const email = 'jane@example.com'
  const json = { email, password: 'temporary_password', firstName: 'Jane', lastName: 'Smith' }
  assert.equal((await world.fetch('/racknap/api/users', { method: 'POST', as: 'ada', json })).status, 201)

  assert.equal((await accept(world, await mailedToken(world, email, 'invitation'))).status, 200)

  const logIn = async (tried: string) =>
    (await world.fetch('/racknap/api/auth/login', { method: 'POST', json: { email, password: tried } })).status
  assert.deepEqual([await logIn('temporary_password'), await logIn(goodPassword)], [401, 200])
})
