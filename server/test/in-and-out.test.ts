import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDirectoryFor } from '../src/app/directory.ts'
import { openLog } from '../src/app/log.ts'
import { system } from '../src/core/actor.ts'
import { form } from '../src/core/form.ts'
import type { Import, ImportId } from '../src/core/imports/import.ts'
import { readImport } from '../src/core/imports/read-import.ts'
import { startImport } from '../src/core/imports/start-import.ts'
import { limits } from '../src/core/limits.ts'
import { apiTokenOf } from './api-tokens.ts'
import { cast } from './cast.ts'
import { entryOf } from './entries.ts'
import { vectors } from './foreign-hashes.ts'
import { organize } from './organized.ts'
import { engines } from './place.ts'
import { actorOf } from './second-factors.ts'
import { until } from './timing.ts'
import { openWorld, type World } from './world.ts'

const [[password, passwordHash]] = vectors['passlib, SSHA']
const ndjson = 'application/x-ndjson'
const acme = { kind: 'organization', name: 'Acme', slug: 'acme' }
const people = [
  { email: 'one@example.org', passwordHash, organizations: [{ slug: 'acme', role: 'admin' }] },
  { email: 'GRACE@example.com' },
  { email: 'nobody', number: 0, picture: { large: 'x', medium: 'x', small: 'x' } },
  { username: 'two', lastName: '=1+1' },
  { email: 'waiting@example.org', status: 'pending' },
]
const lines = (some: readonly object[]) => some.map((one) => JSON.stringify(one)).join('\n')

interface Shown {
  readonly id: ImportId
  readonly state: string
}

function send(world: World, body: string, { query = '', type = ndjson, headers = {} } = {}): Promise<Response> {
  const sender = 'authorization' in headers ? {} : { as: 'ada' as const }
  return world.fetch(`/api/imports${query}`, {
    method: 'POST',
    ...sender,
    body,
    headers: { 'content-type': type, ...headers },
  })
}

async function ended(world: World, answer: Response): Promise<Record<string, unknown>> {
  assert.equal(answer.status, 202, await answer.clone().text())
  const { data } = (await answer.json()) as { data: Shown }
  assert.ok(answer.headers.get('location')?.endsWith(`/api/imports/${data.id}`))
  let shown: Shown & Record<string, unknown> = { ...data }
  await until(async () => {
    const asked = await world.fetch(`/api/imports/${data.id}`, { as: 'ada' })
    shown = ((await asked.json()) as { data: Shown & Record<string, unknown> }).data
    return shown.state !== 'running'
  })
  const { id: _, startedBy, startedAt: __, updatedAt: ___, ...rest } = shown
  assert.equal(startedBy, cast.ada.user.id)
  return rest
}

