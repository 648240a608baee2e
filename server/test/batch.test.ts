import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import type { User, UserId } from '../src/core/users/user.ts'
import { type CastName, cast, person } from './cast.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

interface Item {
  readonly status: number
  readonly data?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: string; readonly message: string; readonly details?: readonly Detail[] }
}

interface Detail {
  readonly field: string
  readonly message: string
}

interface Said {
  readonly status: number
  readonly data: readonly Item[]
  readonly meta: { readonly succeeded: number; readonly failed: number }
  readonly error: { readonly code: string; readonly details: readonly Detail[] }
}

async function batch(world: World, as: CastName, atomic: boolean, operations: readonly unknown[]): Promise<Said> {
  const answer = await world.fetch('/api/users/batch', { method: 'POST', as, json: { atomic, operations } })
  return { ...((await answer.json()) as Said), status: answer.status }
}

/** Operations that no description allows, and which are refused one by one. */
async function batchOfAnything(world: World, as: CastName, operations: readonly unknown[]): Promise<Said> {
  const headers = { authorization: `Bearer ${await world.token(as)}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ atomic: false, operations })
  const answer = await fetch(`${world.url}/api/users/batch`, { method: 'POST', headers, body })
  return { ...((await answer.json()) as Said), status: answer.status }
}

/** So many more people in the directory, called p1, p2, … */
async function settlePeople(world: World, count: number): Promise<UserId[]> {
  const people = Array.from({ length: count }, (_, n) => person({ place: 1000 + n, email: `p${n + 1}@example.com` }))
  const newcomers = people.map((user) => ({ user, passwordHash: null }))
  const added = await world.core.commit('add-people', { actor: system, people: newcomers, onlyIfEmpty: false })
  assert.ok(added.ok)
  return people.map(({ id }) => id)
}

async function historyOf(world: World, userId: UserId): Promise<string[]> {
  const question = { userId, type: null, fromMs: null, toMs: null, offset: 0, limit: 100 }
  const { entries } = await world.core.directory.activity.page(question)
  return entries.map(({ type }) => type).reverse()
}

const stored = (world: World, id: UserId): Promise<User | null> | User | null => world.core.directory.users.byId(id)
const emailsOf = async (world: World, ids: readonly UserId[]) =>
  Promise.all(ids.map(async (id) => (await stored(world, id))?.email))
const { ada, grace, linus } = { ada: cast.ada.user.id, grace: cast.grace.user.id, linus: cast.linus.user.id }
const statuses = (said: Said) => said.data.map(({ status }) => status)
const rename = (id: string, firstName: string, more: object = {}) => ({
  op: 'update',
  id,
  body: { firstName },
  ...more,
})
const setEmail = (id: string, email: string) => ({ op: 'update', id, body: { email } })
const setRole = (id: string, role: string) => ({ op: 'update', id, body: { role } })

for (const engine of engines) {
  test(`${engine}: one refusal among a thousand operations undoes all of an atomic batch, and is told by its place`, async () => {
    await using world = await openWorld({ engine })
    const ids = await settlePeople(world, 998)
    const operations = [
      { op: 'create', body: { email: 'new@example.com', firstName: 'N', lastName: 'N' } },
      ...ids.map((id, n) => rename(id, 'Renamed', n === 100 ? { ifMatch: 7 } : {})),
      { op: 'delete', id: grace },
    ]

    const refused = await batch(world, 'ada', true, operations)

    assert.deepEqual([refused.status, refused.error.code], [409, 'BATCH_ABORTED'])
    const message = 'Somebody else has changed this user since you read it'
    assert.deepEqual(refused.error.details, [{ field: 'operations.101', message }])
    for (const id of [...ids.slice(0, 3), ...ids.slice(-3)]) assert.equal((await stored(world, id))?.version, 1)
    assert.equal((await stored(world, grace))?.deletion, null)
    assert.equal(await world.core.directory.users.byClaim('email', 'new@example.com'), null)
    assert.deepEqual(await historyOf(world, ids[0] as UserId), ['created'])

    operations[101] = rename(ids[100] ?? '', 'Renamed', { ifMatch: '"1-whatever"' })
    const done = await batch(world, 'ada', true, operations)

    assert.deepEqual([done.status, done.meta], [200, { succeeded: 1000, failed: 0 }])
    assert.equal((await stored(world, ids[997] as UserId))?.firstName, 'Renamed')
    assert.equal(await stored(world, grace), null)
  })

  test(`${engine}: an atomic batch swaps names, passes them on, and hands over the last post of an admin`, async () => {
    await using world = await openWorld({ engine })
    const ids = (await settlePeople(world, 3)) as [UserId, UserId, UserId]
    const [one, two, three] = ids

    const swapped = await batch(world, 'ada', true, [
      setEmail(one, 'p2@example.com'),
      setEmail(two, 'P3@example.com'),
      setEmail(three, 'p1@example.com'),
    ])
    const passedOn = await batch(world, 'ada', true, [
      { op: 'create', body: { email: 'p1@example.com', firstName: 'N', lastName: 'N' } },
      { op: 'delete', id: three },
    ])
    const handedOver = await batch(world, 'ada', true, [setRole(ada, 'user'), setRole(one, 'admin')])

    assert.deepEqual(statuses(swapped), [200, 200, 200])
    assert.deepEqual(await emailsOf(world, [one, two]), ['p2@example.com', 'P3@example.com'])
    assert.deepEqual(statuses(passedOn), [201, 200])
    const newcomer = await world.core.directory.users.byClaim('email', 'p1@example.com')
    assert.equal(newcomer?.id, passedOn.data[0]?.data?.id)
    assert.deepEqual(statuses(handedOver), [200, 200])
    assert.equal(await world.core.directory.users.activeAdmins(), 1)
    assert.equal(
      (await batch(world, 'ada', false, [rename(two, 'X')])).data[0]?.error?.code,
      'INSUFFICIENT_PERMISSIONS',
    )
  })

  test(`${engine}: an atomic batch is refused for what it comes to, and whoever brought that about is named`, async () => {
    await using world = await openWorld({ engine })
    const [one, two, three] = (await settlePeople(world, 3)) as [UserId, UserId, UserId]
    await batch(world, 'ada', true, [{ op: 'delete', id: three }, setEmail(two, 'p3@example.com')])
    const namesOf = ({ error }: Said) => error.details.map(({ field, message }) => `${field}: ${message}`)

    const taken = await batch(world, 'ada', true, [
      rename(one, 'First'),
      setEmail(one, 'grace@example.com'),
      rename(one, 'Second'),
      { op: 'create', body: { email: 'twice@example.com', firstName: 'N', lastName: 'N' } },
      { op: 'create', body: { email: 'Twice@example.com', firstName: 'N', lastName: 'N' } },
      { op: 'restore', id: three },
    ])
    const headless = await batch(world, 'ada', true, [
      setRole(one, 'admin'),
      { op: 'delete', id: ada },
      setRole(one, 'viewer'),
    ])

    assert.deepEqual(namesOf(taken), [
      'operations.1.email: Email address already registered',
      'operations.4.email: Email address already registered',
      'operations.5: The email address has been taken meanwhile',
    ])
    assert.deepEqual(namesOf(headless), [
      'operations.1: The last active admin cannot be demoted, deactivated or deleted',
    ])
    assert.equal((await stored(world, one))?.version, 1)
    assert.equal(await world.core.directory.users.activeAdmins(), 1)
  })

  test(`${engine}: in one batch each operation sees what the earlier ones did to the same user`, async () => {
    await using world = await openWorld({ engine })
    const [one, two] = (await settlePeople(world, 2)) as [UserId, UserId]
    const story = (id: UserId) => [
      rename(id, 'First', { ifMatch: 1 }),
      rename(id, 'Stale', { ifMatch: '"1"' }),
      { op: 'update', id, body: { lastName: 'Last' }, ifMatch: '"2-x", "9"' },
      { op: 'delete', id, ifMatch: 3 },
      rename(id, 'Gone'),
      { op: 'restore', id },
      { op: 'update', id, body: { firstName: null }, ifMatch: '*' },
    ]

    const alone = await batch(world, 'ada', false, story(one))
    const together = await batch(
      world,
      'ada',
      true,
      story(two).filter((_, n) => n !== 1 && n !== 4),
    )

    assert.deepEqual(statuses(alone), [200, 412, 200, 200, 404, 200, 200])
    assert.deepEqual(alone.meta, { succeeded: 5, failed: 2 })
    assert.deepEqual(statuses(together), [200, 200, 200, 200, 200])
    for (const id of [one, two]) {
      const { version, firstName, lastName } = (await stored(world, id)) as User
      assert.deepEqual([version, firstName, lastName], [6, null, 'Last'])
      assert.deepEqual(await historyOf(world, id), ['created', 'updated', 'updated', 'deleted', 'restored', 'updated'])
    }
  })

  test(`${engine}: batches that change the same users in opposite order at once all come to an end`, async () => {
    await using world = await openWorld({ engine })
    const ids = await settlePeople(world, 20)
    const swap = (n: number) => (n % 2 === 0 ? ids : [...ids].reverse()).map((id) => rename(id, `By ${n}`))

    const said = await Promise.all(Array.from({ length: 8 }, (_, n) => batch(world, 'ada', true, swap(n))))

    assert.deepEqual(
      said.map(({ status }) => status),
      Array(8).fill(200),
    )
    const names = await Promise.all(ids.map(async (id) => (await stored(world, id))?.firstName))
    assert.equal(new Set(names).size, 1, `the last batch has the whole of it: ${names}`)
  })
}

test('a batch lets nobody do what they may not do one by one', async () => {
  await using world = await openWorld()
  const [other] = (await settlePeople(world, 1)) as [UserId]
  const tried = (me: UserId) => [
    { op: 'create', body: { email: 'x@example.com', firstName: 'X', lastName: 'X', role: 'admin' } },
    rename(other, 'X'),
    setRole(me, 'admin'),
    { op: 'update', id: me, body: { status: 'inactive' } },
    { op: 'update', id: me, body: { attributes: {} } },
    { op: 'delete', id: other },
    { op: 'delete', id: me },
    { op: 'restore', id: other, ifMatch: 1 },
    { op: 'update', body: {} },
    rename(me, 'Own'),
  ]
  const refused = Array(9).fill('403 INSUFFICIENT_PERMISSIONS')
  const told = ({ data }: Said) => data.map(({ status, error }) => `${status}${error ? ` ${error.code}` : ''}`)

  assert.deepEqual(told(await batch(world, 'grace', false, tried(grace))), [...refused, '200'])
  assert.deepEqual(told(await batch(world, 'linus', false, tried(linus))), [...refused, refused[0]])
  for (const as of ['grace', 'linus'] as const) {
    const together = await batch(world, as, true, tried(cast[as].user.id))
    assert.deepEqual([together.status, together.error.code], [409, 'BATCH_ABORTED'])
    assert.equal(together.error.details.length, as === 'grace' ? 9 : 10)
  }
  const mine = await batch(world, 'grace', true, [rename(grace, 'Own', { ifMatch: 2 })])
  assert.deepEqual([mine.status, mine.meta.succeeded], [200, 1])
  assert.deepEqual([(await stored(world, linus))?.version, (await stored(world, other))?.version], [1, 1])
})

test('nobody may learn from a batch whether somebody exists', async () => {
  await using world = await openWorld()
  const wanted = [ada, '01900000-0000-7000-8000-0000000000ff', 'no-uuid', '', ada.toUpperCase()]
  for (const as of ['grace', 'linus'] as const) {
    for (const op of ['update', 'delete', 'restore']) {
      const operations = wanted.map((id) => (op === 'update' ? { op, id, body: { bad: 1 } } : { op, id }))
      const { data } = await batchOfAnything(world, as, operations)
      assert.equal(new Set(data.map((item) => JSON.stringify(item))).size, 1, `${as} ${op}`)
    }
  }
})

test('whoever is demoted, deactivated or deleted in the middle of a batch does nothing more in it', async () => {
  await using world = await openWorld()
  const [other, admin] = (await settlePeople(world, 2)) as [UserId, UserId]
  await batch(world, 'ada', true, [setRole(admin, 'admin')])

  const demoted = await batch(world, 'ada', false, [rename(other, 'A'), setRole(ada, 'user'), rename(other, 'B')])
  const restored = { actor: system, id: ada, changes: { role: 'admin' as const }, versions: null }
  await world.core.commit('update-user', restored)
  const gone = await batch(world, 'ada', false, [{ op: 'delete', id: ada }, rename(other, 'C')])

  assert.deepEqual(statuses(demoted), [200, 200, 403])
  assert.deepEqual(statuses(gone), [200, 401])
  assert.equal((await stored(world, other))?.firstName, 'A')
})

test('what is wrong with a batch or with its operations is told as the single routes tell it', async () => {
  await using world = await openWorld()
  const single = await world.fetch('/api/users', { method: 'POST', as: 'ada', json: { email: 'x', password: 'short' } })
  const { error } = (await single.json()) as Said
  const bad = [
    { op: 'create', body: { email: 'x', password: 'short' } },
    { op: 'create', id: ada, ifMatch: 1, body: { email: 'y@example.com', firstName: 'Y', lastName: 'Y' } },
    { op: 'update', id: ada, ifMatch: true, body: { password: 'NewPassword123!', firstName: 1 } },
    { op: 'update', id: ada },
    { op: 'delete', id: ada, body: {} },
    { op: 'restore', id: 7 },
    { op: 'promote', id: ada },
    { id: ada, __proto__: null, extra: 1 },
    'delete',
    null,
    [],
  ]
  const fieldsOf = ({ error: one }: Item) => one?.details?.map(({ field }) => field).join(' ')

  const told = await batchOfAnything(world, 'ada', bad)

  assert.deepEqual(statuses(told), Array(bad.length).fill(400))
  assert.deepEqual(told.data[0]?.error, error)
  assert.deepEqual(told.data.map(fieldsOf), [
    'firstName lastName email password',
    'id ifMatch',
    'ifMatch firstName password',
    '',
    'body',
    'id',
    'op',
    'op extra',
    '',
    '',
    '',
  ])
  for (const json of [
    {},
    { operations: [] },
    { atomic: 'yes', operations: [] },
    { atomic: true, operations: {} },
    { atomic: true, operations: Array(1001).fill({ op: 'restore', id: ada }) },
    { atomic: true, operations: [], extra: 1 },
    [],
  ]) {
    const refused = await world.fetch('/api/users/batch', { method: 'POST', as: 'ada', json })
    assert.equal(refused.status, 400, JSON.stringify(json).slice(0, 100))
  }
  assert.deepEqual((await batch(world, 'ada', false, [])).meta, { succeeded: 0, failed: 0 })
})

test('of a batch at most fifty operations set a password, and those who were given one can sign in', async () => {
  await using world = await openWorld()
  const password = 'Difference-Engine-1822!'
  const people = (count: number, from: number) =>
    Array.from({ length: count }, (_, n) => ({
      op: 'create',
      body: { email: `n${from + n}@example.com`, firstName: 'N', lastName: 'N', status: 'active' },
    }))
  const withPasswords = people(51, 0).map(({ op, body }) => ({ op, body: { ...body, password } }))

  const tooMany = await batch(world, 'ada', true, withPasswords)
  const done = await batch(world, 'ada', true, [...withPasswords.slice(0, 2), ...people(100, 100)])

  assert.deepEqual([tooMany.status, tooMany.error.details[0]?.field], [400, 'operations'])
  assert.equal(done.meta.succeeded, 102)
  const signIn = (email: string) =>
    world.fetch('/api/auth/login', { method: 'POST', json: { email, password } }).then(({ status }) => status)
  assert.deepEqual([await signIn('n1@example.com'), await signIn('n100@example.com')], [200, 401])
})

for (const engine of engines)
  test(`${engine}: batches have a limit of their own, of requests and of operations, and what is refused takes nothing of it`, async () => {
    await using world = await openWorld({ engine, settings: { RATE_LIMITS: 'on', RATE_LIMIT_BATCH_OPERATIONS: '25' } })
    const send = async (as: CastName, count: number) =>
      world.fetch('/api/users/batch', {
        method: 'POST',
        as,
        json: { atomic: false, operations: Array(count).fill(rename(cast[as].user.id, 'X')) },
      })

    const first = await send('ada', 20)
    const tooMuch = await send('ada', 6)
    const rest = await send('ada', 5)
    const others = await send('grace', 20)

    assert.equal(first.headers.get('ratelimit-policy'), '"batch";q=10;w=60, "batch-operations";q=25;w=60')
    assert.match(first.headers.get('ratelimit') ?? '', /^"batch";r=9;t=\d+, "batch-operations";r=5;t=\d+$/)
    assert.equal(tooMuch.status, 429)
    assert.match(tooMuch.headers.get('ratelimit') ?? '', /"batch-operations";r=5;/)
    assert.ok(Number(tooMuch.headers.get('retry-after')) > 0)
    assert.deepEqual([rest.status, others.status], [200, 200])
    for (let n = 4; n <= 10; n += 1) assert.equal((await send('ada', 0)).status, 200, `request ${n}`)
    assert.equal((await send('ada', 0)).status, 429)
  })
