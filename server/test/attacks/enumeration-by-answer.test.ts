import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../../src/core/limits.ts'
import { cast } from '../cast.ts'
import { outbox } from '../outbox.ts'
import { engines } from '../place.ts'
import { codeOf, finishByCode, halfSignIn, setUpApp, setUpPasskey } from '../second-factors.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { everyDoor, everythingSaid, isOfFellows, logIn, namesUser } from './doors.ts'

const wrong = 'Not-The-Password-1!'
const newcomer = { password: 'Lighthouse-Keeper-77!', firstName: 'New', lastName: 'Comer' }

for (const engine of engines) {
  test(`${engine}: a wrong password is told the same of every name, whoever has it or nobody`, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '1000' } })
    const { inactive, pending, deleted, passwordless, active } = await settleBystanders(world)
    await setUpApp(world, 'grace')
    const people = [inactive, pending, deleted, passwordless, active]
    const names = [
      { email: cast.grace.user.email },
      ...people.flatMap(({ email, username }) => [{ email }, { username }, { username: email }, { email: username }]),
      ...['nobody@example.com', 'nobody', active.id, '', ' ', '@', 'a\0b', '\ud800', 'x'.repeat(100_000)].flatMap(
        (name) => [{ email: name }, { username: name }],
      ),
    ]

    const told = new Set<string>()
    for (const name of names) told.add(await everythingSaid(await logIn(world, { ...name, password: wrong })))

    assert.equal(told.size, 1, [...told].join('\n\n'))
    assert.match([...told][0] ?? '', /^401\n/)
  })

  test(`${engine}: two contracts tell nobody of an account that is not active, not even whoever knows its password`, async () => {
    await using world = await openWorld({ engine })
    const { inactive, pending, deleted, passwordless } = await settleBystanders(world)
    const ask = (path: string, json: object) => world.fetch(path, { method: 'POST', json })

    for (const [path, key] of [
      ['/redirect-manager/api/v1/auth/login', 'username'],
      ['/redirect-manager/auth/login', 'username'],
      ['/service-module/api/auth/token', 'email'],
    ] as const) {
      const told = new Set<string>()
      for (const person of [inactive, pending, deleted, passwordless]) {
        told.add(await everythingSaid(await ask(path, { [key]: person[key], password: bystandersPassword })))
      }
      told.add(await everythingSaid(await ask(path, { [key]: 'nobody@example.com', password: bystandersPassword })))
      told.add(await everythingSaid(await ask(path, { [key]: cast.grace.user.email, password: bystandersPassword })))
      assert.equal(told.size, 1, [...told].join('\n\n'))
      assert.match([...told][0] ?? '', /^401\n/)
    }
  })

  test(`${engine}: a name that nobody has runs out of attempts like any other, by whatever spelling`, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '2' } })
    await settleBystanders(world)
    const spellings: ((name: string) => object)[] = [
      (name) => ({ email: `${name}@example.com` }),
      (name) => ({ email: `${name.toUpperCase()}@Example.COM` }),
      (name) => ({ email: ` ${name}@example.com\t`.replace('\t', ' ') }),
      (name) => ({ username: `${name}@example.com` }),
      (name) => ({ email: `${name}.@example.com` }),
      (name) => ({ email: `${name}+x@example.com` }),
    ]

    for (const state of ['inactive', 'pending', 'deleted', 'passwordless', 'active', 'missing'] as const) {
      const name = { inactive: 'ines', pending: 'paul', deleted: 'dora', passwordless: 'nina', active: 'abel' }
      const answers: string[] = []
      for (const spell of spellings) {
        const typed = spell(state === 'missing' ? 'nobody' : name[state])
        answers.push(await everythingSaid(await logIn(world, { ...typed, password: wrong })))
      }
      const statuses = answers.map((said) => said.slice(0, 3))
      assert.deepEqual(statuses, ['401', '401', '429', '429', '401', '401'], state)
      assert.match(answers[2] ?? '', /\nretry-after: \d+\n/)
      // A second may have passed between the two.
      const [first, second] = answers.slice(2, 4).map((said) => said.replace(/(?<=^retry-after: )\d+$/m, 'n'))
      assert.equal(second, first, state)
    }
  })

  test(`${engine}: the id of somebody is not a name under which their attempts can be used up`, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '2' } })
    const { id, email } = cast.grace.user
    for (const name of [
      { email: id },
      { username: id },
      { email: id.toUpperCase() },
      { email: `nobody called ${id}` },
    ]) {
      for (let n = 0; n < 3; n += 1) await logIn(world, { ...name, password: wrong })
    }

    assert.equal((await logIn(world, { email, password: cast.grace.password })).status, 200)
  })
}

test('what finishes a sign-in tells nothing of who is known, and says of all that is over the same', async () => {
  await using world = await openWorld()
  const { secret } = await setUpApp(world, 'grace')
  await setUpPasskey(world, 'linus')
  const tell = async (path: string, json: object) => everythingSaid(await world.fetch(path, { method: 'POST', json }))
  const [spent, old] = [await halfSignIn(world, 'grace'), await halfSignIn(world, 'linus')]
  await finishByCode(world, spent, await codeOf(world, secret))
  world.tick(5 * 60_000)

  const finished = new Set<string>()
  const requested = new Set<string>()
  for (const challengeId of [spent, old, 'unknown', cast.grace.user.id, 'x'.repeat(5000)]) {
    finished.add(await tell('/api/auth/mfa', { challengeId, code: '000000' }))
    requested.add(await tell('/api/auth/passkey/options', { challengeId }))
  }
  const anybody = new Set<string>()
  for (const _ of [1, 2, 3]) {
    anybody.add((await tell('/api/auth/passkey/options', {})).replace(/"challenge":"[\w-]{43}"/, ''))
  }

  for (const told of [finished, requested]) {
    assert.equal(told.size, 1, [...told].join('\n\n'))
    assert.match([...told][0] ?? '', /^401\n/)
  }
  assert.equal(anybody.size, 1, [...anybody].join('\n\n'))
  assert.match([...anybody][0] ?? '', /"allowCredentials":\[\]/)
})

