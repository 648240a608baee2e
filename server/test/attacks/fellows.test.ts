import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Organization } from '../../src/core/organizations/organization.ts'
import type { Role } from '../../src/core/permissions.ts'
import type { UserId } from '../../src/core/users/user.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { type CastName, cast } from '../cast.ts'
import { impersonationOf } from '../nodes.ts'
import { at, organize, settle } from '../organized.ts'
import { mailedToken } from '../outbox.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { everythingSaid, logIn, pairOf, refresh, withToken } from './doors.ts'
import { everythingStored } from './stored.ts'

const [grace, linus] = [cast.grace.user.id, cast.linus.user.id]
const users = '/racknap/api/users'

/** Somebody as this contract knows them. */
interface Known {
  readonly id: UserId
  readonly number: number
  readonly name: string
}

/**
 * Grace, a user of the directory, administers acme, where own is a member, and member of it, too, are a second admin, an admin of the directory and
 * somebody who belongs to globex besides. Linus administers globex. Nobody belongs with the loner.
 */
async function populate(world: World) {
  let place = 30
  const add = async (name: string, role: Role = 'user'): Promise<Known> => {
    place += 1
    const facts = { place, username: name, email: `${name}@example.com`, firstName: name, lastName: 'Fellow', role }
    const id = await settle(world, facts)
    return { id, number: (await world.core.directory.users.byId(id))?.number ?? 0, name }
  }
  const own = await add('own')
  const second = await add('second')
  const director = await add('director', 'admin')
  const both = await add('both')
  const foreign = await add('foreign', 'viewer')
  const loner = await add('loner')
  const acme = await organize(world, 'acme', [
    [grace, 'admin'],
    [own.id, 'member'],
    [second.id, 'admin'],
    [director.id, 'member'],
    [both.id, 'member'],
  ])
  const globex = await organize(world, 'globex', [
    [linus, 'admin'],
    [foreign.id, 'member'],
    [both.id, 'member'],
  ])
  return { acme, globex, own, second, director, both, foreign, loner }
}

/** Everything that can be asked about somebody, with what is sent along. */
const questions: readonly (readonly [method: string, below: string, json?: object])[] = [
  ['GET', ''],
  ['PATCH', '', { firstName: 'Mine' }],
  ['PATCH', '', { status: 'inactive', id: 2 }],
  ['DELETE', ''],
  ['PUT', '/password', { newPassword: 'temporary_password' }],
  ['PUT', '/password', { newPassword: 'foreign-Fellow' }],
  ['PUT', '/password', { newPassword: 'short' }],
  ['POST', '/verification'],
  ['POST', '/invitation'],
  ['GET', '/accessible-organizations'],
  ['GET', '/profile/image'],
]

function placeOf(id: string | number, below: string): string {
  return below === '/profile/image' ? `/racknap/users/${id}/profile/image` : `${users}/${id}${below}`
}

const filters = [
  'id ge 0',
  'not (id lt 0)',
  'id eq 1 or id ge 1',
  "startswith(email,'f')",
  "contains(lastName,'ello')",
  "email eq 'FOREIGN@example.com'",
  "username in ('foreign','loner','own')",
  "not contains(firstName,'o')",
  'username eq null',
  "status eq 'active'",
  "tolower(firstName) eq 'ada' or tolower(firstName) eq 'grace'",
  'createdAt ge 2000-01-01T00:00:00Z',
  '(id eq null) eq false',
  "firstName gt 'a'",
]

interface Listed {
  readonly value: readonly { readonly id: number; readonly lastName?: string }[]
  readonly count: number
}

async function list(world: World, as: CastName, options: Record<string, string>): Promise<Listed> {
  const answer = await world.fetch(`${users}?${new URLSearchParams({ $top: '1000', ...options })}`, { as })
  assert.equal(answer.status, 200, JSON.stringify(options))
  return (await answer.json()) as Listed
}

