import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Permission } from '../../src/core/permissions.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { cast } from '../cast.ts'
import { impersonationOf, openNodes } from '../nodes.ts'
import { at, organize, settle } from '../organized.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { everyDoor, everythingSaid, namesUser } from './doors.ts'
import { everythingStored } from './stored.ts'

const ada = cast.ada.user.id
const grace = cast.grace.user.id
const linus = cast.linus.user.id
const unknown = '01900000-0000-7000-8000-0000000000ff'

/** Everything that can be asked of an organization, with what is sent along. */
const questions: readonly (readonly [method: string, below: string, json?: object])[] = [
  ['GET', ''],
  ['PATCH', '', { name: 'Mine' }],
  ['PATCH', '', { slug: 'mine' }],
  ['PATCH', '', { number: 1, name: 7 }],
  ['DELETE', ''],
  ['GET', '/members'],
  ['GET', '/members?limit=1000&role=owner'],
  ['PUT', `/members/${grace}`, { role: 'admin' }],
  ['PUT', `/members/${linus}`, { role: 'member' }],
  ['PUT', `/members/${unknown}`, { role: 'member' }],
  ['PUT', '/members/nobody', { rank: 1 }],
  ['DELETE', `/members/${linus}`],
  ['DELETE', `/members/${unknown}`],
  ['DELETE', `/members/${grace}`],
]

/** Grace administers acme and linus globex, each with one member; somebody belongs to neither. */
async function populate(world: World) {
  const [own, other, outsider] = [
    await settle(world, { place: 21, email: 'own@example.com', firstName: 'Own' }),
    await settle(world, { place: 22, email: 'other@example.com', firstName: 'Other' }),
    await settle(world, { place: 23, email: 'outsider@example.com', firstName: 'Outsider' }),
  ]
  const acme = await organize(world, 'acme', [
    [grace, 'admin'],
    [own, 'member'],
  ])
  const globex = await organize(world, 'globex', [
    [linus, 'admin'],
    [other, 'member'],
  ])
  return { own, other, outsider, acme, globex }
}

for (const engine of engines) {
  test(`${engine}: an organization that is not theirs is to its neighbours' admins as one that does not exist`, async () => {
    await using world = await openWorld({ engine })
    const { globex } = await populate(world)
    const before = await everythingStored(world)

    for (const [method, below, json] of questions) {
      const said = new Set<string>()
      for (const id of [globex.id, globex.id.toUpperCase(), unknown, grace, 'globex', '2', '%F0%9F%99%82']) {
        const more = json === undefined ? {} : { json }
        const answer = await world.fetch(`/api/organizations/${id}${below}`, { method, as: 'grace', ...more })
        assert.equal(answer.status, 403, `${method} ${id}${below}`)
        said.add(await everythingSaid(answer))
      }
      assert.equal(said.size, 1, `${method} ${below}`)
    }

    assert.deepEqual(await everythingStored(world), before)
    const { data } = await shown(await world.fetch('/api/organizations', { as: 'grace' }))
    assert.deepEqual(
      data.map(({ slug }) => slug),
      ['acme'],
    )
  })

  test(`${engine}: an organization's admin sees, changes and removes members, and of nobody else learns that they exist`, async () => {
    await using world = await openWorld({ engine })
    const { own, other, outsider, acme, globex } = await populate(world)
    const before = await everythingStored(world)

    for (const [method, json] of [
      ['PUT', { role: 'member' }],
      ['PUT', { role: 'admin' }],
      ['DELETE', undefined],
    ] as const) {
      const said = new Set<string>()
      for (const whom of [other, outsider, ada, linus, unknown, outsider.toUpperCase()]) {
        const answer = await world.fetch(at(acme, whom), { method, as: 'grace', ...(json ? { json } : {}) })
        assert.equal(answer.status, 404, `${method} ${whom}`)
        said.add(await everythingSaid(answer))
      }
      assert.equal(said.size, 1, method)
    }
    for (const json of [
      { role: 'admin', organizationId: globex.id },
      { role: 'admin', userId: outsider },
      { role: 'admin', id: outsider },
      { role: 'owner' },
      [{ role: 'admin' }],
    ]) {
      assert.equal((await world.fetch(at(acme, own), { method: 'PUT', as: 'grace', json })).status, 400)
    }
    for (const query of [
      `?organizationId=${globex.id}`,
      `?id=${globex.id}`,
      '?search=outsider',
      '?email=other%40example.com',
    ]) {
      assert.equal((await world.fetch(`${at(acme)}/members${query}`, { as: 'grace' })).status, 400, query)
    }
    assert.equal(
      (await world.fetch('/api/organizations', { method: 'POST', as: 'grace', json: { name: 'x' } })).status,
      403,
    )
    assert.deepEqual(await everythingStored(world), before)

    const { data } = await shown(await world.fetch(`${at(acme)}/members`, { as: 'grace' }))
    assert.deepEqual(
      data.map(({ userId }) => userId),
      [grace, own],
    )
    assert.deepEqual(Object.keys(data[1] ?? {}), [
      ...['userId', 'number', 'email', 'firstName', 'lastName', 'status', 'role', 'since'],
    ])
    assert.equal(
      (await world.fetch(at(acme, own), { method: 'PUT', as: 'grace', json: { role: 'admin' } })).status,
      200,
    )
    assert.equal((await world.fetch(at(acme, own), { method: 'DELETE', as: 'grace' })).status, 200)
    assert.equal((await world.fetch(at(acme, own), { method: 'DELETE', as: 'grace' })).status, 404)
  })

  test(`${engine}: at every door of every user a member is to their organization's admin what a stranger is`, async () => {
    await using world = await openWorld({ engine })
    const { own, outsider } = await populate(world)
    const doors = everyDoor(world).filter(({ route }) => namesUser(route) && !route.path.includes('/me'))
    assert.ok(doors.length > 20)

    for (const { name, route, at: path } of doors) {
      const said = new Set<string>()
      for (const id of [own, outsider, unknown]) {
        const answer = await world.fetch(path(id), { method: route.method, as: 'grace' })
        assert.ok(answer.status >= 400, `${name} ${answer.status}`)
        said.add((await everythingSaid(answer)).replaceAll(id, '(id)'))
      }
      assert.equal(said.size, 1, `${name}: ${[...said].join(' | ')}`)
    }
  })

  test(`${engine}: whoever is no admin of an organization any more is refused on the next request, on every node`, async () => {
    await using nodes = await openNodes(engine)
    const [near] = nodes.worlds as [World]
    const { own, acme } = await populate(near)
    const { token: script } = await apiTokenOf(near, 'grace', ['organizations:manage'])
    const played = await impersonationOf(near, await near.token('ada'), grace)
    const bearers = [await near.token('grace'), script, played]
    const everywhere = async (method: string, path: string, status: number, said: string) => {
      for (const world of nodes.worlds)
        for (const bearer of bearers) {
          const answer = await world.fetch(path, { method, headers: { authorization: `Bearer ${bearer}` } })
          assert.equal(answer.status, status, `${said}: ${method} ${path}`)
        }
    }
    const put = (role: string) => near.fetch(at(acme, grace), { method: 'PUT', as: 'ada', json: { role } })
    await near.fetch(at(acme, own), { method: 'PUT', as: 'ada', json: { role: 'admin' } })
    for (const again of [1, 2, 3]) {
      await everywhere('GET', `${at(acme)}/members`, 200, `admin ${again}`)
      assert.equal((await put('member')).status, 200)
      await everywhere('GET', `${at(acme)}/members`, 403, `demoted ${again}`)
      await everywhere('GET', at(acme), 200, `still a member ${again}`)
      assert.equal((await near.fetch(at(acme, grace), { method: 'DELETE', as: 'ada' })).status, 200)
      await everywhere('GET', at(acme), 403, `removed ${again}`)
      assert.equal((await put('admin')).status, 201)
    }
    assert.equal((await near.fetch(at(acme), { method: 'DELETE', as: 'ada' })).status, 200)
    await everywhere('GET', at(acme), 403, 'the organization is gone')
  })
}

