import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { openFinisher } from '../src/app/erasures.ts'
import { system } from '../src/core/actor.ts'
import { eraseAgain } from '../src/core/erasures/erase-again.ts'
import type { UserId } from '../src/core/users/user.ts'
import { cast, person } from './cast.ts'
import { columnsNaming } from './columns.ts'
import { gatherStatistics, whatLies } from './files-in-clear.ts'
import { organize } from './organized.ts'
import { engines } from './place.ts'
import { codeOf } from './second-factors.ts'
import { upload } from './uploads.ts'
import { openWorld, type World } from './world.ts'

/** What occurs nowhere but in one person's data. */
const texts = {
  'first address': cast.grace.user.email ?? '',
  address: 'canary.zq7@example.com',
  'wanted address': 'canary.zq8@example.net',
  'first name': 'Zquartzina',
  'last name': 'Vexillologist ቋንቋዬ',
  'folded last name': 'vexillologist ቋንቋዬ',
  // What the index of the search has of it: three signs, of which it may leave out how they begin.
  'gram of the last name': Buffer.from('ቋንቋ').subarray(1).toString('latin1'),
  username: 'zquartzy-vex',
  bio: 'Collects vexillology quizzes',
  location: 'Xanthopolis',
  website: 'https://canary-zq7.example.org/',
  attribute: 'jackdaws-love-quartz',
  'program of the caller': 'CanaryBrowser/7.77',
  'address of the caller': '203.0.113.177',
  'name of the API token': 'Zq7 nightly sync',
  'name of the factor': 'Zq7 telephone',
} as const

/** Sealed by the engine that does not encrypt its files as a whole. */
const inClearOnBoth = new Set([
  'first address',
  'address',
  'first name',
  'last name',
  'folded last name',
  'gram of the last name',
  'username',
])

const bytesOf = (text: string, name: string) => Buffer.from(text, name.startsWith('gram') ? 'latin1' : 'utf8')
const canaries = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, bytesOf(text, name)]))

const headers = { 'user-agent': texts['program of the caller'], 'x-forwarded-for': texts['address of the caller'] }

/** Where her id stands before: a table that is new, and has rows of people, belongs here, and its door into `plant`. */
const named = [
  'activity.actor_id',
  'activity.user_id',
  'api_tokens.user_id',
  'avatars.user_id',
  'challenges.user_id',
  'claims.user_id',
  'credentials.user_id',
  'factors.user_id',
  'invitations.invited_by',
  'invitations.user_id',
  'links.user_id',
  'mail.user_id',
  'members.user_id',
  'recovery_codes.user_id',
  'refresh_tokens.user_id',
  'remembered_requests.user_id',
  'sessions.impersonator_id',
  'sessions.user_id',
  'users.id',
]

/** … and afterwards. */
const pseudonym = ['activity.actor_id', 'activity.user_id', 'erasures.user_id', 'invitations.invited_by', 'users.id']

/** She has had another before the erasure: one engine has overwritten it by then, and the other has not. */
const firstAddress = 'first address'

