import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, system } from '../src/core/actor.ts'
import { changeAvatar } from '../src/core/avatars/change-avatar.ts'
import { form } from '../src/core/form.ts'
import { exportUsers } from '../src/core/users/export-users.ts'
import { importUsers, type RefusedEntry, tryImport } from '../src/core/users/import-users.ts'
import type { UserId } from '../src/core/users/user.ts'
import { type ExportFormat, writeExport } from '../src/http/export-lines.ts'
import { readImport } from '../src/http/import-lines.ts'
import { cast } from './cast.ts'
import { entryOf } from './entries.ts'
import { rotatedJpeg, smallPng } from './images.ts'
import { organize } from './organized.ts'
import type { EngineName } from './place.ts'
import { codeOf, originOf, setUpApp, setUpPasskey } from './second-factors.ts'
import type { SoftPasskey } from './soft-passkey.ts'
import { look } from './uploads.ts'
import { openWorld, type World } from './world.ts'

const PUBLIC_URL = 'http://localhost:4000'
const { ada, grace, linus } = cast

async function exported(
  { core }: Pick<World, 'core'>,
  format: ExportFormat,
  { credentials = true, actor = system as Actor } = {},
): Promise<string> {
  const lines = await exportUsers(core, actor, form({}), { organizations: true, pictures: true, credentials })
  assert.ok(lines.ok)
  const pieces: string[] = []
  for await (const text of writeExport(lines.value, format, { credentials })) pieces.push(text)
  return pieces.join('')
}

async function imported({ core }: Pick<World, 'core'>, format: ExportFormat, file: string) {
  const sum = { added: 0, mailed: 0, organizations: 0, refused: [] as RefusedEntry[] }
  const seen = new Set<string>()
  for await (const { lines } of readImport(pieces(file), format)) {
    const tried = await tryImport(core, system, lines, seen)
    const came = await importUsers(core, system, lines)
    assert.ok(came.ok && tried.ok)
    assert.deepEqual(tried.value, came.value, 'a dry run tells what comes of it')
    sum.added += came.value.added
    sum.mailed += came.value.mailed
    sum.organizations += came.value.organizations
    sum.refused.push(...came.value.refused)
  }
  return sum
}

async function* pieces(file: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(file)
  for (let from = 0; from < bytes.length; from += 10_000) yield bytes.subarray(from, from + 10_000)
}

const people = [
  {
    username: 'no.address',
    firstName: '王',
    lastName: '小明',
    status: 'inactive',
    attributes: { seat: [{ row: null }] },
  },
  { email: 'δ@παράδειγμα.example', firstName: 'Δέσποινα', role: 'viewer', preferences: { theme: 'dark' } },
  { email: 'own@example.org', username: 'OWN@example.org', lastName: 'O\'Brien, "Jr";=1', emailVerified: true },
  { email: '=cmd@example.org', firstName: '=1+1', lastName: '  -2', avatar: 'https://example.org/a;=b.png' },
  { email: 'later@example.org', status: 'pending', preferences: { notifications: { email: false } } },
  { email: 'bio@example.org', profile: { bio: 'Zeile 1\nשורה 2\n=3', website: 'https://example.org/?a,b' } },
  { email: 'far@example.org', number: 1_000_000, createdAt: '1999-12-31T23:59:59.999Z', version: 12 },
]

/** Everybody a directory can have: with pictures, organizations, second factors, and a hole among the numbers. */
async function fill(world: World): Promise<{ secret: string; passkey: SoftPasskey }> {
  const { core } = world
  const came = await importUsers(core, system, people.map(entryOf))
  assert.deepEqual(came, { ok: true, value: { added: people.length, mailed: 0, organizations: 0, refused: [] } })
  await organize(world, 'Gone')
  await organize(world, 'Acme', [
    [ada.user.id, 'admin'],
    [grace.user.id, 'member'],
  ])
  await organize(world, 'Umbrella', [[grace.user.id, 'admin']])
  for (const [{ user }, image] of [[grace, await rotatedJpeg()] as const, [linus, smallPng] as const]) {
    const changed = await changeAvatar(core, system, user.id, { form: form({ avatar: image }), versions: null })
    assert.ok(changed.ok)
  }
  const { secret } = await setUpApp(world, 'grace')
  const passkey = await setUpPasskey(world, 'linus')
  assert.equal((await world.fetch(`/api/users/${(await byEmail(world, 'far@')).id}`, { as: 'ada' })).status, 200)
  const gone = await byEmail(world, 'later@')
  assert.equal((await world.fetch(`/api/users/${gone.id}`, { method: 'DELETE', as: 'ada' })).status, 200)
  return { secret, passkey }
}

