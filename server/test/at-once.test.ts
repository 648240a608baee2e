import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newestFirst, nobodyLeftOut } from '../src/core/users/list-users.ts'
import { cast } from './cast.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const clients = 50

/** What `clients` callers are told who ask at the same moment: how many times each status. */
async function atOnce(ask: (n: number) => Promise<Response>): Promise<Record<number, number>> {
  const told: Record<number, number> = {}
  const answers = await Promise.all(Array.from({ length: clients }, (_, n) => ask(n)))
  for (const { status } of answers) told[status] = (told[status] ?? 0) + 1
  return told
}

async function totalOf(world: World): Promise<number> {
  const listed = (await (await world.fetch('/api/users', { as: 'ada' })).json()) as { meta: { total: number } }
  return listed.meta.total
}

for (const engine of engines) {
  test(`${engine}: of fifty clients who claim one e-mail or username at once, through either contract, one gets it`, async () => {
    await using world = await openWorld({ engine })
    await world.token('ada')

    const told = await atOnce((n) =>
      n % 2 === 0
        ? world.fetch('/express-gateway/users', {
            method: 'POST',
            as: 'ada',
            json: { username: `user${n}`, firstname: 'A', lastname: 'B', email: 'wanted@example.com' },
          })
        : world.fetch('/api/users', {
            method: 'POST',
            as: 'ada',
            json: { email: 'WANTED@example.com', password: 'SecurePassword123!', firstName: 'A', lastName: 'B' },
          }),
    )

    assert.equal(told[409], clients - 1)
    assert.equal((told[200] ?? 0) + (told[201] ?? 0), 1)
    assert.equal(await totalOf(world), 4)
    const created = await atOnce((n) =>
      world.fetch('/api/users', {
        method: 'POST',
        as: 'ada',
        json: {
          email: `h${n}@example.com`,
          username: 'one',
          password: 'SecurePassword123!',
          firstName: 'A',
          lastName: 'B',
        },
      }),
    )
    assert.deepEqual(created, { 201: 1, 409: clients - 1 })
    assert.equal(await totalOf(world), 5)
  })

  test(`${engine}: of two lists of the same people, one from the end, that are invited at once each comes to a whole, and everybody is invited once`, async () => {
    await using world = await openWorld({ engine })
    const names = Array.from({ length: 120 }, (_, n) => `p${n}`)
    const spelled = (name: string, n: number) => ({ email: `${n % 2 ? name : name.toUpperCase()}@example.com` })
    const lists = [names, names.toReversed()].map((list) => [...list, ...list.slice(0, 5)].map(spelled))

    const answers = await Promise.all(
      lists.map((invitations) =>
        world.fetch('/api/invitations/batch', { method: 'POST', as: 'ada', json: { invitations } }),
      ),
    )

    const told = await Promise.all(answers.map((answer) => answer.json() as Promise<{ data: { status: number }[] }>))
    const statuses = told.map(({ data }) => data.map(({ status }) => status))
    for (const list of statuses) assert.deepEqual([...new Set(list.slice(names.length))], [409], 'the second time')
    const first = statuses.map((list) => list.slice(0, names.length).map((status) => status === 201))
    assert.deepEqual(
      first[0]?.map((was) => !was),
      first[1]?.toReversed(),
    )
    const { mails } = await world.core.directory.mail.page({ state: null, offset: 0, limit: 1000 })
    assert.deepEqual(mails.map(({ to }) => to.toLowerCase()).sort(), names.map((name) => `${name}@example.com`).sort())
  })

  test(`${engine}: of fifty clients with one refresh token one is served, and the family ends`, async () => {
    await using world = await openWorld({ engine })
    const json = { email: 'grace@example.com', password: cast.grace.password }
    const signedIn = await world.fetch('/api/auth/login', { method: 'POST', json })
    const { data } = (await signedIn.json()) as { data: { refreshToken: string; accessToken: string } }

    const told = await atOnce(() =>
      world.fetch('/api/auth/refresh', { method: 'POST', json: { refreshToken: data.refreshToken } }),
    )

    assert.deepEqual(told, { 200: 1, 401: clients - 1 })
    const after = await world.fetch('/api/users/me', { headers: { authorization: `Bearer ${data.accessToken}` } })
    assert.equal(after.status, 401)
  })

  test(`${engine}: of fifty changes founded on one version exactly one wins`, async () => {
    await using world = await openWorld({ engine })
    const read = await world.fetch(`/api/users/${cast.grace.user.id}`, { as: 'ada' })
    const etag = read.headers.get('etag') ?? ''

    const told = await atOnce((n) =>
      world.fetch(`/api/users/${cast.grace.user.id}`, {
        method: n % 2 === 0 ? 'PUT' : 'PATCH',
        as: 'ada',
        headers: { 'if-match': etag },
        json: { lastName: `Hopper ${n}` },
      }),
    )

    assert.deepEqual(told, { 200: 1, 412: clients - 1 })
    const now = await world.fetch(`/api/users/${cast.grace.user.id}`, { as: 'ada' })
    assert.match(now.headers.get('etag') ?? '', /^"2-/)
  })

  test(`${engine}: of admins who demote, deactivate and delete each other at once one stays`, async () => {
    await using world = await openWorld({ engine })
    const ids: string[] = [cast.ada.user.id]
    for (let n = 0; n < 3; n += 1) {
      const made = await world.fetch('/api/users', {
        method: 'POST',
        as: 'ada',
        json: {
          email: `admin${n}@example.com`,
          password: 'SecurePassword123!',
          firstName: 'A',
          lastName: 'B',
          role: 'admin',
          status: 'active',
        },
      })
      ids.push(((await made.json()) as { data: { id: string } }).data.id)
    }
    const tokens = await Promise.all(
      ids.map(async (_, n) => {
        if (n === 0) return world.token('ada')
        const json = { email: `admin${n - 1}@example.com`, password: 'SecurePassword123!' }
        const answer = await world.fetch('/api/auth/login', { method: 'POST', json })
        return ((await answer.json()) as { data: { accessToken: string } }).data.accessToken
      }),
    )

    await Promise.all(
      tokens.flatMap((token, from) =>
        ids.map((id, to) => {
          const headers = { authorization: `Bearer ${token}` }
          if ((from + to) % 3 === 0) return world.fetch(`/api/users/${id}`, { method: 'DELETE', headers })
          const json = (from + to) % 3 === 1 ? { role: 'user' } : { status: 'inactive' }
          return world.fetch(`/api/users/${id}`, { method: 'PUT', headers, json })
        }),
      ),
    )

    assert.equal(await world.core.directory.users.activeAdmins(), 1)
    const { users } = await world.core.directory.users.page({
      filter: { ...nobodyLeftOut, role: 'admin', status: 'active' },
      order: newestFirst,
      from: { offset: 0 },
      limit: 10,
      count: false,
    })
    assert.equal(users.length, 1)
  })
}
