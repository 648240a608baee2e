import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Organization } from '../../src/core/organizations/organization.ts'
import type { UserId } from '../../src/core/users/user.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { type CastName, cast } from '../cast.ts'
import { accept, ask, goodPassword, type Shown, shownIn } from '../invited.ts'
import { impersonationOf } from '../nodes.ts'
import { at, organize, settle } from '../organized.ts'
import { mailedToken, outbox } from '../outbox.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { everythingSaid } from './doors.ts'
import { everythingStored } from './stored.ts'

const ada = cast.ada.user.id
const grace = cast.grace.user.id
const linus = cast.linus.user.id
const unknown = '01900000-0000-7000-8000-0000000000ff'
const minute = 60_000

/** Grace administers acme, somebody else globex. */
async function populate(world: World) {
  const other = await settle(world, { place: 31, email: 'other@example.com' })
  const acme = await organize(world, 'acme', [[grace, 'admin']])
  const globex = await organize(world, 'globex', [[other, 'admin']])
  return { other, acme, globex }
}

/** Somebody of each kind there is, by the address under which they are invited. */
async function settleEverybody(world: World): Promise<readonly string[]> {
  await settle(world, { place: 41, email: 'inactive@example.com', status: 'inactive' })
  await settle(world, { place: 42, email: 'pending@example.com', status: 'pending' })
  await settle(world, { place: 43, email: 'namely@example.com', firstName: 'Their', lastName: 'Own', role: 'admin' })
  await shownIn(await ask(world, 'POST', '/api/invitations', { email: 'invited@example.com', role: 'admin' }))
  const deleted = await settle(world, { place: 44, email: 'deleted@example.com' })
  await ask(world, 'DELETE', `/api/users/${deleted}`)
  return ['linus', 'inactive', 'pending', 'namely', 'invited', 'deleted', 'nobody'].map((name) => `${name}@example.com`)
}

function askAs(world: World, as: CastName, email: string, { id }: Organization, more: object = {}): Promise<Response> {
  return world.fetch('/api/invitations', { method: 'POST', as, json: { email, organizationId: id, ...more } })
}

async function invite(world: World, email: string, organization: Organization, more: object = {}): Promise<Shown> {
  return shownIn(await askAs(world, 'grace', email, organization, more))
}

const tokenFor = (world: World, email: string) => mailedToken(world, email, 'organization_invitation')

function join(world: World, token: string, more: object = {}): Promise<Response> {
  return world.fetch('/api/auth/accept-invitation', { method: 'POST', json: { token, ...more } })
}

function resendAs(world: World, as: CastName, id: string): Promise<Response> {
  return world.fetch(`/api/invitations/${id}/resend`, { method: 'POST', as })
}

/** What was said, but for what was asked and ids and instants that are everybody's own. */
async function sayingOf(answer: Response, email: string): Promise<string> {
  const said = await everythingSaid(answer)
  return said
    .replaceAll(email, '(email)')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '(id)')
    .replace(/content-length: \d+/, '')
}