for (const engine of engines) {
  test(`a file that is sent is read after the answer, and what comes of each line is told (${engine})`, async () => {
    await using world = await openWorld({ engine })
    const file = lines([acme, ...people])
    const told = { lines: 6, added: 3, mailed: 1, organizations: 1, refused: 2 }

    const tried = await ended(world, await send(world, file, { query: '?dryRun=true' }))
    const { errors: triedErrors, ...triedSum } = tried
    assert.deepEqual(triedSum, { state: 'done', dryRun: true, ...told })
    assert.equal(await world.core.directory.users.byClaim('username', 'two'), null, 'trying adds nobody')
    const { errors, ...sum } = await ended(world, await send(world, file))

    assert.deepEqual(sum, { state: 'done', dryRun: false, ...told })
    assert.deepEqual(errors, triedErrors)
    const { mails } = await world.core.directory.mail.page({ state: null, offset: 0, limit: 10 })
    assert.deepEqual(
      mails.map(({ to }) => to),
      ['waiting@example.org'],
    )
    const places = (errors as { line: number; code: string; details?: { field: string }[] }[]).map(
      ({ line, code, details = [] }) => [line, code, ...details.map(({ field }) => field)],
    )
    assert.deepEqual(places, [
      [3, 'EMAIL_ALREADY_EXISTS', 'email'],
      [4, 'VALIDATION_ERROR', 'email', 'picture', 'number'],
    ])
    const json = { email: 'one@example.org', password }
    assert.equal((await world.fetch('/api/auth/login', { method: 'POST', json })).status, 200)
    const csv = await world.fetch('/api/exports/users?format=csv&search=two', { as: 'ada' })
    assert.match(csv.headers.get('content-disposition') ?? '', /users\.csv/)
    assert.deepEqual(
      (await csv.text())
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',').slice(3, 6)),
      [['two', '', "'=1+1"], []],
    )
  })

  test(`a file that is sent again under the key it was sent with is the same import (${engine})`, async () => {
    await using world = await openWorld({ engine })
    const headers = { 'idempotency-key': 'monday' }
    const ids = async (answer: Response) => ((await answer.json()) as { data: Shown }).data.id

    const first = await send(world, lines([{ username: 'once' }]), { headers })
    assert.equal((await ended(world, first.clone())).added, 1)
    const again = await send(world, lines([{ username: 'once' }]), { headers })

    assert.equal(await ids(again), await ids(first))
    const { added, refused } = await ended(world, await send(world, lines([{ username: 'once' }]), { headers }))
    assert.deepEqual({ added, refused }, { added: 1, refused: 0 })
    assert.equal((await send(world, lines([{ username: 'other' }]), { headers })).status, 422)
  })

  test(`of nobody two files are read at a time, and one whose node is gone is stopped, and forgotten after a day (${engine})`, async () => {
    await using world = await openWorld({ engine })
    const { core } = world
    const nowMs = core.clock()
    const progress = { dryRun: false, lines: 0, added: 0, mailed: 0, organizations: 0, refused: 0, errors: [] }
    const begun = { id: core.ids.next() as ImportId, startedBy: cast.ada.user.id, state: 'running' as const }
    const left: Import = { ...begun, startedAtMs: nowMs, updatedAtMs: nowMs, progress }
    assert.ok((await core.commit('begin-import', left)).ok)
    const both = await Promise.all(
      [0, 1].map(() =>
        core.commit('begin-import', { ...left, id: core.ids.next() as ImportId, startedBy: cast.grace.user.id }),
      ),
    )
    assert.deepEqual(both.map(({ ok }) => ok).sort(), [false, true])

    assert.equal((await send(world, lines(people))).status, 409)
    world.tick(limits.importSilenceMsMax + 1)

    const read = await readImport(core, system, left.id)
    assert.ok(read.ok && read.value.state === 'stopped')
    assert.equal((await ended(world, await send(world, lines([{ username: 'late' }])))).state, 'done')
    world.tick(limits.importsKeptMs)
    assert.deepEqual(await core.commit('forget-imports', {}), { ok: true, value: { forgotten: 3 } })
    assert.deepEqual(await readImport(core, system, left.id), { ok: false, refusal: { code: 'import_not_found' } })
  })
}

test('two hundred are taken out by their ids, in order of creation and each once; no more, and nobody who is deleted', async () => {
  await using world = await openWorld()
  const { ada, grace, linus } = cast
  await world.fetch(`/api/users/${grace.user.id}`, { method: 'DELETE', as: 'ada' })
  const named = [linus, grace, ada, linus].map(({ user }) => user.id)
  const strangers = Array.from({ length: limits.usersExportedByIdMax - named.length }, () => crypto.randomUUID())
  const ids = [...named, ...strangers].join(',')
  const take = (ids: string) => world.fetch(`/api/exports/users?ids=${encodeURIComponent(ids)}`, { as: 'ada' })

  const taken = (await (await take(ids.toUpperCase())).text()).trim().split('\n')
  const refused = await take(`${ids},${ada.user.id}`)
  const nobody = await take('')

  assert.deepEqual(
    taken.map((line) => JSON.parse(line).id),
    [ada.user.id, linus.user.id],
  )
  assert.equal(refused.status, 400)
  assert.partialDeepStrictEqual(await refused.json(), {
    error: { code: 'VALIDATION_ERROR', details: [{ field: 'ids', message: 'Ids must have at most 200 items' }] },
  })
  assert.equal(nobody.status, 400, 'to name nobody is not to name everybody')
})

