import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contracts } from '../src/app/contracts.ts'
import { system } from '../src/core/actor.ts'
import type { CommitInput } from '../src/core/commits.ts'
import { form } from '../src/core/form.ts'
import type { Core, KnownRequest } from '../src/core/ports.ts'
import { once } from '../src/core/requests/once.ts'
import type { NewUserValues } from '../src/core/users/create-user.ts'
import { type BatchValues, runBatch } from '../src/core/users/run-batch.ts'
import type { UserId } from '../src/core/users/user.ts'
import { type CastName, cast, person } from './cast.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const newcomer = { email: 'new@example.com', password: 'SecurePassword123!', firstName: 'New', lastName: 'Comer' }
const day = 24 * 3600 * 1000

function post(world: World, path: string, key: string, json: unknown, as: CastName = 'ada'): Promise<Response> {
  return world.fetch(path, { method: 'POST', as, json, headers: { 'idempotency-key': key } })
}

const create = (world: World, key: string, json: object = newcomer, as: CastName = 'ada') =>
  post(world, '/api/users', key, json, as)

/** What of an answer has to be the same when it is given again. */
async function said(answer: Response): Promise<string> {
  const { headers, status } = answer
  return [status, headers.get('location'), headers.get('etag'), headers.get('content-type'), await answer.text()].join(
    ' ',
  )
}

async function total(world: World): Promise<number> {
  const listed = (await (await world.fetch('/api/users', { as: 'ada' })).json()) as { meta: { total: number } }
  return listed.meta.total
}

const setRole = (world: World, id: UserId, role: 'user' | 'admin') =>
  world.core.commit('update-user', { actor: system, id, changes: { role }, versions: null })