for (const engine of engines) {
  test(`${engine}: whoever shares no organization with an admin of one is nobody to them, by every verb, number and name`, async () => {
    await using world = await openWorld({ engine })
    const { foreign, loner } = await populate(world)
    const before = await everythingStored(world)
    const others = [foreign.number, loner.number, 1, 3]
    const names = ['foreign', 'LONER', 'loner@example.com', 'ada@example.com']

    for (const as of ['grace', 'linus'] as const) {
      for (const [method, below, json] of questions) {
        const ask = async (id: string | number) =>
          everythingSaid(await world.fetch(placeOf(id, below), { method, as, ...(json && { json }) }))
        const strange = others.filter((id) => as === 'grace' || (id !== foreign.number && id !== 3))
        const of = async (ids: readonly (string | number)[]) => new Set(await Promise.all(ids.map(ask)))
        const ofNobody = await of([999_999])
        assert.deepEqual(await of(strange), ofNobody, `${as} ${method} ${below}`)
        if (as === 'grace') assert.deepEqual(await of(names), await of(['nobody']), `${method} ${below}`)
        assert.match([...ofNobody].join(), /^40[04]\n/)
      }
    }

    assert.deepEqual(await everythingStored(world), before)
  })

  test(`${engine}: no filter, order, page or count of a list tells of anybody outside`, async () => {
    await using world = await openWorld({ engine })
    const { own, second, director, both, loner } = await populate(world)
    const inside = [2, own.number, second.number, director.number, both.number].sort((one, other) => one - other)
    const idsIn = ({ value }: Listed) => value.map(({ id }) => id)

    for (const $filter of filters) {
      const [all, seen] = [await list(world, 'ada', { $filter }), await list(world, 'grace', { $filter })]
      const expected = idsIn(all).filter((id) => inside.includes(id))
      assert.deepEqual([idsIn(seen), seen.count], [expected, expected.length], $filter)
    }
    for (const $orderby of ['email', 'username desc', 'createdAt,id desc', 'lastName desc,firstName']) {
      const [all, seen] = [await list(world, 'ada', { $orderby }), await list(world, 'grace', { $orderby })]
      assert.deepEqual(
        idsIn(seen),
        idsIn(all).filter((id) => inside.includes(id)),
        $orderby,
      )
    }
    for (let skip = 0; skip <= inside.length; skip += 1) {
      const page = await list(world, 'grace', { $skip: String(skip), $top: '1' })
      assert.deepEqual([idsIn(page), page.count], [inside.slice(skip, skip + 1), inside.length])
    }
    const alone = await list(world, 'linus', { $filter: `id eq ${loner.number} or contains(firstName,'Linus')` })
    assert.deepEqual([idsIn(alone), alone.count], [[3], 1])
    for (const hidden of [
      'role',
      'passwordHash',
      'emailVerified',
      'lastLoginAt',
      'number',
      'organization',
      '__proto__',
    ])
      for (const option of ['$filter', '$orderby', '$select']) {
        const query = new URLSearchParams({ [option]: option === '$filter' ? `${hidden} eq null` : hidden })
        assert.equal((await world.fetch(`${users}?${query}`, { as: 'ada' })).status, 400, `${option} ${hidden}`)
      }
  })

  test(`${engine}: an organization's admin changes its users and viewers, and nobody else whom they see`, async () => {
    await using world = await openWorld({ engine })
    const { acme, globex, own, second, director, both } = await populate(world)
    const change = (id: number, as: CastName = 'grace') => ask(world, as, 'PATCH', `/${id}`, { firstName: 'Changed' })
    const before = await everythingStored(world)

    for (const { number } of [second, director, both, { number: 2 }]) {
      for (const [method, below, json] of questions.filter(([method]) => /PATCH|PUT|DELETE/.test(method)))
        assert.equal(await ask(world, 'grace', method, `/${number}${below}`, json), 403, `${method} ${number}${below}`)
    }
    for (const organizationId of [globex.number, 999, 0, -1, Number.MAX_SAFE_INTEGER, 1e300])
      assert.equal(
        await ask(world, 'grace', 'POST', '', { ...person, email: 'x@example.com', organizationId }),
        404,
        `${organizationId}`,
      )
    assert.deepEqual(await everythingStored(world), before)

    assert.equal(await change(own.number), 200)
    assert.equal(
      await ask(world, 'grace', 'PUT', `/${own.number}/password`, { newPassword: 'temporary_password' }),
      200,
    )
    await enter(world, globex, own.id)
    assert.equal(await change(own.number), 403, 'once they belong elsewhere, too')
    await leave(world, globex, own.id)
    assert.equal(await change(own.number), 200)
    await enter(world, acme, own.id, 'admin')
    assert.equal(await change(own.number), 403, 'once they administer it')
    await enter(world, acme, own.id, 'member')
    await enter(world, acme, grace, 'member')
    assert.equal(await change(own.number), 403, 'once the caller does not any more')
    await leave(world, acme, grace)
    assert.equal(await change(own.number), 403)
    assert.equal(await ask(world, 'grace', 'GET', `/${own.number}`), 404, 'nor knows of them')
    assert.equal((await list(world, 'grace', {})).count, 1)
  })

  test(`${engine}: whoever is taken from an admin's hands while they act stays as they are from then on`, async () => {
    await using world = await openWorld({ engine })
    const { globex, own } = await populate(world)
    const acts = Array.from({ length: 12 }, async (_, n) => {
      const status = await ask(world, 'grace', 'PATCH', `/${own.number}`, { lastName: `Number ${n}` })
      return { status, n }
    })

    await enter(world, globex, own.id)
    const after = (await world.core.directory.users.byId(own.id))?.lastName
    const done = await Promise.all(acts)

    assert.deepEqual(
      done.filter(({ status }) => status !== 200 && status !== 403),
      [],
    )
    const last = (await world.core.directory.users.byId(own.id))?.lastName
    assert.ok(last === after || done.some(({ status, n }) => status === 200 && last === `Number ${n}`))
    assert.equal(await ask(world, 'grace', 'PATCH', `/${own.number}`, { lastName: 'Late' }), 403)
    assert.equal((await world.core.directory.users.byId(own.id))?.lastName, last)
  })

  test(`${engine}: whoever an admin made is free of them once their address is proved in another way`, async () => {
    await using world = await openWorld({ engine })
    await organize(world, 'acme', [[grace, 'admin']])
    const resetBy = async (email: string) => {
      await world.fetch('/api/auth/forgot-password', { method: 'POST', json: { email } })
      const json = { token: await mailedToken(world, email, 'reset_password'), password: 'Umbrella-Stand-1888!' }
      assert.equal((await world.fetch('/api/auth/reset-password', { method: 'POST', json })).status, 200)
      const user = await world.core.directory.users.byClaim('email', email)
      const memberships = await world.core.directory.members.ofUser(user?.id as UserId)
      return [user?.status, ...memberships.map(({ organization }) => organization.name)]
    }
    const [taken, soon, late] = ['taken@example.com', 'soon@example.com', 'late@example.com']
    const id = await make(world, taken)
    for (const email of [soon, late]) await make(world, email)

    assert.equal(await ask(world, 'grace', 'PATCH', `/${id}`, { status: 'active' }), 200)
    const pair = await pairOf(await logIn(world, { email: taken, password: temporary }))
    const lent = { name: 'for later', permissions: ['users:read'] }
    const made = await world.fetch('/api/tokens', { method: 'POST', json: lent, ...withToken(pair.accessToken) })
    const { data } = (await made.json()) as { data: { token: string } }
    await resetBy(taken)
    for (const held of [pair.accessToken, data.token])
      assert.equal((await world.fetch('/api/users/me', withToken(held))).status, 401)
    assert.equal((await refresh(world, pair.refreshToken)).status, 401)
    assert.equal((await logIn(world, { email: taken, password: temporary })).status, 401)

    assert.deepEqual(await resetBy(soon), ['active', 'acme'])
    world.tick(8 * 24 * 3_600_000)
    assert.deepEqual(await resetBy(late), ['active'], 'an invitation that has expired lets nobody in')
  })

  test(`${engine}: an organization's admin has nobody written to over and over`, async () => {
    await using world = await openWorld({ engine })
    const acme = await organize(world, 'acme', [[grace, 'admin']])
    const email = 'newuser@example.com'
    const statuses: number[] = []
    const id = await make(world, email)
    for (const kind of ['invitation', 'verification'])
      for (const as of ['grace', 'grace', 'ada'] as const) statuses.push(await ask(world, as, 'POST', `/${id}/${kind}`))
    assert.deepEqual(statuses, [200, 429, 200, 200, 429, 200], 'an AppAdmin is not bounded')
    const link = await mailedToken(world, email, 'invitation')

    assert.equal(await ask(world, 'grace', 'POST', `/${id}/invitation`), 429)
    const answer = await world.fetch('/api/auth/accept-invitation', { method: 'POST', json: { token: link } })
    assert.equal(answer.status, 200, 'what is refused voids no link')
    assert.equal(await ask(world, 'grace', 'DELETE', `/${id}`), 200)
    const before = await everythingStored(world)
    assert.equal(await ask(world, 'grace', 'POST', '', { ...person, email }), 429)
    const json = { email, organizationId: acme.id }
    assert.equal((await world.fetch('/api/invitations', { method: 'POST', as: 'grace', json })).status, 429)
    assert.deepEqual(await everythingStored(world), before)
    world.tick(60_000)
    assert.equal(await ask(world, 'grace', 'POST', '', { ...person, email }), 201)
  })
}

