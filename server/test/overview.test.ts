import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import { listAttention } from '../src/core/attention/list-attention.ts'
import type { Permission } from '../src/core/permissions.ts'
import type { UserId } from '../src/core/users/user.ts'
import { apiTokenOf } from './api-tokens.ts'
import { withToken } from './attacks/doors.ts'
import { cast, startedAtMs } from './cast.ts'
import { at, organize, settle } from './organized.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const { ada, grace, linus } = cast
const hour = 3600 * 1000
/** So that nobody has to sign in again while hours pass. */
const longLived = { ACCESS_TOKEN_TTL: '86400' }

interface Entry {
  readonly id: string
  readonly userId: string
  readonly type: string
  readonly metadata: { ip: string | null; actor: string | null }
}

interface LogPage {
  readonly data: readonly Entry[]
  readonly meta: { total: number; next?: string | null; people?: readonly { id: string }[] }
}

async function logOf(world: World, query: string, as: 'ada' | 'grace' = 'ada'): Promise<LogPage> {
  const answer = await world.fetch(`/api/activity?${query}`, { as })
  assert.equal(answer.status, 200)
  return (await answer.json()) as LogPage
}

/** Whom the latest entries name, as far as the reader is told what they are called. */
async function namedTo(world: World, as: 'ada' | 'grace'): Promise<string[]> {
  return namedIn(world, { as })
}

/** The same of an API token of theirs that is for these things. */
async function namedToToken(world: World, name: 'ada' | 'grace', permissions: readonly Permission[]) {
  return namedIn(world, withToken((await apiTokenOf(world, name, permissions)).token))
}

async function namedIn(world: World, how: Parameters<World['fetch']>[1]): Promise<string[]> {
  const answer = await world.fetch('/api/activity?limit=100&names=true', how)
  const { meta } = (await answer.json()) as LogPage
  return meta.people?.map(({ id }) => id).sort() ?? []
}

for (const engine of engines) {
  test(`${engine}: the whole record is read by who, whom, what and when, and by cursors nothing comes twice or is left out`, async () => {
    await using world = await openWorld({ engine, settings: longLived })
    const earlier = await logOf(world, 'limit=100')
    const people: UserId[] = []
    for (let place = 200; place < 212; place += 1) {
      world.tick(hour)
      people.push(await settle(world, { place }))
    }
    const [first, second] = people as [UserId, UserId]
    world.tick(hour)
    await world.fetch(`/api/users/${first}`, { method: 'PATCH', as: 'ada', json: { role: 'viewer' } })

    const byActor = await logOf(world, `actor=${ada.user.id}&type=role_changed`)
    assert.deepEqual(
      byActor.data.map(({ userId, type }) => [userId, type]),
      [[first, 'role_changed']],
    )
    const ofUser = await logOf(world, `user=${first}`)
    assert.deepEqual(
      ofUser.data.map(({ type }) => type),
      ['role_changed', 'created'],
    )
    const from = new Date(startedAtMs + 2 * hour).toISOString()
    const to = new Date(startedAtMs + 4 * hour).toISOString()
    const between = await logOf(world, `from=${from}&to=${to}&type=created`)
    assert.deepEqual(
      between.data.map(({ userId }) => userId),
      [people[2], second],
    )

    const walked: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: LogPage = await logOf(world, `limit=4&cursor=${cursor}`)
      walked.push(...page.data.map(({ id }) => id))
      cursor = page.meta.next ?? null
      if (walked.length === 4) await settle(world, { place: 300 })
    }
    const whole = await logOf(world, 'limit=100')
    assert.equal(whole.meta.total, earlier.meta.total + 12 + 2)
    assert.deepEqual(walked, whole.data.map(({ id }) => id).slice(1))
    const paged = await logOf(world, 'limit=4&page=2')
    assert.deepEqual(
      paged.data.map(({ id }) => id),
      whole.data.slice(4, 8).map(({ id }) => id),
    )
  })

  test(`${engine}: an organization's admin reads what is about it, not from where others acted, and nothing else`, async () => {
    await using world = await openWorld({ engine, settings: longLived })
    const acme = await organize(world, 'acme', [[grace.user.id, 'admin']])
    const other = await organize(world, 'other', [[linus.user.id, 'member']])
    for (const organization of [acme, other]) {
      const json = { role: 'member' }
      await world.fetch(at(organization, ada.user.id), { method: 'PUT', as: 'ada', json })
    }

    const { data } = await logOf(world, 'limit=100', 'grace')

    assert.deepEqual(
      data.map(({ userId, type }) => [userId, type]),
      [
        [ada.user.id, 'organization_joined'],
        [grace.user.id, 'organization_joined'],
      ],
    )
    assert.equal(data[0]?.metadata.actor, ada.user.id)
    assert.equal(data[0]?.metadata.ip, null)
    assert.deepEqual((await logOf(world, `user=${linus.user.id}`, 'grace')).data, [])
    assert.deepEqual(await namedTo(world, 'grace'), [ada.user.id, grace.user.id])
    for (const name of ['ada', 'grace'] as const)
      assert.deepEqual(await namedToToken(world, name, ['activity:list']), [])
    const forBoth = await namedToToken(world, 'grace', ['activity:list', 'organizations:manage'])
    assert.deepEqual(forBoth, [ada.user.id, grace.user.id])
    const { data: stead } = await world
      .fetch(`/api/users/${grace.user.id}/impersonation`, { method: 'POST', as: 'ada' })
      .then((answer) => answer.json() as Promise<{ data: { accessToken: string } }>)
    assert.deepEqual(await namedIn(world, withToken(stead.accessToken)), [ada.user.id, grace.user.id])
    await world.fetch(at(acme, ada.user.id), { method: 'DELETE', as: 'ada' })
    assert.deepEqual(await namedTo(world, 'grace'), [grace.user.id])
    assert.deepEqual(await namedTo(world, 'ada'), [ada.user.id, grace.user.id, linus.user.id])
    assert.equal((await world.fetch('/api/activity', { as: 'linus' })).status, 403)
    await world.fetch(`/api/users/${linus.user.id}`, { method: 'DELETE', as: 'ada' })
    assert.deepEqual(await namedTo(world, 'ada'), [ada.user.id, grace.user.id])
    await world.fetch(at(acme, grace.user.id), { method: 'DELETE', as: 'ada' })
    await world.fetch(at(acme), { method: 'DELETE', as: 'ada' })
    assert.equal((await world.fetch('/api/activity', { as: 'grace' })).status, 403)
  })

  test(`${engine}: sign-ups, sign-ins and failed ones fall into the stretch in which they happened`, async () => {
    await using world = await openWorld({ engine, settings: longLived })
    await Promise.all([world.token('ada'), world.token('grace')])
    world.tick(3 * hour)
    await settle(world, { place: 400 })
    await world.fetch('/api/auth/login', { method: 'POST', json: { email: grace.user.email, password: 'not it' } })
    await world.fetch(`/api/users/${linus.user.id}`, { method: 'DELETE', as: 'ada' })
    const from = new Date(startedAtMs + hour).toISOString()
    const to = new Date(startedAtMs + 3.5 * hour).toISOString()

    const answer = await world.fetch(`/api/stats?interval=hour&from=${from}&to=${to}`, { as: 'ada' })

    const { data } = (await answer.json()) as {
      data: {
        totals: { users: number; byRole: object }
        series: { signUps: number; logins: number; failedLogins: number }[]
      }
    }
    const figures = data.series.map(({ signUps, logins, failedLogins }) => [signUps, logins, failedLogins])
    assert.deepEqual(figures, [
      [0, 0, 0],
      [0, 0, 0],
      [1, 0, 1],
    ])
    assert.equal(
      data.totals.users,
      (await world.core.directory.users.totals()).reduce((sum, { n }) => sum + n, 0),
    )
    const usual = await world.fetch('/api/stats', { as: 'ada' })
    const days = ((await usual.json()) as { data: { series: { logins: number }[] } }).data.series
    assert.equal(days.length, 30)
    assert.equal(days.at(-1)?.logins, 2)
  })
}