for (const engine of engines) {
  test(`${engine}: a request that is sent again creates nothing, and is answered byte for byte as before`, async () => {
    await using world = await openWorld({ engine })
    const first = await said(await create(world, 'key-1'))
    await world.fetch(`/api/users/${cast.grace.user.id}`, { method: 'PUT', as: 'ada', json: { firstName: 'G' } })
    world.tick(60_000)

    const again = await said(await create(world, 'key-1'))

    assert.match(first, /^201 \/api\/users\/\S+ "1-/)
    assert.equal(again, first)
    assert.equal(await total(world), 4)
  })

  test(`${engine}: of fifty equal requests at once exactly one creates, and all get its answer`, async () => {
    await using world = await openWorld({ engine })
    await world.token('ada')
    const user = { email: 'new@example.com', password: newcomer.password, firstName: 'New', lastName: 'Comer' }

    const answers = await Promise.all(Array.from({ length: 50 }, () => create(world, 'key-1', user)))

    const told = new Set(await Promise.all(answers.map(said)))
    assert.equal(told.size, 1, [...told].join('\n'))
    assert.match([...told][0] ?? '', /^201 /)
    assert.equal(await total(world), 4)
  })

  test(`${engine}: a key stands for one request of one caller to one route, for a day`, async () => {
    await using world = await openWorld({ engine })
    await setRole(world, cast.grace.user.id, 'admin')
    const first = (await (await create(world, 'key-1')).json()) as { data: { id: string } }
    const path = `/api/users/${first.data.id}`
    await world.fetch(path, { method: 'DELETE', as: 'ada' })

    const another = await create(world, 'key-1', { ...newcomer, firstName: 'Other' })
    const elsewhere = await post(world, `${path}/restore`, 'key-1', undefined)
    const ofAnother = await post(world, `/api/users/${cast.ada.user.id}/restore`, 'key-1', undefined)
    const byAnother = await create(world, 'key-1', { ...newcomer, email: 'other@example.com' }, 'grace')

    assert.equal(another.status, 422)
    assert.equal(((await another.json()) as { error: { code: string } }).error.code, 'IDEMPOTENCY_KEY_REUSED')
    assert.deepEqual([elsewhere.status, ofAnother.status, byAnother.status], [200, 422, 201])
    world.tick(day - 1)
    assert.equal((await create(world, 'key-1', { ...newcomer, firstName: 'Other' })).status, 401, 'the token is old')
    const fresh = await openSession(world)
    assert.equal((await fresh('key-1', { ...newcomer, firstName: 'Other' })).status, 422)
    world.tick(1)
    assert.equal((await fresh('key-1', { ...newcomer, email: 'later@example.com' })).status, 201)
  })

  test(`${engine}: what is remembered is told to nobody who may not ask for it any more`, async () => {
    await using world = await openWorld({ engine })
    await setRole(world, cast.grace.user.id, 'admin')
    const operations = [
      { op: 'update', id: cast.grace.user.id, body: { lastName: 'H' } },
      { op: 'update', id: cast.linus.user.id, body: { lastName: 'Secret' } },
    ]
    const sent = () => post(world, '/api/users/batch', 'key-2', { atomic: false, operations }, 'grace')
    const together = () => post(world, '/api/users/batch', 'key-3', { atomic: true, operations }, 'grace')
    assert.equal((await create(world, 'key-1', newcomer, 'grace')).status, 201)
    assert.equal((await sent()).status, 200)
    assert.equal((await together()).status, 200)

    await setRole(world, cast.grace.user.id, 'user')
    const demoted = [await create(world, 'key-1', newcomer, 'grace'), await sent(), await together()]
    const texts = await Promise.all(demoted.map((answer) => answer.text()))

    assert.deepEqual(
      demoted.map(({ status }) => status),
      [403, 200, 409],
    )
    assert.deepEqual((JSON.parse(texts[1] ?? '') as { meta: object }).meta, { succeeded: 1, failed: 1 })
    for (const text of texts) assert.doesNotMatch(text, /Secret|new@example/)
    await world.core.commit('set-user-status', { actor: system, id: cast.grace.user.id, status: 'inactive' })
    assert.equal((await create(world, 'key-1', newcomer, 'grace')).status, 403)
    await world.core.commit('set-user-status', { actor: system, id: cast.grace.user.id, status: 'active' })
    assert.equal((await create(world, 'key-1', newcomer, 'grace')).status, 401)
    assert.equal(await total(world), 4)
  })

  test(`${engine}: what the use-case refuses stays refused under its key; what it never came to does not use the key up`, async () => {
    await using world = await openWorld({ engine })
    const taken = { ...newcomer, email: 'grace@example.com' }
    const refused = await said(await create(world, 'key-1', taken))
    await world.fetch(`/api/users/${cast.grace.user.id}`, { method: 'DELETE', as: 'ada' })

    assert.match(refused, /^409 .*EMAIL_ALREADY_EXISTS/)
    assert.equal(await said(await create(world, 'key-1', taken)), refused)
    assert.equal((await create(world, 'key-1', newcomer)).status, 422)
    assert.equal((await create(world, 'key-2', { ...newcomer, email: 'no' })).status, 400)
    assert.equal((await create(world, 'key-2', newcomer)).status, 201)
  })

  test(`${engine}: an effect and what is remembered of it come together or not at all`, async () => {
    await using world = await openWorld({ engine })
    const request: KnownRequest = { caller: cast.ada.user.id, name: 'a-request', digest: 'a-digest' }
    const user = person({ place: 500 })
    const input = { actor: system, user, passwordHash: null }
    const unkeepable = Number.NaN

    await assert.rejects(world.core.commit('once', { request, part: unkeepable, name: 'create-user', input }))
    assert.equal(await world.core.directory.users.byId(user.id), null)

    const done = await world.core.commit('once', { request, part: 0, name: 'create-user', input })
    const again = await world.core.commit('once', { request, part: 0, name: 'create-user', input })
    assert.ok(done.ok && again.ok)
    assert.deepEqual(JSON.parse(JSON.stringify(again.value)), JSON.parse(JSON.stringify(done.value)))
    assert.equal(await total(world), 4)
  })

  test(`${engine}: a batch that broke off goes on where it was when it is sent again`, async () => {
    await using world = await openWorld({ engine })
    const request: KnownRequest = { caller: cast.ada.user.id, name: 'a-batch', digest: 'a-digest' }
    const operations = [1, 2, 3].map((n) => {
      return { op: 'create' as const, form: form<NewUserValues>({ email: `n${n}@example.com` }) }
    })
    const run = (core: Core) =>
      once(core, request, (bound) => runBatch(bound, system, form<BatchValues>({ atomic: false, operations })))
    const breakOff = (name: string, input: { part: number }) => {
      if (input.part === 2) throw new Error('the machine died')
      return world.core.commit(name as 'once', input as CommitInput<'once'>)
    }

    await assert.rejects(run({ ...world.core, commit: breakOff as Core['commit'] }))
    assert.equal(await total(world), 5)
    const done = await run(world.core)

    assert.ok(done.ok && done.value.ok)
    assert.deepEqual(
      done.value.value.map((one) => one.ok && one.value.email),
      ['n1@example.com', 'n2@example.com', 'n3@example.com'],
    )
    assert.equal(await total(world), 6)
  })

  test(`${engine}: two who send one batch at once do each of its operations once`, async () => {
    await using world = await openWorld({ engine })
    const one = (n: number) => ({
      op: 'create',
      body: { email: `n${n}@example.com`, firstName: 'N', lastName: `${n}` },
    })
    const body = { atomic: false, operations: [one(1), one(2), one(3), one(1)] }
    const send = () => post(world, '/api/users/batch', 'key-1', body)

    const [first, second] = await Promise.all([send(), send()])
    const third = await send()

    const told = await Promise.all([first, second, third].map(said))
    assert.equal(new Set(told).size, 1, told.join('\n'))
    assert.match(told[0] ?? '', /"meta":\{"succeeded":3,"failed":1\}/)
    assert.equal(await total(world), 6)
    assert.equal((await post(world, '/api/users/batch', 'key-1', { atomic: false, operations: [] })).status, 200)
    assert.equal((await post(world, '/api/users/batch', 'key-1', { ...body, atomic: true })).status, 422)
  })

  test(`${engine}: what is older than a day is forgotten, and nothing else`, async () => {
    await using world = await openWorld({ engine })
    for (const n of [1, 2, 3]) await create(world, `old-${n}`, { ...newcomer, email: `old${n}@example.com` })
    world.tick(day / 2)
    const session = await openSession(world)
    await session('young', { ...newcomer, email: 'young@example.com' })
    world.tick(day / 2)

    const forgotten = []
    for (let n = 0; n < 2; n += 1) forgotten.push(await world.core.commit('forget-requests', {}))

    assert.deepEqual(
      forgotten.map((done) => done.ok && done.value.forgotten),
      [6, 0],
    )
    const later = await openSession(world)
    assert.equal((await later('young', { ...newcomer, email: 'another@example.com' })).status, 422)
  })
}

/** ada signs in once more, for the clock has moved on. */
async function openSession(world: World): Promise<(key: string, json: object) => Promise<Response>> {
  const json = { email: cast.ada.user.email, password: cast.ada.password }
  const { data } = (await (await world.fetch('/api/auth/login', { method: 'POST', json })).json()) as {
    data: { accessToken: string }
  }
  const authorization = `Bearer ${data.accessToken}`
  return (key, body) =>
    world.fetch('/api/users', { method: 'POST', json: body, headers: { authorization, 'idempotency-key': key } })
}

test('on two nodes at once exactly one request of many creates, and all get its answer', async () => {
  await using world = await openWorld({ engine: 'postgres' })
  await using beside = await openWorld({ engine: 'postgres', beside: world })
  await Promise.all([world.token('ada'), beside.token('ada')])

  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => create(n % 2 ? world : beside, 'key-1')))

  const told = new Set(await Promise.all(answers.map(said)))
  assert.equal(told.size, 1, [...told].join('\n'))
  assert.equal(await total(beside), 4)
})

test('a key that is empty, too long or not of visible ASCII is refused, to whoever may make the call', async () => {
  await using world = await openWorld()
  for (const key of ['', ' ', 'two words', 'x'.repeat(256), 'caf\u00e9', 'a\tb']) {
    const answer = await create(world, key)
    assert.deepEqual([key, answer.status], [key, 400])
    assert.match(await answer.text(), /"field":"Idempotency-Key"/)
    assert.equal((await create(world, key, newcomer, 'grace')).status, 403)
  }
  assert.equal((await create(world, '!~'.repeat(127))).status, 201)
})

test('every route of the house that creates or does something by POST takes a key, but those that answer a secret', () => {
  for (const { method, path, repeatable = false } of contracts.sudigital.routes) {
    const answersSecret = /^\/api\/(auth\/|tokens$|users\/me\/factors\/)|\/impersonation$/.test(path)
    const takesOne = method === 'POST' && !answersSecret
    assert.equal(repeatable, takesOne, `${method} ${path}`)
  }
})
