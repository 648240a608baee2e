import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import sharp from 'sharp'
import { system } from '../src/core/actor.ts'
import { avatarSizes } from '../src/core/avatars/avatar.ts'
import { apiTokenOf } from './api-tokens.ts'
import { cast } from './cast.ts'
import { interlacedPng, rotatedJpeg, smallPng } from './images.ts'
import { openNodes } from './nodes.ts'
import { engines } from './place.ts'
import { look, type Uploaded, upload, uploaded } from './uploads.ts'
import { openWorld, type World } from './world.ts'

const { id } = cast.grace.user
const addressesOf = ({ avatar, thumbnails }: Uploaded) => [avatar, thumbnails.medium, thumbnails.small]

async function statusesOf(worlds: readonly World[], shown: Uploaded): Promise<number[]> {
  const asked = worlds.flatMap((world) => addressesOf(shown).map(async (one) => (await look(world, one)).status))
  return [...new Set(await Promise.all(asked))]
}

async function change(world: World, body: object): Promise<void> {
  assert.equal((await world.fetch('/api/users/me', { method: 'PUT', as: 'grace', json: body })).status, 200)
}

function shownTo(world: World, as: 'grace' | 'ada') {
  return world.fetch(`/api/users/${id}/avatar`, { as }).then((answer) => answer.json())
}

for (const engine of engines) {
  test(`a picture is gone at once, on every node, with what takes its place, with its removal and with its user (${engine})`, async () => {
    await using nodes = await openNodes(engine)
    const { worlds } = nodes
    const [first] = worlds as [World]
    const last = worlds.at(-1) as World

    const one = await uploaded(await upload(first, smallPng))
    assert.deepEqual(await statusesOf(worlds, one), [200])
    const other = await uploaded(await upload(last, await rotatedJpeg()))
    assert.deepEqual([await statusesOf(worlds, one), await statusesOf(worlds, other)], [[404], [200]])

    await change(first, { avatar: 'http://169.254.169.254/latest' })
    assert.deepEqual(await statusesOf(worlds, other), [404])
    assert.deepEqual(await shownTo(last, 'grace'), {
      data: {
        avatar: 'http://169.254.169.254/latest',
        thumbnails: null,
        initials: last.core.avatarLinks.ofInitials(id),
      },
    })

    const again = await uploaded(await upload(last, smallPng))
    assert.deepEqual([again, await statusesOf(worlds, again)], [one, [200]])
    await change(first, { avatar: null })
    assert.deepEqual(await statusesOf(worlds, again), [404])

    const third = await uploaded(await upload(first, await interlacedPng()))
    await change(first, { avatar: third.avatar, firstName: 'Grace' })
    assert.deepEqual(await statusesOf(worlds, third), [200])
    const deletion = { actor: system, id, versions: null, finality: 'restorable' } as const
    await last.core.commit('delete-user', deletion)
    assert.deepEqual(await statusesOf(worlds, third), [404])
    assert.equal((await first.fetch(`/api/users/${id}/restore`, { method: 'POST', as: 'ada' })).status, 200)
    assert.deepEqual(await statusesOf(worlds, third), [200])

    const removed = await first.fetch(`/api/users/${id}/avatar`, { method: 'DELETE', as: 'ada' })
    assert.deepEqual([removed.status, await statusesOf(worlds, third)], [200, [404]])

    assert.equal(await first.core.directory.avatars.hashOf(id), null)
  })

  test(`pictures are kept sealed, and go with a final deletion (${engine})`, async () => {
    await using world = await openWorld({ engine })
    const shown = await uploaded(await upload(world, await rotatedJpeg()))
    const hash = (await world.core.directory.avatars.hashOf(id)) ?? ''
    const served = await Promise.all(
      addressesOf(shown).map(async (one) => Buffer.from(await (await look(world, one)).arrayBuffer())),
    )

    for (const [at, size] of avatarSizes.entries()) {
      const picture = await world.core.directory.avatars.picture(id, hash, size)
      assert.deepEqual(Buffer.from(picture ?? []), served[at])
    }
    if (engine === 'postgres') {
      const client = new pg.Client({ connectionString: world.environment.DATABASE_URL })
      await client.connect()
      const { rows } = await client.query('select large, medium, small from avatars')
      await client.end()
      const kept = Buffer.concat(Object.values(rows[0] as Record<string, Buffer>))
      for (const picture of served) assert.equal(kept.includes(picture.subarray(0, 16)), false)
    }
    await world.core.commit('delete-user', { actor: system, id, versions: null, finality: 'final' })
    assert.equal(await world.core.directory.avatars.hashOf(id), null)
  })
}