interface Shown {
  readonly id: UserId
  readonly avatar: string | null
}

async function everybody(world: World): Promise<Shown[]> {
  const fields =
    'id,number,email,username,firstName,lastName,role,status,emailVerified,createdAt,updatedAt,profile,preferences,attributes,avatar'
  const answer = await world.fetch(`/api/users?limit=100&fields=${fields}`, { as: 'ada' })
  return ((await answer.json()) as { data: Shown[] }).data
}

async function byEmail(world: World, beginning: string): Promise<Shown> {
  const answer = await world.fetch(`/api/users?search=${beginning}`, { as: 'ada' })
  const [found] = ((await answer.json()) as { data: Shown[] }).data
  assert.ok(found)
  return found
}

async function members(world: World): Promise<unknown> {
  const list = (await (await world.fetch('/api/organizations', { as: 'ada' })).json()) as { data: { id: string }[] }
  const inside = list.data.map(async ({ id }) =>
    (await world.fetch(`/api/organizations/${id}/members`, { as: 'ada' })).json(),
  )
  return [list, await Promise.all(inside)]
}

/** The bytes that the address of each picture leads to. */
async function pictures(world: World): Promise<Buffer[]> {
  const own = (await everybody(world)).flatMap(({ avatar }) => (avatar?.startsWith(PUBLIC_URL) ? [avatar] : []))
  const answers = await Promise.all(own.map((address) => look(world, address)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
  return Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())))
}

async function signsIn(world: World, { user, password }: (typeof cast)[keyof typeof cast]) {
  const answer = await world.fetch('/api/auth/login', { method: 'POST', json: { email: user.email, password } })
  assert.equal(answer.status, 200, user.email ?? '')
  const { data } = (await answer.json()) as { data: { challenge?: { id: string } } }
  return data.challenge?.id ?? null
}

const otherAddress = (shown: readonly Shown[]) =>
  shown.map((one) => (one.avatar?.startsWith(PUBLIC_URL) ? { ...one, avatar: 'its own' } : one))

const hops: readonly (readonly [from: EngineName, to: EngineName])[] = [
  ['sqlite', 'sqlite'],
  ['sqlite', 'postgres'],
  ['postgres', 'postgres'],
  ['postgres', 'sqlite'],
]

test('whoever goes out of one directory and into another is there as they were: on each engine, and from each to the other', async () => {
  await using first = await openWorld({ settings: { PUBLIC_URL } })
  const { secret, passkey } = await fill(first)
  const file = await exported(first, 'ndjson')
  const known = { users: await everybody(first), members: await members(first), pictures: await pictures(first) }
  assert.equal(known.users.length, 9)

  await using others = new AsyncDisposableStack()
  let [from, sent] = [first as World, file]
  for (const [, engine] of hops) {
    const to = others.use(await openWorld({ engine, populate: 'with nobody', settings: { PUBLIC_URL } }))
    to.tick(first.core.clock() - to.core.clock())

    assert.deepEqual(await imported(to, 'ndjson', sent), { added: 9, mailed: 0, organizations: 3, refused: [] })

    sent = await exported(to, 'ndjson')
    assert.equal(sent, file, `${from.engine} → ${engine}`)
    assert.deepEqual(otherAddress(await everybody(to)), otherAddress(known.users))
    assert.deepEqual(await members(to), known.members)
    assert.deepEqual(await pictures(to), known.pictures)
    assert.deepEqual((await imported(to, 'ndjson', file)).added, 0, 'nobody comes twice')
    from = to
  }

  from.tick(30_000)
  assert.equal(await signsIn(from, ada), null)
  const challengeId = await signsIn(from, grace)
  const code = await codeOf(from, secret)
  assert.equal((await from.fetch('/api/auth/mfa', { method: 'POST', json: { challengeId, code } })).status, 200)
  const half = await signsIn(from, linus)
  const asked = await from.fetch('/api/auth/passkey/options', { method: 'POST', json: { challengeId: half } })
  const { data } = (await asked.json()) as { data: Parameters<SoftPasskey['sign']>[0] }
  const credential = passkey.sign(data, { origin: originOf(from) })
  assert.equal(
    (await from.fetch('/api/auth/passkey', { method: 'POST', json: { challengeId: half, credential } })).status,
    200,
  )
  const made = await from.fetch('/api/users', {
    method: 'POST',
    as: 'ada',
    json: { email: 'next@example.org', password: 'Quite-Long-Enough-77', firstName: 'N', lastName: 'X' },
  })
  assert.equal(made.status, 201)
  const { number } = (await from.core.directory.users.byClaim('email', 'next@example.org')) ?? { number: 0 }
  assert.ok(number > 1_000_000, 'no number is given twice')
})