test('only whoever knows the password hears that an account is inactive; of a deleted one nobody hears', async () => {
  await using world = await openWorld()
  const people = await settleBystanders(world)
  const expected = { inactive: 403, pending: 403, deleted: 401, passwordless: 401, active: 200 } as const

  for (const [state, status] of Object.entries(expected) as [keyof typeof expected, number][]) {
    const { email, username } = people[state]
    for (const name of [{ email }, { username }]) {
      assert.equal((await logIn(world, { ...name, password: bystandersPassword })).status, status, state)
    }
  }
})

test('asking for an account is told the same whether the address is known or not', async () => {
  await using world = await openWorld()
  const { inactive, pending, deleted, passwordless, active } = await settleBystanders(world)
  const known = [inactive, pending, deleted, passwordless, active].map(({ email }) => email ?? '')
  const addresses = [...known, ...known.map((email) => ` ${email.toUpperCase()} `), 'nobody@example.com']

  const told = new Set<string>()
  for (const email of addresses) told.add(await everythingSaid(await register(world, { ...newcomer, email })))
  const refused = new Set<string>()
  for (const email of ['abel@example.com', 'zzzz@example.com']) {
    refused.add(await everythingSaid(await register(world, { ...newcomer, email, password: 'short' })))
    refused.add(await everythingSaid(await register(world, { ...newcomer, email, password: 'short', role: 'admin' })))
  }

  assert.equal(told.size, 1, [...told].join('\n\n'))
  assert.match([...told][0] ?? '', /^202\n/)
  assert.equal(refused.size, 2)
})

for (const path of ['/api/auth/forgot-password', '/api/auth/resend-verification']) {
  test(`${path} is told the same whether somebody has the address or not, and whoever they are`, async () => {
    await using world = await openWorld()
    const { inactive, pending, deleted, passwordless, active } = await settleBystanders(world)
    const known = [inactive, pending, deleted, passwordless, active].map(({ email }) => email ?? '')
    const addresses = [...known, ...known.map((email) => ` ${email.toUpperCase()} `), 'nobody@example.com', 'a@b']
    const ask = (json: object) => world.fetch(path, { method: 'POST', json })

    const told = new Set<string>()
    for (const email of [...addresses, ...addresses]) told.add(await everythingSaid(await ask({ email })))
    assert.equal(told.size, 1, [...told].join('\n\n'))
    assert.match([...told][0] ?? '', /^202\n/)

    const mailed = new Set((await outbox(world)).map(({ to }) => to))
    const expected = path.endsWith('forgot-password') ? [pending, passwordless, active] : [pending]
    assert.deepEqual(
      [...mailed],
      expected.map(({ email }) => email),
    )
  })
}

test("asking for another address of one's own is told the same whether somebody has it or not", async () => {
  await using world = await openWorld()
  const { inactive, pending, deleted, active } = await settleBystanders(world)
  const password = cast.grace.password
  const told = new Set<string>()
  const people = [deleted, inactive, pending, active, { email: 'free@example.com' }, cast.ada.user, cast.grace.user]
  for (const { email } of people) {
    world.tick(limits.linkRequestsApartMs)
    const json = { email, password }
    told.add(await everythingSaid(await world.fetch('/api/users/me/email', { method: 'POST', as: 'grace', json })))
  }

  assert.equal(told.size, 1, [...told].join('\n\n'))
  assert.match([...told][0] ?? '', /^202\n/)
  assert.deepEqual(
    (await outbox(world)).map(({ to }) => to),
    [deleted.email, 'free@example.com'],
  )
})

test('asking for the account of somebody else changes nothing of theirs', async () => {
  await using world = await openWorld()
  const before = await world.core.directory.users.byClaim('email', 'grace@example.com')

  await register(world, { ...newcomer, email: 'GRACE@example.com' })

  assert.deepEqual(await world.core.directory.users.byClaim('email', 'grace@example.com'), before)
  assert.equal((await logIn(world, { email: 'grace@example.com', password: newcomer.password })).status, 401)
  assert.equal((await logIn(world, { email: 'grace@example.com', password: cast.grace.password })).status, 200)
})

test('whoever may not look up users is told the same of every name at every door', async () => {
  await using world = await openWorld()
  await settleBystanders(world)
  const names = [cast.ada.user.id, 'ada@example.com', 'abel', 'ines@example.com', 'nobody', 'dora', '%F0%9F%99%82']

  for (const as of ['grace', 'linus'] as const) {
    for (const door of everyDoor(world).filter(({ route }) => namesUser(route))) {
      const { name, route, at } = door
      const told = new Set<string>()
      for (const of of names) told.add(await everythingSaid(await world.fetch(at(of), { method: route.method, as })))
      assert.equal(told.size, 1, `${as}: ${name}\n${[...told].join('\n\n')}`)
      assert.match([...told][0] ?? '', isOfFellows(door) ? /^404\n/ : /^403\n/)
    }
  }
})

function register(world: World, json: object): Promise<Response> {
  return world.fetch('/api/auth/register', { method: 'POST', json })
}
