import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { everyDoor, isOfFellows, logIn, namesUser, pairOf } from './doors.ts'
import { knock } from './knock.ts'
import { everythingStored } from './stored.ts'

const [ada, grace] = [cast.ada.user.id, cast.grace.user.id]
const elsewhere = (id: string) => ['id', 'user_id', 'userId', 'me', 'as', 'sub'].map((key) => `${key}=${id}`).join('&')
const pointers = (id: string) => ({ 'x-user-id': id, 'x-forwarded-user': id, from: id, 'x-roster-as': id })

test('who is reached is said by the path alone: an id in query, header or body moves nothing', async () => {
  await using world = await openWorld({ settings: { DEVELOPMENT_ON_NETWORK: 'yes' } })

  const me = await world.fetch('/api/users/me', { as: 'grace', headers: pointers(ada) })
  const { data } = (await me.json()) as { data: { id: string; role: string } }
  assert.deepEqual([data.id, data.role], [grace, 'user'])
  for (const path of ['/api/users/me', `/api/users/${grace}`]) {
    assert.equal((await world.fetch(`${path}?${elsewhere(ada)}`, { as: 'grace' })).status, 400, path)
    const before = await everythingStored(world)
    for (const method of ['PUT', 'PATCH']) {
      const json = { id: ada, firstName: 'Changed' }
      assert.equal((await world.fetch(path, { method, as: 'grace', json })).status, 400, `${method} ${path}`)
    }
    assert.deepEqual(await everythingStored(world), before)
    const sent = { token: await world.token('grace'), json: { firstName: 'Amazing' } }
    assert.equal(await put(world, `${path}?${elsewhere(ada)}`, sent, pointers(ada)), 200)
    assert.equal((await world.core.directory.users.byId(ada))?.firstName, 'Ada')
  }
})

test('nobody reaches another by writing their own id anywhere else', async () => {
  await using world = await openWorld({ settings: { DEVELOPMENT_ON_NETWORK: 'yes' } })
  const before = await everythingStored(world)
  const spellings = [ada, ada.toUpperCase(), `${ada}%20`, `%20${ada}`, `${grace}%2F..%2F${ada}`, `${grace},${ada}`]

  for (const door of everyDoor(world).filter(({ route }) => namesUser(route))) {
    const { name, route, at } = door
    for (const spelling of spellings) {
      const answer = await world.fetch(`${at(spelling)}?${elsewhere(grace)}`, {
        method: route.method,
        as: 'grace',
        headers: { ...pointers(grace), 'content-type': 'application/json' },
        ...(route.body ? { body: JSON.stringify({ id: grace, firstName: 'x', status: false }) } : {}),
      })
      assert.equal(answer.status, isOfFellows(door) ? 404 : 403, `${name} ${spelling}`)
    }
  }
  assert.deepEqual(await everythingStored(world), before)
})

test('an admin changes whom the path names, and nobody whom the body names', async () => {
  await using world = await openWorld()
  await settleBystanders(world)
  const { users } = world.core.directory

  const json = { username: 'ines', firstname: 'Changed' }
  assert.equal((await world.fetch('/express-gateway/users/abel', { method: 'PUT', as: 'ada', json })).status, 200)
  const byStatus = { username: 'ines', id: grace, status: false }
  assert.equal(
    (await world.fetch('/express-gateway/users/abel/status', { method: 'PUT', as: 'ada', json: byStatus })).status,
    200,
  )

  const [abel, ines, other] = [
    await users.byClaim('username', 'abel'),
    await users.byClaim('username', 'ines'),
    await users.byId(grace),
  ]
  assert.deepEqual([abel?.firstName, abel?.status, abel?.email], ['Changed', 'inactive', 'abel@example.com'])
  assert.deepEqual([ines?.firstName, other?.status], [null, 'active'])
})

test('one password change is of the caller, whoever the body or the query means', async () => {
  await using world = await openWorld()
  await settleBystanders(world)
  const { accessToken } = await pairOf(await logIn(world, { username: 'abel', password: bystandersPassword }))
  const change = { currentPassword: bystandersPassword, newPassword: 'Another-Secret-1955!' }
  const door = `/api/users/me/password?${elsewhere(ada)}`

  for (const more of [{ id: ada }, { userId: ada }, { email: 'ada@example.com' }, { username: 'ada' }]) {
    const status = await put(world, door, { token: accessToken, json: { ...change, ...more } })
    assert.equal(status, 400, JSON.stringify(more))
  }
  assert.equal(await put(world, door, { token: accessToken, json: change }), 200)

  assert.equal((await logIn(world, { email: 'ada@example.com', password: change.newPassword })).status, 401)
  assert.equal((await logIn(world, { username: 'abel', password: change.newPassword })).status, 200)
})

/** With queries that no description of the API knows. */
async function put(
  { roster }: World,
  path: string,
  { token, json }: { token: string; json: object },
  more: Record<string, string> = {},
): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more }
  return (await knock(roster.port, { method: 'PUT', path, headers, body: JSON.stringify(json) })).status
}