test('a token does in an organization what it is for, and only whoever administers one can lend that', async () => {
  await using world = await openWorld()
  const { own, acme, globex } = await populate(world)
  const permit = (as: 'grace' | 'linus', permissions: readonly string[]) =>
    world.fetch('/api/tokens', { method: 'POST', as, json: { name: 'a script', permissions } })
  const call = (token: string, path: string, method = 'GET') =>
    world.fetch(path, { method, headers: { authorization: `Bearer ${token}` } })

  const reads = await apiTokenOf(world, 'grace', ['users:read', 'users:update'] satisfies Permission[])
  for (const path of [at(acme), `${at(acme)}/members`, at(globex)])
    assert.equal((await call(reads.token, path)).status, 403)
  assert.equal((await call(reads.token, '/api/users/me/organizations')).status, 200)
  assert.equal((await call(reads.token, at(acme, own), 'DELETE')).status, 403)
  const manages = await apiTokenOf(world, 'grace', ['organizations:manage'])
  assert.equal((await call(manages.token, `${at(acme)}/members`)).status, 200)
  assert.equal((await call(manages.token, `${at(globex)}/members`)).status, 403)
  assert.equal((await call(manages.token, '/api/users')).status, 403)

  const directorys = await apiTokenOf(world, 'ada', ['organizations:manage'])
  const added = await world.fetch(at(acme, linus), {
    method: 'PUT',
    json: { role: 'member' },
    headers: { authorization: `Bearer ${directorys.token}` },
  })
  assert.equal(added.status, 404, 'whoever may not look for people adds none')

  assert.equal((await permit('grace', ['organizations:manage'])).status, 201)
  assert.equal((await permit('grace', ['users:list'])).status, 400)
  await world.fetch(at(globex, linus), { method: 'DELETE', as: 'ada' })
  await world.fetch(at(globex), { method: 'DELETE', as: 'ada' })
  assert.equal((await permit('linus', ['organizations:manage'])).status, 400)
})

interface Listed {
  readonly data: readonly Readonly<Record<string, unknown>>[]
}

async function shown(answer: Response): Promise<Listed> {
  assert.equal(answer.status, 200)
  return (await answer.json()) as Listed
}