test('what an admin of an organization lends or whoever acts in their stead does no more than that', async () => {
  await using world = await openWorld()
  const { own, foreign } = await populate(world)
  const asked = async (token: string, method: string, path: string, json?: object) =>
    (await world.fetch(`${users}${path}`, { method, ...withToken(token), ...(json && { json }) })).status
  const name = { firstName: 'Changed' }
  const password = { newPassword: 'temporary_password' }

  const reader = (await apiTokenOf(world, 'grace', ['users:read'])).token
  const writer = (await apiTokenOf(world, 'grace', ['users:read', 'users:update'])).token
  const nothing = (await apiTokenOf(world, 'grace', [])).token
  assert.deepEqual(
    [
      await asked(reader, 'GET', `/${own.number}`),
      await asked(reader, 'GET', `/${foreign.number}`),
      await asked(reader, 'PATCH', `/${own.number}`, name),
      await asked(writer, 'PATCH', `/${own.number}`, name),
      await asked(writer, 'PATCH', `/${foreign.number}`, name),
      await asked(writer, 'DELETE', `/${own.number}`),
      await asked(writer, 'PUT', `/${own.number}/password`, password),
      await asked(nothing, 'GET', `/${own.number}`),
      await asked(nothing, 'GET', ''),
      await asked(nothing, 'POST', `/${own.number}/verification`),
      await asked(reader, 'POST', `/${own.number}/invitation`),
    ],
    [200, 404, 403, 200, 404, 403, 403, 403, 403, 403, 403],
  )
  const lister = (await apiTokenOf(world, 'ada', ['users:read'])).token
  assert.equal(await asked(lister, 'GET', '/1'), 200)
  assert.equal(await asked(lister, 'GET', '/2'), 404, 'an AppAdmin lends no more than they say')

  const played = await impersonationOf(world, await world.token('ada'), grace)
  assert.equal(await asked(played, 'PATCH', `/${own.number}`, name), 200)
  assert.equal(await asked(played, 'PATCH', `/${foreign.number}`, name), 404)
  assert.equal(await asked(played, 'PUT', `/${own.number}/password`, password), 403)
})