test('figures are told of any time that has a year of four digits, and of no other', async () => {
  await using world = await openWorld()
  const statusOf = async (query: string) => (await world.fetch(`/api/stats?${query}`, { as: 'ada' })).status

  for (const query of [
    'to=0000-01-02',
    'from=9999-12-31&to=9999-12-31T23:59',
    'from=2026-01-01T00:00%2B23:59&to=2026-01-02',
  ])
    assert.equal(await statusOf(query), 200, query)
  const before = 'from=0000-01-01T00:00%2B00:01&to=0000-01-02'
  const after = 'from=9999-12-31&to=9999-12-31T23:59-00:01'
  for (const query of [
    before,
    after,
    'to=0000-01-01',
    'from=-271821-04-20',
    'from=NaN',
    'from=2026-02-30',
    'interval=constructor',
  ])
    assert.equal(await statusOf(query), 400, query)
})

test('what wants attention is listed while it does', async () => {
  await using world = await openWorld({
    settings: { SERVICE_MODULE_DEFAULT_ADMIN: `${linus.user.email}:not-his-password` },
  })
  const attention = async () => {
    const answer = await world.fetch('/api/attention', { as: 'ada' })
    const { data } = (await answer.json()) as { data: { code: string; count: number }[] }
    return Object.fromEntries(data.map(({ code, count }) => [code, count]))
  }
  assert.deepEqual(await attention(), { uploads_not_scanned: 1 })

  await world.fetch(`/api/users/${linus.user.id}`, { method: 'PATCH', as: 'ada', json: { role: 'admin' } })
  await world.fetch('/api/invitations', { method: 'POST', as: 'ada', json: { email: 'new@example.com' } })
  assert.deepEqual(await attention(), {
    default_admin_active: 1,
    users_pending: 1,
    invitations_pending: 1,
    uploads_not_scanned: 1,
  })

  world.tick(8 * 24 * hour)
  const later = await listAttention(world.core, system)
  assert.deepEqual(later.ok && later.value.find(({ code }) => code === 'invitations_expired'), {
    code: 'invitations_expired',
    n: 1,
  })
})

test('settings and limits in force are shown, and no secret among them', async () => {
  const secret = 'canary-of-a-password'
  await using world = await openWorld({
    settings: { ADMIN_EMAIL: 'first@example.com', ADMIN_PASSWORD: secret, RATE_LIMIT_OTHER: '599' },
  })

  const text = await (await world.fetch('/api/settings', { as: 'ada' })).text()

  const { data } = JSON.parse(text) as {
    data: { settings: { name: string; value: string | null; isSet: boolean; isSecret: boolean }[]; limits: object[] }
  }
  const named = (name: string) => data.settings.find((setting) => setting.name === name)
  assert.ok(!text.includes(secret))
  assert.equal(named('ADMIN_PASSWORD')?.isSet, true)
  assert.equal(named('ADMIN_PASSWORD')?.value, null)
  assert.equal(named('RATE_LIMIT_OTHER')?.value, '599')
  assert.equal(named('RATE_LIMIT_BATCH')?.value, '10')
  assert.ok(data.settings.every(({ isSecret, value }) => !isSecret || value === null))
  assert.ok(JSON.stringify(data.limits).includes('"avatarBytesMax","value":5242880'))
  assert.equal((await world.fetch('/api/settings', { as: 'grace' })).status, 403)
})