for (const engine of engines) {
  test(`${engine}: whoever invites into an organization is told the same, whether or not anybody has the address`, async () => {
    await using world = await openWorld({ engine })
    const { acme } = await populate(world)
    const addresses = await settleEverybody(world)
    const before = await world.core.directory.credentials.passwordHash(linus)
    const records = await Promise.all(addresses.map((email) => world.core.directory.users.byClaim('email', email)))
    const more = { role: 'viewer', firstName: 'As', lastName: 'Sent', organizationRole: 'admin' }
    const ids = new Map<string, string>()
    const said = (how: string, sayings: string[]) =>
      assert.equal(new Set(sayings).size, 1, `${how}: ${sayings.join('\n\n')}`)
    const each = async (how: string, status: number, call: (email: string) => Promise<Response>) => {
      const sayings: string[] = []
      for (const email of addresses) {
        const answer = await call(email)
        assert.equal(answer.status, status, `${how} ${email}`)
        if (how === 'invite') ids.set(email, ((await answer.clone().json()) as { data: Shown }).data.id)
        sayings.push(await sayingOf(answer, email))
      }
      said(how, sayings)
    }
    const idOf = (email: string) => ids.get(email) ?? ''

    await each('try', 200, (email) =>
      world.fetch('/api/invitations/batch', {
        method: 'POST',
        as: 'grace',
        json: { dryRun: true, invitations: [{ email, organizationId: acme.id }] },
      }),
    )
    await each('invite', 201, (email) => askAs(world, 'grace', email, acme, more))
    await each('again', 409, (email) => askAs(world, 'grace', email.toUpperCase(), acme))
    await each('read', 200, (email) => world.fetch(`/api/invitations/${idOf(email)}`, { as: 'grace' }))
    await each('find', 200, (email) => world.fetch(`/api/invitations?email=${email}`, { as: 'grace' }))
    await each('resend too soon', 429, (email) => resendAs(world, 'grace', idOf(email)))
    world.tick(2 * minute)
    await each('resend', 200, (email) => resendAs(world, 'grace', idOf(email)))
    const mailed = (await outbox(world)).filter(({ kind }) => kind === 'organization_invitation').map(({ to }) => to)
    const reached = addresses.filter((email) => email !== 'inactive@example.com')
    assert.deepEqual(mailed, [...reached, ...reached], 'everybody is written to but whoever may not come')
    for (const _ of [3, 4, 5]) {
      world.tick(2 * minute)
      assert.equal((await resendAs(world, 'grace', idOf('linus@example.com'))).status, 200)
    }
    world.tick(2 * minute)
    const sixth = await resendAs(world, 'grace', idOf('linus@example.com'))
    assert.equal(sixth.status, 429, 'five a day')
    await each('revoke', 200, (email) =>
      world.fetch(`/api/invitations/${idOf(email)}`, { method: 'DELETE', as: 'grace' }),
    )
    await each('revoke twice', 409, (email) =>
      world.fetch(`/api/invitations/${idOf(email)}`, { method: 'DELETE', as: 'grace' }),
    )

    const log = await world.fetch('/api/activity', { as: 'grace' })
    const { data: entries } = (await log.json()) as { data: { userId: string }[] }
    assert.deepEqual(
      entries.map(({ userId }) => userId),
      [grace],
      'the record names nobody who was invited',
    )
    const own = await world.fetch('/api/users/me/export', { as: 'grace' })
    const { data: kept } = (await own.json()) as { data: { acts: object[]; invitationsSent: object[] } }
    assert.deepEqual([kept.acts, kept.invitationsSent.length], [[], addresses.length], 'nor does what is kept of her')

    const after = await Promise.all(addresses.map((email) => world.core.directory.users.byClaim('email', email)))
    assert.deepEqual(after, records, 'nobody was changed, and whoever was made is gone')
    assert.equal(await world.core.directory.credentials.passwordHash(linus), before)
  })

  test(`${engine}: whoever is active joins by the link alone, once, and nothing of their account is changed by it`, async () => {
    await using world = await openWorld({ engine })
    const { acme, globex } = await populate(world)
    await organize(world, 'third')
    const token = await world.token('linus')
    await invite(world, 'linus@example.com', acme, { role: 'user', firstName: 'Mallory' })
    const link = await tokenFor(world, 'linus@example.com')
    const before = await everythingStored(world)
    const record = await world.core.directory.users.byId(linus)

    for (const more of [
      { password: goodPassword },
      { firstName: 'Mallory' },
      { organizationId: globex.id },
      { organizationRole: 'admin' },
      { email: 'grace@example.com' },
      { userId: grace },
    ]) {
      assert.equal((await join(world, link, more)).status, 400, JSON.stringify(more))
    }
    for (const bad of [link.slice(0, -1), `${link}A`, link.toLowerCase(), '']) {
      assert.equal((await join(world, bad)).status, 400)
    }
    assert.deepEqual(await everythingStored(world), before)

    const answers = await Promise.all(Array.from({ length: 50 }, () => join(world, link)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.ok(answers.every(({ status }) => status === 200 || status === 400 || status === 429))
    const own = await world.core.directory.members.ofUser(linus)
    assert.deepEqual(
      own.map(({ organization, role }) => [organization.slug, role]),
      [['acme', 'member']],
    )
    assert.deepEqual(await world.core.directory.users.byId(linus), record)
    const me = await world.fetch('/api/users/me', { headers: { authorization: `Bearer ${token}` } })
    assert.equal(me.status, 200, 'their session stands')
    assert.equal((await askAs(world, 'grace', 'linus@example.com', acme)).status, 409, 'a member is not invited')
  })

  test(`${engine}: whoever is new chooses a password, joins what they were asked into, and other organizations ask again`, async () => {
    await using world = await openWorld({ engine })
    const { acme, globex } = await populate(world)
    await invite(world, 'eve@example.com', acme, { firstName: 'Eve', organizationRole: 'admin' })
    const first = await tokenFor(world, 'eve@example.com')
    await shownIn(await ask(world, 'POST', '/api/invitations', { email: 'EVE@example.com', organizationId: globex.id }))
    const second = await tokenFor(world, 'eve@example.com')
    assert.notEqual(first, second)

    assert.equal((await join(world, first)).status, 400, 'there is no password yet')
    assert.equal((await join(world, first, { password: 'short' })).status, 400)
    assert.equal((await accept(world, first)).status, 200)
    const eve = await world.core.directory.users.byClaim('email', 'eve@example.com')
    assert.deepEqual([eve?.status, eve?.role, eve?.emailVerified, eve?.firstName], ['active', 'user', true, 'Eve'])
    assert.equal((await accept(world, second)).status, 400, 'a second password is not set so')
    assert.equal((await join(world, second)).status, 200)
    const own = await world.core.directory.members.ofUser(eve?.id as UserId)
    assert.deepEqual(
      own.map(({ organization, role }) => [organization.slug, role]),
      [
        ['acme', 'admin'],
        ['globex', 'member'],
      ],
    )
    const login = await world.fetch('/api/auth/login', {
      method: 'POST',
      json: { email: 'eve@example.com', password: goodPassword },
    })
    assert.equal(login.status, 200)
  })

  test(`${engine}: an organization's admin invites into no other, gives no role in the directory, and looks after no other invitation`, async () => {
    await using world = await openWorld({ engine })
    const { acme, globex } = await populate(world)
    const theirs = await shownIn(
      await ask(world, 'POST', '/api/invitations', { email: 'x@example.com', organizationId: globex.id }),
    )
    const plain = await shownIn(await ask(world, 'POST', '/api/invitations', { email: 'y@example.com' }))
    const own = await invite(world, 'z@example.com', acme)
    const before = await everythingStored(world)

    for (const [place, json] of [
      { email: 'new@example.com' },
      { email: 'new@example.com', organizationRole: 'member' },
      { email: 'new@example.com', organizationId: globex.id },
      { email: 'new@example.com', organizationId: unknown },
      { email: 'new@example.com', organizationId: acme.id, role: 'admin' },
      { email: 'new@example.com', organizationId: 'globex' },
      { email: 'not one', organizationId: globex.id, role: 7 },
    ].entries()) {
      const answer = await world.fetch('/api/invitations', { method: 'POST', as: 'grace', json })
      assert.equal(answer.status, 403, JSON.stringify(json))
      if (place > 4) continue
      const lines = await world.fetch('/api/invitations/batch', {
        method: 'POST',
        as: 'grace',
        json: { invitations: [json] },
      })
      assert.deepEqual(
        ((await lines.json()) as { data: { status: number }[] }).data.map(({ status }) => status),
        [403],
      )
    }
    for (const [method, below] of [
      ['GET', ''],
      ['POST', '/resend'],
      ['DELETE', ''],
    ] as const) {
      const said = new Set<string>()
      for (const id of [theirs.id, plain.id, unknown, 'x']) {
        said.add(await everythingSaid(await world.fetch(`/api/invitations/${id}${below}`, { method, as: 'grace' })))
      }
      assert.equal(said.size, 1, `${method}${below}`)
      assert.match([...said].join(), /^403/)
    }
    assert.equal((await world.fetch(`/api/invitations?organizationId=${globex.id}`, { as: 'grace' })).status, 403)
    assert.equal((await world.fetch('/api/invitations', { as: 'linus' })).status, 403)
    assert.equal((await world.fetch('/api/invitations/batch', { method: 'POST', as: 'linus', json: {} })).status, 403)
    assert.deepEqual(await everythingStored(world), before)

    const listed = await world.fetch('/api/invitations?limit=100', { as: 'grace' })
    const { data, meta } = (await listed.json()) as { data: Shown[]; meta: { total: number } }
    assert.deepEqual([data.map(({ id }) => id), meta.total], [[own.id], 1])
    assert.deepEqual([data[0]?.userId, data[0]?.email], [null, 'z@example.com'])
    for (const email of ['x@example.com', 'y@example.com', 'linus@example.com']) {
      const found = await world.fetch(`/api/invitations?email=${email}`, { as: 'grace' })
      assert.equal(((await found.json()) as { meta: { total: number } }).meta.total, 0, email)
    }
    const { token } = await apiTokenOf(world, 'grace', ['organizations:manage'])
    const bearer = { authorization: `Bearer ${token}` }
    assert.equal((await world.fetch('/api/invitations', { headers: bearer })).status, 403)
  })

  test(`${engine}: nobody who was removed comes back or leaves somebody behind by what they sent before`, async () => {
    await using world = await openWorld({ engine })
    const { acme, globex } = await populate(world)
    const second = await settle(world, { place: 51 })
    await ask(world, 'PUT', at(acme, second), { role: 'admin' })
    const sent = await invite(world, 'grace.again@example.com', acme, { organizationRole: 'admin' })
    const link = await tokenFor(world, 'grace.again@example.com')

    assert.equal((await ask(world, 'DELETE', at(acme, grace))).status, 200)
    assert.equal((await accept(world, link)).status, 400)
    assert.equal((await world.fetch(`/api/invitations/${sent.id}`, { as: 'grace' })).status, 403)
    world.tick(2 * minute)
    assert.equal((await ask(world, 'POST', `/api/invitations/${sent.id}/resend`)).status, 200)
    assert.equal((await accept(world, link)).status, 200, 'whoever may invite stands by it')

    const gone = await shownIn(
      await ask(world, 'POST', '/api/invitations', { email: 'late@example.com', organizationId: globex.id }),
    )
    const late = await tokenFor(world, 'late@example.com')
    assert.equal((await ask(world, 'DELETE', at(globex))).status, 200)
    assert.equal((await accept(world, late)).status, 400)
    assert.equal((await shownIn(await ask(world, 'GET', `/api/invitations/${gone.id}`))).state, 'revoked')

    await ask(world, 'PUT', at(acme, grace), { role: 'admin' })
    world.tick(2 * minute)
    for (const round of [1, 2, 3]) {
      const email = `racing${round}@example.com`
      const { id } = await invite(world, email, acme)
      const token = await tokenFor(world, email)
      const [accepted, revoked] = await Promise.all([
        accept(world, token),
        world.fetch(`/api/invitations/${id}`, { method: 'DELETE', as: 'grace' }),
      ])
      const user = await world.core.directory.users.byClaim('email', email)
      assert.deepEqual(
        [accepted.status, revoked.status].sort(),
        accepted.status === 200 ? [200, 409] : [200, 400],
        email,
      )
      assert.equal(user?.status, accepted.status === 200 ? 'active' : undefined)
    }
  })

  test(`${engine}: a link into an organization is worth nothing once the address is another's, or the account is shut`, async () => {
    await using world = await openWorld({ engine })
    const { acme } = await populate(world)
    const eve = await settle(world, { place: 61, email: 'eve@example.com' })
    const { id } = await invite(world, 'eve@example.com', acme)
    const link = await tokenFor(world, 'eve@example.com')

    await ask(world, 'PATCH', `/api/users/${eve}`, { email: 'moved@example.com' })
    assert.equal((await join(world, link)).status, 400)
    const shown = await shownIn(await world.fetch(`/api/invitations/${id}`, { as: 'grace' }))
    assert.deepEqual([shown.email, shown.state, shown.userId], ['eve@example.com', 'pending', null])
    world.tick(2 * minute)
    const count = (await outbox(world)).length
    assert.equal((await world.fetch(`/api/invitations/${id}/resend`, { method: 'POST', as: 'grace' })).status, 200)
    assert.equal((await outbox(world)).length, count, 'nobody is written to at an address that they gave up')
    assert.equal(
      (await askAs(world, 'grace', 'moved@example.com', acme)).status,
      201,
      'that one is theirs does not show',
    )
    const anew = await tokenFor(world, 'moved@example.com')

    await ask(world, 'PATCH', `/api/users/${eve}`, { status: 'inactive' })
    assert.equal((await join(world, anew)).status, 400)
    await ask(world, 'DELETE', `/api/users/${eve}`)
    assert.equal((await join(world, anew)).status, 400)
    assert.equal(await world.core.directory.members.roleIn(acme.id, eve), null)
    assert.equal(await world.core.directory.members.roleIn(acme.id, ada), null)
  })
}

for (const engine of engines) {
  test(`${engine}: of many who invite one address at once each organization has one invitation, and one user is made`, async () => {
    await using world = await openWorld({ engine })
    const { acme, globex } = await populate(world)
    const email = 'wanted@example.com'

    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) => askAs(world, 'ada', email, n % 2 === 0 ? acme : globex)),
    )

    const statuses = answers.map(({ status }) => status)
    for (const half of [0, 1]) {
      const own = statuses.filter((_, n) => n % 2 === half).sort()
      assert.deepEqual(own, [201, ...Array.from({ length: 11 }, () => 409)])
    }
    const listed = await ask(world, 'GET', `/api/users?search=wanted&fields=id`)
    assert.equal(((await listed.json()) as { meta: { total: number } }).meta.total, 1)
    const links = (await outbox(world)).flatMap(({ to, token }) => (to === email && token !== null ? [token] : []))
    assert.equal(links.length, 2)

    const accepted = await Promise.all(links.map((link) => accept(world, link)))
    assert.deepEqual(accepted.map(({ status }) => status).sort(), [200, 400], 'one of them sets the password')
    const [rest = ''] = links.filter((_, n) => accepted[n]?.status === 400)
    assert.equal((await join(world, rest)).status, 200)
    const user = await world.core.directory.users.byClaim('email', email)
    assert.equal((await world.core.directory.members.ofUser(user?.id as UserId)).length, 2)
  })
}