test('who is meant is said by the path alone, and house routes stay as closed to fellows as to anybody', async () => {
  await using world = await openWorld()
  const { own, foreign, acme } = await populate(world)
  const before = await everythingStored(world)

  for (const json of [{ firstName: 'x', id: foreign.number }, { firstName: 'x', userId: foreign.id }, { id: 2 }])
    assert.equal(await ask(world, 'grace', 'PATCH', `/${own.number}`, json), 400, JSON.stringify(json))
  for (const odd of [
    `0${own.number}`,
    `${own.number}.0`,
    `+${own.number}`,
    `${own.number}e0`,
    own.id,
    'own',
    `%20${own.number}`,
  ])
    assert.equal(await ask(world, 'grace', 'PATCH', `/${odd}`, { firstName: 'x' }), 404, odd)
  for (const path of [
    `/${own.id}`,
    '',
    `/${own.id}/activity`,
    `/${own.id}/sessions`,
    `/${own.id}/factors`,
    '?search=own',
  ])
    assert.equal((await world.fetch(`/api/users${path}`, { as: 'grace' })).status, 403, path)
  assert.equal((await world.fetch(`/api/users/${own.id}`, { method: 'DELETE', as: 'grace' })).status, 403)
  assert.equal((await world.fetch('/express-gateway/users/own', { as: 'grace' })).status, 403)

  assert.deepEqual(await everythingStored(world), before)
  assert.equal((await world.fetch(at(acme), { as: 'grace' })).status, 200)
})

const temporary = 'temporary_password'
const person = { password: temporary, firstName: 'New', lastName: 'User' }

/** Grace makes somebody of her organization. */
async function make(world: World, email: string): Promise<number> {
  const answer = await world.fetch(users, { method: 'POST', as: 'grace', json: { ...person, email } })
  assert.equal(answer.status, 201)
  return ((await answer.json()) as { id: number }).id
}

async function ask(world: World, as: CastName, method: string, path: string, json?: object): Promise<number> {
  return (await world.fetch(`${users}${path}`, { method, as, ...(json && { json }) })).status
}

async function enter(world: World, to: Organization, id: UserId, role: 'admin' | 'member' = 'member') {
  const answer = await world.fetch(at(to, id), { method: 'PUT', as: 'ada', json: { role } })
  assert.ok(answer.ok, String(answer.status))
}

async function leave(world: World, from: Organization, id: UserId) {
  assert.ok((await world.fetch(at(from, id), { method: 'DELETE', as: 'ada' })).ok)
}
