import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { engines } from '../place.ts'
import { openWorld } from '../world.ts'
import { everyDoor, everythingSaid, namesUser } from './doors.ts'
import { everythingStored } from './stored.ts'

const ada = cast.ada.user.id
const nobody = '01900000-0000-7000-8000-0000000fffff'

test("another's tag, a guessed one and any at all are told the same no as none, at every door", async () => {
  await using world = await openWorld()
  const etag = (await world.fetch(`/api/users/${ada}`, { as: 'ada' })).headers.get('etag') ?? ''
  const conditions: Record<string, string>[] = [
    {},
    ...[etag, `W/${etag}`, '*', '"1"', `"2", ${etag}`, 'junk'].flatMap((tag) => [
      { 'if-none-match': tag },
      { 'if-match': tag },
    ]),
    { 'if-modified-since': 'Mon, 05 Jan 2099 09:00:00 GMT' },
    { 'if-unmodified-since': 'Mon, 05 Jan 1999 09:00:00 GMT' },
    { range: 'bytes=0-0', 'if-range': etag },
  ]
  const before = await everythingStored(world)

  for (const as of ['grace', 'linus'] as const) {
    for (const { name, contract, route, at } of everyDoor(world).filter(({ route }) => namesUser(route))) {
      const told = new Set<string>()
      // Both are told no by one rule: all that grace tries, and for linus every third.
      for (const headers of conditions.filter((_, n) => as === 'grace' || n % 3 === 0)) {
        for (const id of [ada, nobody]) {
          told.add(await everythingSaid(await world.fetch(at(id), { method: route.method, as, headers })))
        }
      }
      assert.equal(told.size, 1, `${as} ${name}\n${[...told].join('\n\n')}`)
      // There whoever is not to be seen is not found.
      assert.match([...told][0] ?? '', contract === 'racknap' ? /^40[34]\n/ : /^403\n/)
    }
  }
  assert.deepEqual(await everythingStored(world), before)
})

test('a stranger with a true tag is a stranger', async () => {
  await using world = await openWorld()
  const etag = (await world.fetch(`/api/users/${ada}`, { as: 'ada' })).headers.get('etag') ?? ''

  for (const headers of [{ 'if-none-match': etag }, { 'if-none-match': '*' }, { 'if-match': etag }]) {
    for (const path of [`/api/users/${ada}`, '/api/users/me']) {
      assert.equal((await world.fetch(path, { headers: headers as Record<string, string> })).status, 401)
    }
  }
})

for (const engine of engines) {
  test(`${engine}: of many who found their change on one version, one is served`, async () => {
    await using world = await openWorld({ engine })
    const grace = `/api/users/${cast.grace.user.id}`
    const shown = await world.fetch(grace, { as: 'ada' })
    const headers = { 'if-match': shown.headers.get('etag') ?? '' }

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        world.fetch(grace, { method: 'PUT', as: n % 2 ? 'ada' : 'grace', headers, json: { firstName: `Name ${n}` } }),
      ),
    )

    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(11).fill(412)])
    assert.equal((await world.fetch(grace, { method: 'DELETE', as: 'ada', headers })).status, 412)
    assert.equal((await world.core.directory.users.byId(cast.grace.user.id))?.version, 2)
  })
}

test('a tag tells apart what different callers, doors and selections are shown', async () => {
  await using world = await openWorld()
  const id = cast.grace.user.id
  const tags = []

  for (const path of [
    `/api/users/${id}`,
    '/api/users/me',
    `/api/users/${id}?fields=id`,
    `/api/users/${id}?fields=email`,
  ]) {
    const shown = await world.fetch(path, { as: 'grace' })
    const etag = shown.headers.get('etag') ?? ''
    assert.match(etag, /^"1-[\w-]{22}"$/)
    tags.push(etag)
  }

  assert.equal(new Set(tags).size, 4)
  const crossed = await world.fetch('/api/users/me', { as: 'grace', headers: { 'if-none-match': tags[0] ?? '' } })
  assert.equal(crossed.status, 200)
})