test('by a token, or in their stead, an admin invites into their organization and no other', async () => {
  await using world = await openWorld()
  const { acme, globex } = await populate(world)
  const script = (await apiTokenOf(world, 'grace', ['invitations:manage'])).token
  const player = await impersonationOf(world, await world.token('ada'), grace)

  for (const [n, bearer] of [script, player].entries()) {
    const call = (method: string, path: string, json?: object) =>
      world.fetch(path, { method, headers: { authorization: `Bearer ${bearer}` }, ...(json ? { json } : {}) })
    const email = `by${n}@example.com`
    const sent = await call('POST', '/api/invitations', { email, organizationId: acme.id })
    assert.equal(sent.status, 201)
    const { data } = (await sent.json()) as { data: Shown & { invitedBy: string | null } }
    assert.equal((await call('POST', '/api/invitations', { email, organizationId: globex.id })).status, 403)
    assert.equal((await call('POST', '/api/invitations', { email })).status, 403)
    assert.equal((await call('DELETE', `/api/invitations/${data.id}`)).status, 200)
    const isPlayed = bearer === player
    assert.equal(data.invitedBy, isPlayed ? null : grace, 'who plays them is not theirs to know')
    assert.equal((await call('GET', `${at(acme)}/members`)).status, isPlayed ? 200 : 403)
  }
})