/** Has grace, an admin by now, go through every door that leaves something of her; answers a part of her picture as it is kept. */
async function plant(world: World): Promise<Buffer> {
  const { id } = cast.grace.user
  const ask = async (as: 'ada' | 'grace', method: string, path: string, json?: unknown, more: object = {}) => {
    const init = { method, as, headers: { ...(as === 'grace' ? headers : {}), ...more } }
    const answer = await world.fetch(path, json === undefined ? init : { ...init, json })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`)
    return (await answer.json()) as { data: { readonly secret: string } }
  }
  const names = { firstName: texts['first name'], lastName: texts['last name'], username: texts.username }
  await ask('ada', 'PATCH', `/api/users/${id}`, { email: texts.address, role: 'admin', ...names })
  const { bio, location, website, attribute } = texts
  const more = { profile: { bio, location, website }, attributes: { note: attribute } }
  const key = { 'idempotency-key': 'about-grace' }
  const batch = { atomic: true, operations: [{ op: 'update', id, body: more }] }
  await ask('ada', 'POST', '/api/users/batch', batch, key)
  await ask('grace', 'PATCH', '/api/users/me', { profile: { bio } })
  await ask('grace', 'PATCH', `/api/users/${cast.linus.user.id}`, { firstName: 'Linus B.' })
  const { data: app } = await ask('grace', 'POST', '/api/users/me/factors/totp', { name: texts['name of the factor'] })
  const code = await codeOf(world, app.secret)
  await ask('grace', 'POST', '/api/users/me/factors/totp/confirm', { code })
  await ask('grace', 'POST', '/api/tokens', { name: texts['name of the API token'], permissions: ['users:read'] })
  await ask('grace', 'POST', '/api/users/me/email', {
    email: texts['wanted address'],
    password: cast.grace.password,
  })
  await ask('grace', 'POST', '/api/invitations', { email: 'new@example.com', role: 'user' }, key)
  await ask('grace', 'POST', `/api/users/${cast.linus.user.id}/impersonation`)
  const acme = await organize(world, 'Acme', [[cast.ada.user.id, 'admin']])
  const invited = { email: texts.address, role: 'user', ...names, organizationId: acme.id }
  const { username: _, ...invitation } = invited
  await ask('ada', 'POST', '/api/invitations', invitation)
  await organize(world, 'Guild', [[id, 'member']])
  for (const path of ['/api/auth/forgot-password', '/api/auth/resend-verification'])
    await world.fetch(path, { method: 'POST', headers, json: { email: texts.address } })
  for (const password of ['Wrong-Password-1', cast.grace.password])
    await world.fetch('/api/auth/login', { method: 'POST', headers, json: { email: texts.address, password } })
  const noise = Buffer.from(Array.from({ length: 96 * 96 * 3 }, (_, at) => (at * 7919 * ((at % 251) + 3)) % 256))
  const image = await sharp(noise, { raw: { width: 96, height: 96, channels: 3 } })
    .png()
    .toBuffer()
  assert.equal((await upload(world, image, { headers })).status, 200)
  const hash = (await world.core.directory.avatars.hashOf(id)) ?? ''
  const large = await world.core.directory.avatars.picture(id, hash, 'large')
  return Buffer.from(large ?? []).subarray(700, 764)
}

/** Enough people for rows of the erased and of others to lie on the same pages, with something of each that is nobody else's. */
async function crowd({ core }: World): Promise<[UserId, string][]> {
  const people = Array.from({ length: 60 }, (_, at) => {
    const mark = `mark-${(at * 2654435761) % 2 ** 32}-${at + 100}`
    const profile = { bio: `${mark} ${'x'.repeat((at * 37) % 400)}` }
    const email = `${mark}@example.com`
    const user = person({ place: 1_000 + at, email, firstName: mark, particulars: { profile } })
    return { user, passwordHash: null }
  })
  const added = await core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  assert.ok(added.ok)
  return people.map(({ user }) => [user.id, user.firstName ?? ''])
}

for (const engine of engines) {
  test(`${engine}: once an erasure is finished, no file has a byte of the person, nor has a backup made then`, async () => {
    await using world = await openWorld({
      engine,
      settings: { TRUST_PROXY: '127.0.0.1', DEVELOPMENT_ON_NETWORK: 'yes' },
    })
    const finish = openFinisher(world.directory)
    const wanted = { ...canaries, picture: await plant(world) }
    const others = (await crowd(world)).filter((_, at) => at % 3 === 0)
    const marks = Object.fromEntries(others.map(([id, mark]) => [id, Buffer.from(mark)]))
    await gatherStatistics(world)
    const lies = await whatLies(world, { ...wanted, ...marks })
    const before = new Set(lies.map((line) => line.split(' in ')[0]))
    const isSampled = lies.some((line) => line.startsWith('last name in pg_statistic'))
    assert.equal(isSampled, engine === 'postgres', 'the planner keeps values of rows')

    const { id } = cast.grace.user
    const inSearch = engine === 'sqlite' ? [] : ['search_texts.user_id']
    assert.deepEqual(
      await columnsNaming(world, id),
      [...named, ...inSearch].sort(),
      'every table that can has a row of hers',
    )

    const erased = await world.fetch(`/api/users/${id}/erase`, { method: 'POST', as: 'ada' })
    await eraseAgain(
      world.core,
      others.map(([id]) => id),
    )
    assert.equal(await finish(world.core.clock()), true)

    assert.equal(erased.status, 200)
    assert.deepEqual(await columnsNaming(world, id), pseudonym)
    const expected = engine === 'sqlite' ? Object.keys(wanted) : [...inClearOnBoth]
    for (const name of [...expected, ...Object.keys(marks)])
      assert.ok(before.has(name) || name === firstAddress, `${name} was there to be found`)
    assert.deepEqual(await whatLies(world, { ...wanted, ...marks }), [])
    assert.deepEqual(
      world.logged.filter((line) => Object.values(texts).some((text) => line.includes(text))),
      [],
    )
    const log = await world.fetch('/api/activity?limit=100', { as: 'ada' })
    const record = await log.text()
    assert.ok(record.includes(cast.grace.user.id), 'what she did is told by her id')
    for (const [name, text] of Object.entries(texts))
      assert.ok(!record.includes(text), `${name} in the log of activity`)
  })

  test(`${engine}: mail to whom they invited does not name them, even if the record of it was forgotten before`, async () => {
    await using world = await openWorld({ engine })
    const { id } = cast.grace.user
    const names = { firstName: texts['first name'], role: 'admin' }
    await world.fetch(`/api/users/${id}`, { method: 'PATCH', as: 'ada', json: names })
    await world.fetch('/api/invitations', { method: 'POST', as: 'grace', json: { email: 'new@example.com' } })
    const inviters = async () => {
      const { mails } = await world.core.directory.mail.page({ state: null, offset: 0, limit: 10 })
      return mails.flatMap(({ message }) => ('invitedBy' in message ? [message.invitedBy] : []))
    }
    assert.match((await inviters()).join(), new RegExp(texts['first name']))
    world.tick(2 * 24 * 3600 * 1000)
    await world.core.commit('forget-activity', { keptMs: 24 * 3600 * 1000 })

    await eraseAgain(world.core, [id])
    const isFinished = await openFinisher(world.directory, { stop: AbortSignal.abort() })(world.core.clock())

    assert.deepEqual(await inviters(), [null])
    assert.equal(isFinished, false, 'a server that is told to stop leaves files for the next time')
    assert.equal((await world.core.directory.erasures.ofUser(id))?.finishedAtMs, null)
  })
}
