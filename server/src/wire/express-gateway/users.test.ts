import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../test/cast.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { system } from '../../core/actor.ts'

const users = '/express-gateway/users'

for (const engine of engines) {
  test(`every user is shown exactly once on a walk along nextKey (${engine})`, { timeout: 120_000 }, async () => {
    await using world = await openWorld({ engine })
    const everybody = ['ada@example.com', 'grace@example.com', 'linus@example.com']

    for (const total of [3, 49, 50, 51, 100, 101, 250]) {
      everybody.push(...(await addPeople(world, everybody.length, total)))
      const counts = total < 100 ? [null, 1, 40, 1000] : [null, 3, 40, 1000]
      for (const count of counts) assert.deepEqual(await walk(world, count), everybody, `${total} by ${count}`)
    }
  })

  test(`only a change moves updatedAt (${engine})`, { timeout: 30_000 }, async () => {
    await using world = await openWorld({ engine })
    const asked = `${users}/grace@example.com`
    const created = 'Mon Jan 05 2026 09:00:00 GMT+0000 (Coordinated Universal Time)'
    world.tick(3_600_000)

    for (const json of [
      {},
      { username: 'x' },
      { firstname: 'Grace' },
      { email: 'grace@example.com', redirectUri: '' },
    ]) {
      const unchanged = await world.fetch(asked, { method: 'PUT', as: 'ada', json })
      assert.equal(((await unchanged.json()) as Shown).updatedAt, created, JSON.stringify(json))
    }
    const same = await world.fetch(`${asked}/status`, { method: 'PUT', as: 'ada', json: { status: true } })
    assert.deepEqual(await same.json(), { status: 'Active' })
    assert.equal((await shown(world, 'grace@example.com')).updatedAt, created)

    await world.fetch(asked, { method: 'PUT', as: 'ada', json: { firstname: 'G' } })

    const { createdAt, updatedAt } = await shown(world, 'grace@example.com')
    assert.equal(createdAt, created)
    assert.equal(updatedAt, 'Mon Jan 05 2026 10:00:00 GMT+0000 (Coordinated Universal Time)')
  })

  test(`whoever is deactivated or deleted here is refused with the token they hold (${engine})`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const isServed = async (name: 'grace' | 'linus') => (await world.fetch('/api/users/me', { as: name })).status
    assert.deepEqual([await isServed('grace'), await isServed('linus')], [200, 200])

    await world.fetch(`${users}/grace@example.com/status`, { method: 'PUT', as: 'ada', json: { status: false } })
    await world.fetch(`${users}/linus@example.com`, { method: 'DELETE', as: 'ada' })

    assert.deepEqual([await isServed('grace'), await isServed('linus')], [403, 401])
    await world.fetch(`${users}/grace@example.com/status`, { method: 'PUT', as: 'ada', json: { status: true } })
    assert.equal(await isServed('grace'), 401)
  })

  test(`of many who ask for one username at once, one gets it (${engine})`, { timeout: 30_000 }, async () => {
    await using world = await openWorld({ engine })
    const spellings = ['steve', 'Steve', 'STEVE', 'sTeVe', 'steve', 'steve', 'stevE', 'steve']

    const answers = await Promise.all(
      spellings.map((username) =>
        world.fetch(users, { method: 'POST', as: 'ada', json: { username, firstname: 'S', lastname: 'B' } }),
      ),
    )

    const statuses = answers.map(({ status }) => status).sort()
    assert.deepEqual(statuses, [200, ...new Array<number>(7).fill(409)])
  })
}

test('a mount of another name is the same contract', { timeout: 30_000 }, async () => {
  await using world = await openWorld({ settings: { MOUNTS: 'express-gateway=/admin/eg' } })

  const moved = await world.fetch('/admin/eg/users/ada@example.com', { as: 'ada' })
  const gone = await world.fetch(`${users}/ada@example.com`, { as: 'ada' })

  assert.equal(((await moved.json()) as Shown).username, 'ada@example.com')
  assert.equal(gone.status, 404)
})

interface Shown {
  readonly username: string
  readonly createdAt: string
  readonly updatedAt: string
}

async function shown(world: World, name: string): Promise<Shown> {
  return (await (await world.fetch(`${users}/${name}`, { as: 'ada' })).json()) as Shown
}

async function addPeople(world: World, from: number, to: number): Promise<string[]> {
  const people = Array.from({ length: to - from }, (_, index) => {
    const place = from + index + 1
    return { user: person({ place, email: null, username: `person-${place}` }), passwordHash: null }
  })
  const added = await world.core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  assert.ok(added.ok)
  return people.map(({ user }) => String(user.username))
}

/** As the product's client does it. */
async function walk(world: World, count: number | null): Promise<string[]> {
  const names: string[] = []
  let nextKey = -1
  while (nextKey !== 0) {
    const query = new URLSearchParams(nextKey > 0 ? { start: String(nextKey) } : { all: 'true' })
    if (count !== null) query.set('count', String(count))
    const answer = await world.fetch(`${users}/?${query}`, { as: 'ada' })
    const page = (await answer.json()) as { users: Shown[]; nextKey: number }
    assert.ok(page.nextKey === 0 || page.nextKey > nextKey)
    names.push(...page.users.map(({ username }) => username))
    nextKey = page.nextKey
  }
  return names
}