test('what cannot be a file of users is refused at once, all faults together and nothing repeated', async () => {
  await using world = await openWorld()
  const bad: [body: string, type: string, query: string, status: number, fields: string[]][] = [
    ['', ndjson, '', 400, ['']],
    ['ada@example.org,x\ny,z', 'text/csv', '?dryRun=maybe', 400, ['dryRun', 'header']],
    ['email,email\n', 'text/csv', '?x=1', 400, ['header', 'x']],
    ['{}', 'application/json', '', 415, []],
  ]
  for (const [body, type, query, status, fields] of bad) {
    const answer = await send(world, body, { type, query })
    const text = await answer.text()
    assert.equal(answer.status, status, text)
    const { error } = JSON.parse(text) as { error: { details?: { field: string }[] } }
    assert.deepEqual((error.details ?? []).map(({ field }) => field).sort(), fields, text)
    assert.doesNotMatch(text, /ada@/)
  }
  assert.equal((await send(world, 'x'.repeat(limits.importBodyBytesMax + 1))).status, 413)
  assert.equal((await world.fetch('/api/exports/users?format=xml&page=1', { as: 'ada' })).status, 400)
})

test('a program brings people and takes them out without what lets anybody sign in, and no more than its token is for', async () => {
  await using world = await openWorld()
  await organize(world, 'Acme', [[cast.grace.user.id, 'admin']])
  const bearer = async (...permissions: Parameters<typeof apiTokenOf>[2][number][]) => ({
    authorization: `Bearer ${(await apiTokenOf(world, 'ada', permissions)).token}`,
  })
  const importing = await bearer('users:roles', 'users:create', 'organizations:manage')
  const listing = await bearer('users:list')

  assert.equal((await send(world, lines(people), { headers: listing })).status, 403)
  const { errors } = await ended(world, await send(world, lines([people[0] as object]), { headers: importing }))
  const file = await (await world.fetch('/api/exports/users', { headers: listing })).text()
  const whole = await (await world.fetch('/api/exports/users', { as: 'ada' })).text()

  assert.deepEqual(
    (errors as { details: { field: string }[] }[])[0]?.details.map(({ field }) => field),
    ['passwordHash'],
  )
  assert.doesNotMatch(file, /organization/)
  assert.match(whole, /^\{"kind":"organization"/)
  assert.match(whole, /"organizations":\[\{"id":"[^"]+","slug":"acme","role":"admin"/)
  assert.doesNotMatch(file + whole, /argon2|passwordHash|factors/)
  assert.equal(file.trimEnd().split('\n').length, 3)
})

test('an import ends with the program, and says so', async () => {
  await using world = await openWorld()
  const { core } = world
  const ada = await actorOf(world, 'ada')
  let sent = 0
  async function* endless() {
    for (;;) {
      yield { lines: [{ line: sent + 1, ...entryOf({ username: `endless-${sent}` }) }] }
      sent += 1
    }
  }
  const started = await startImport(core, ada, form({}), endless())
  await until(async () => sent > 2)

  await world.roster.close()

  await using reopened = await openDirectoryFor(world.settings, { log: openLog(world.settings) })
  const read = await readImport(reopened.core, system, started.ok ? started.value.id : '')
  assert.ok(read.ok)
  assert.equal(read.value.state, 'stopped')
  assert.equal(read.value.progress.added, sent)
})

test('whoever loses their right while their file is read brings nobody more', async () => {
  await using world = await openWorld()
  const { core } = world
  const ada = await actorOf(world, 'ada')
  const promoted = await world.fetch(`/api/users/${cast.grace.user.id}`, {
    method: 'PATCH',
    as: 'ada',
    json: { role: 'admin' },
  })
  assert.equal(promoted.status, 200)
  async function* chunks() {
    yield { lines: [{ line: 1, ...entryOf({ username: 'first' }) }] }
    const demotion = { method: 'PATCH', as: 'grace', json: { role: 'user' } } as const
    assert.equal((await world.fetch(`/api/users/${cast.ada.user.id}`, demotion)).status, 200)
    yield { lines: [{ line: 2, ...entryOf({ username: 'second', role: 'admin' }) }] }
  }

  const started = await startImport(core, ada, form({}), chunks())

  assert.ok(started.ok)
  const read = async () => {
    const now = await readImport(core, system, started.value.id)
    assert.ok(now.ok)
    return now.value
  }
  await until(async () => (await read()).state !== 'running')
  const { state, progress } = await read()
  assert.deepEqual([state, progress.added, progress.lines], ['stopped', 1, 1])
  assert.equal(await core.directory.users.byClaim('username', 'second'), null)
})