test('an address shows a picture and nothing else, to whoever has it, and nobody can make one', async () => {
  await using world = await openWorld()
  const shown = await uploaded(await upload(world, await rotatedJpeg()))
  const other = await uploaded(await upload(world, smallPng, { as: 'ada' }))

  const answer = await look(world, shown.avatar)
  const etag = answer.headers.get('etag') ?? ''
  const { format, width } = await sharp(await answer.arrayBuffer()).metadata()
  assert.deepEqual([answer.status, format, width], [200, 'jpeg', 40])
  const policy = {
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'inline; filename="avatar.jpg"',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'private, max-age=2592000, immutable',
  }
  for (const [name, value] of Object.entries(policy)) assert.equal(answer.headers.get(name), value)
  assert.match(etag, /^"[\w-]{22}"$/)
  assert.equal((await look(world, shown.avatar, { 'if-none-match': etag })).status, 304)
  assert.equal((await look(world, shown.thumbnails.small, { 'if-none-match': etag })).status, 200)

  const [, token = ''] = /\.([0-9a-f]{32})\.jpg$/.exec(shown.avatar) ?? []
  const [, others = ''] = /\.([0-9a-f]{32})\.jpg$/.exec(other.avatar) ?? []
  const near = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`
  const wrong = [near, others, '0'.repeat(32), token.slice(0, 31), token.toUpperCase(), ''].map(
    (guess) => `/avatars/${id}.${guess}.jpg`,
  )
  const strange = [`/avatars/${id}.jpg`, `/avatars/${id}`, `/avatars/${id}.${token}.svg`, `/avatars/${id}.${token}.png`]
  const forms = [`/avatars/${id}.${token}_huge.jpg`, `/avatars/..%2f${id}.${token}.jpg`, '/avatars/', '/avatars/%00']
  for (const path of [...wrong, ...strange, ...forms]) {
    const refused = await fetch(`${world.url}${path}`, { headers: { 'if-none-match': `*, ${etag}` } })
    assert.ok(refused.status === 404 || path.endsWith('%00'), `${path} ${refused.status}`)
    assert.equal(refused.headers.get('cache-control'), 'no-store')
  }
})

test('initials are drawn of letters alone, as the name is by now, and only at the whole of their address', async () => {
  await using world = await openWorld()
  const initials = async () => ((await shownTo(world, 'ada')) as { data: { initials: string } }).data.initials
  const drawn = async (address: string) => (await look(world, address)).text()

  const first = await initials()
  assert.match(await drawn(first), />GH<\/text><\/svg>$/)
  await change(world, { firstName: '<svg onload=alert(1)>', lastName: '"&\'; ﬁ' })
  const second = await initials()
  assert.match(await drawn(second), />SF<\/text><\/svg>$/)
  await change(world, { firstName: '1', lastName: '2' })
  assert.match(await drawn(await initials()), />G<\/text><\/svg>$/)
  await change(world, { firstName: '李', lastName: 'ʼn' })
  assert.match(await drawn(await initials()), />李\p{L}<\/text><\/svg>$/u)
  assert.equal(first, second)
  assert.equal((await look(world, first.replace(/.\.svg$/, '.svg'))).status, 404)
  assert.equal((await look(world, first.replace(id, cast.ada.user.id))).status, 404)
  const answer = await look(world, await initials())
  assert.equal(answer.headers.get('cache-control'), 'private, max-age=300')
  assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox")
  assert.equal(answer.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
})

test('uploads and removals are changes like others: versions, conditions, activity, keys for sending again', async () => {
  await using world = await openWorld()
  const before = (await world.fetch('/api/users/me', { as: 'grace' })).headers.get('etag') ?? ''
  const answer = await upload(world, smallPng, { headers: { 'if-match': before, 'idempotency-key': 'once' } })
  const etag = answer.headers.get('etag') ?? ''
  const shown = await uploaded(answer)
  assert.equal((await world.fetch('/api/users/me', { as: 'grace' })).headers.get('etag'), etag)

  const again = await upload(world, smallPng, { headers: { 'if-match': before, 'idempotency-key': 'once' } })
  const another = await upload(world, await rotatedJpeg(), { headers: { 'idempotency-key': 'once' } })
  const same = await upload(world, smallPng)
  const stale = await upload(world, await rotatedJpeg(), { headers: { 'if-match': before } })
  assert.deepEqual([again.status, another.status, same.status, stale.status], [200, 422, 200, 412])
  assert.deepEqual(await uploaded(again), shown)
  assert.equal(same.headers.get('etag'), etag)

  const late = await world.fetch('/api/users/me/avatar', {
    method: 'DELETE',
    as: 'grace',
    headers: { 'if-match': before },
  })
  const removed = await world.fetch('/api/users/me/avatar', {
    method: 'DELETE',
    as: 'grace',
    headers: { 'if-match': etag },
  })
  assert.deepEqual([late.status, removed.status], [412, 200])
  const recorded = await world.fetch('/api/users/me/activity?type=avatar_changed', { as: 'grace' })
  assert.equal(((await recorded.json()) as { meta: { total: number } }).meta.total, 2)
})

test('people change their own picture, admins take away any, and who only looks does neither', async () => {
  await using world = await openWorld()
  const { token } = await apiTokenOf(world, 'grace', ['users:read'])
  const remove = (path: string, as: 'ada' | 'grace' | 'linus') => world.fetch(path, { method: 'DELETE', as })

  assert.equal((await upload(world, smallPng, { as: 'linus' })).status, 403)
  const byToken = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' }
  assert.equal((await world.fetch('/api/users/me/avatar', { method: 'POST', headers: byToken })).status, 403)
  assert.equal((await upload(world, smallPng)).status, 200)
  assert.equal((await remove(`/api/users/${id}/avatar`, 'linus')).status, 403)
  assert.equal((await remove('/api/users/me/avatar', 'linus')).status, 403)
  assert.equal((await world.fetch(`/api/users/${id}/avatar`, { as: 'linus' })).status, 403)
  assert.equal((await remove(`/api/users/${cast.ada.user.id}/avatar`, 'grace')).status, 403)
  assert.equal((await remove(`/api/users/${id}/avatar`, 'ada')).status, 200)
  assert.equal((await remove(`/api/users/${id}/avatar`, 'grace')).status, 404)
})

test('three pictures a minute are taken of a caller', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on' } })
  const statuses: number[] = []
  for (let n = 0; n < 4; n += 1) statuses.push((await upload(world, smallPng)).status)
  assert.deepEqual(statuses, [200, 200, 200, 429])
  assert.equal((await upload(world, smallPng, { as: 'ada' })).status, 200)
})
