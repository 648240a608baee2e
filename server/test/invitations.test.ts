import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '../src/core/actor.ts'
import type { InvitationId } from '../src/core/invitations/invitation.ts'
import { everythingStored } from './attacks/stored.ts'
import { cast } from './cast.ts'
import {
  accept,
  ask,
  askToInvite,
  goodPassword,
  historyOf,
  invite,
  resend,
  revoke,
  type Shown,
  shownIn,
  stateOf,
} from './invited.ts'
import { mailedToken, outbox } from './outbox.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const clients = 50
/** Of the largest batch that there may be on one engine; what is so of it is so of fewer on the other. */
const lines = { sqlite: 1000, postgres: 200 }
const dayMs = 24 * 3600 * 1000
const minuteMs = 60_000

/** How many times each status was answered. */
function told(answers: readonly Response[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

function atOnce(ask: (n: number) => Promise<Response>, times = clients): Promise<Response[]> {
  return Promise.all(Array.from({ length: times }, (_, n) => ask(n)))
}

/** Asks all of it at once, beginning with one of them, which may have a start; answers in the order of the list. */
async function startingWith(first: number, startMs: number, asks: readonly (() => Promise<{ ok: boolean }>)[]) {
  const answers: Promise<{ ok: boolean }>[] = []
  for (const step of asks.keys()) {
    const place = (first + step) % asks.length
    if (step === 1 && startMs > 0) await sleep(startMs)
    answers[place] = asks[place]?.() ?? assert.fail()
  }
  return Promise.all(answers)
}

async function listed(world: World, query: string): Promise<{ emails: (string | null)[]; total: number }> {
  const answer = await ask(world, 'GET', `/api/invitations?${query}`)
  const { data, meta } = (await answer.json()) as { data: { email: string | null }[]; meta: { total: number } }
  return { emails: data.map(({ email }) => email), total: meta.total }
}

const mailsTo = async (world: World, email: string) => (await outbox(world)).filter(({ to }) => to === email).length
const userOf = (world: World, email: string) => world.core.directory.users.byClaim('email', email)
const logIn = (world: World, email: string, password = goodPassword) =>
  world.fetch('/api/auth/login', { method: 'POST', json: { email, password } })

for (const engine of engines) {
  test(`${engine}: of fifty who accept one invitation at once, and fifty who invite one address, one does`, async () => {
    await using world = await openWorld({ engine })
    const invited = await atOnce((n) => askToInvite(world, { email: n % 2 ? 'Eve@example.com' : 'eve@EXAMPLE.com' }))
    const eve = await userOf(world, 'eve@example.com')
    assert.ok(eve)
    const token = await mailedToken(world, eve.email, 'invitation')

    const accepted = await atOnce((n) => accept(world, token, { password: `${goodPassword}${n}` }))

    assert.deepEqual(told(invited), { 201: 1, 409: clients - 1 })
    assert.equal((await outbox(world)).length, 1)
    assert.deepEqual(told(accepted), { 200: 1, 400: clients - 1 })
    const winner = accepted.findIndex(({ status }) => status === 200)
    assert.equal((await logIn(world, 'eve@example.com', `${goodPassword}${winner}`)).status, 200)
    const history = await historyOf(world, eve.id)
    assert.deepEqual(history.slice(0, 3), ['created', 'invited', 'invitation_accepted'])
    assert.equal(history.filter((type) => type === 'invitation_accepted').length, 1)
  })

  test(`${engine}: whoever accepts, revokes and resends at once comes to one end, and nothing is half done`, async () => {
    await using world = await openWorld({ engine })
    const { core } = world
    const hashed = await core.passwords.hash(goodPassword)
    assert.ok(hashed.ok)
    const ends = new Set<string>()
    // What takes more steps comes first less often, and on a busy machine hardly ever: then it is given a start, and a longer one each time.
    for (let round = 0; round < 12 || (ends.size === 1 && round < 60); round += 1) {
      const email = `r${round}@example.com`
      const { id, userId } = await invite(world, { email })
      const link = core.linkTokens.read('invitation', await mailedToken(world, email, 'invitation'))
      assert.ok(link)
      const [which, actor] = [{ actor: system, id: id as InvitationId }, system]
      const acceptance = { actor, link, names: {}, passwordHash: hashed.value }
      world.tick(minuteMs)

      const [accepted, revoked, resent] = await startingWith(round % 3, Math.max(0, round - 12) * 4, [
        () => core.commit('accept-invitation', acceptance),
        () => core.commit('revoke-invitation', which),
        () => core.commit('resend-invitation', { ...which, request: null, inviter: null }),
      ])

      const end = await stateOf(world, id)
      ends.add(end)
      assert.deepEqual([accepted?.ok, revoked?.ok], [end === 'accepted', end === 'revoked'], `${round}: ${end}`)
      assert.equal((await core.directory.users.byId(userId))?.status, end === 'accepted' ? 'active' : undefined)
      assert.equal(await mailsTo(world, email), resent?.ok ? 2 : 1)
      assert.equal((await logIn(world, email)).status, end === 'accepted' ? 200 : 401)
      assert.equal((await accept(world, await mailedToken(world, email, 'invitation'))).status, 400)
    }
    assert.deepEqual([...ends].sort(), ['accepted', 'revoked'])
  })

  test(`${engine}: an invitation is pending until it expires, and again when it is sent again; links work until then`, async () => {
    await using world = await openWorld({ engine })
    const first = await invite(world, { email: 'eve@example.com', expiresInDays: 1 })
    const firstToken = await mailedToken(world, 'eve@example.com', 'invitation')

    const tooSoon = await atOnce(() => resend(world, first.id), 3)
    world.tick(minuteMs)
    const again = await atOnce(() => resend(world, first.id))
    assert.deepEqual([told(tooSoon), told(again)], [{ 429: 3 }, { 200: 1, 429: clients - 1 }])
    assert.ok(Number(tooSoon[0]?.headers.get('retry-after')) <= 60)
    const secondToken = await mailedToken(world, 'eve@example.com', 'invitation')
    world.tick(dayMs - 1)
    assert.equal((await accept(world, firstToken)).status, 400, 'the first link has expired')
    assert.equal(await stateOf(world, first.id), 'pending')
    world.tick(1)
    assert.equal(await stateOf(world, first.id), 'expired')
    assert.equal((await accept(world, secondToken)).status, 400, 'and so has the second')

    const renewed = await resend(world, first.id)
    const { sentAt, expiresAt, state } = await shownIn(renewed)
    assert.deepEqual([state, Date.parse(expiresAt) - Date.parse(sentAt)], ['pending', dayMs])
    world.tick(2 * dayMs)
    const anew = await askToInvite(world, { email: 'EVE@example.com', role: 'viewer', firstName: 'Eve' })
    const { id, role, ...shown } = await shownIn(anew)
    assert.deepEqual([anew.status, id, role], [200, first.id, 'viewer'], 'inviting anew sends the expired one again')
    assert.equal(Date.parse(shown.expiresAt) - Date.parse(shown.sentAt), 7 * dayMs)
    assert.equal((await accept(world, await mailedToken(world, 'eve@example.com', 'invitation'))).status, 200)
    const eve = await userOf(world, 'eve@example.com')
    assert.deepEqual([eve?.role, eve?.firstName, eve?.status], ['viewer', 'Eve', 'active'])
    assert.equal((await resend(world, first.id)).status, 409)
    assert.equal((await revoke(world, first.id)).status, 409)
  })

  test(`${engine}: lists are by state and by address, newest first, and count exactly`, async () => {
    await using world = await openWorld({ engine })
    const invitations: Shown[] = []
    for (let n = 0; n < 7; n += 1) {
      world.tick(1000)
      invitations.push(await invite(world, { email: `p${n}@example.com`, expiresInDays: n < 2 ? 1 : 30 }))
    }
    const at = (n: number) => invitations[n] ?? assert.fail()
    await accept(world, await mailedToken(world, 'p2@example.com', 'invitation'))
    await revoke(world, at(3).id)
    await revoke(world, at(4).id)
    world.tick(2 * dayMs)
    const again = await invite(world, { email: 'P4@example.com' })

    assert.notEqual(again.userId, at(4).userId, 'whoever was made for a revoked invitation is somebody else')
    const emails = (...numbers: (number | string)[]) =>
      numbers.map((n) => (typeof n === 'string' ? n : `p${n}@example.com`))
    for (const [query, expected, total = expected.length] of [
      ['', emails('P4@example.com', 6, 5, 4, 3, 2, 1, 0)],
      ['limit=3', emails('P4@example.com', 6, 5), 8],
      ['limit=3&page=3', emails(1, 0), 8],
      ['page=9', [], 8],
      ['state=pending', emails('P4@example.com', 6, 5)],
      ['state=pending&limit=1&page=2', emails(6), 3],
      ['state=expired', emails(1, 0)],
      ['state=accepted', emails(2)],
      ['state=revoked', emails(4, 3)],
      ['email=p4@EXAMPLE.com', emails('P4@example.com', 4)],
      ['email=p4@example.com&state=revoked', emails(4)],
      ['email=p@example.com', []],
    ] as [string, string[], number?][]) {
      assert.deepEqual(await listed(world, query), { emails: expected, total }, query)
    }
  })

  test(`${engine}: what becomes of the user becomes of the invitation, through whatever door`, async () => {
    await using world = await openWorld({ engine })
    const ways: [string, (userId: string) => Promise<Response>][] = [
      ['accepted', (id) => ask(world, 'PUT', `/api/users/${id}`, { status: 'active' })],
      ['accepted', (id) => ask(world, 'PUT', `/express-gateway/users/${id}/status`, { status: true })],
      ['revoked', (id) => ask(world, 'PATCH', `/api/users/${id}`, { status: 'inactive' })],
      ['revoked', (id) => ask(world, 'DELETE', `/api/users/${id}`)],
      ['revoked', (id) => ask(world, 'DELETE', `/express-gateway/users/${id}`)],
      [
        'accepted',
        (id) =>
          ask(world, 'POST', '/api/users/batch', {
            atomic: true,
            operations: [{ op: 'update', id, body: { status: 'active' } }],
          }),
      ],
      ['pending', (id) => ask(world, 'PUT', `/api/users/${id}`, { role: 'viewer', firstName: 'Other' })],
    ]
    for (const [n, [expected, change]] of ways.entries()) {
      const email = `w${n}@example.com`
      const { id, userId } = await invite(world, { email })
      const token = await mailedToken(world, email, 'invitation')

      assert.ok((await change(userId)).ok)

      assert.equal(await stateOf(world, id), expected, `way ${n}`)
      assert.equal((await accept(world, token)).status, expected === 'pending' ? 200 : 400, `way ${n}`)
      assert.equal((await logIn(world, email)).status, expected === 'pending' ? 200 : 401, `way ${n}`)
    }
  })

  test(`${engine}: a pending user is invited as they are, and outlives a revoked invitation; nobody else is invited`, async () => {
    await using world = await openWorld({ engine })
    const json = { email: 'paul@example.com', firstName: 'Paul', lastName: 'P', password: 'Umbrella-Stand-1888!' }
    const made = await world.fetch('/api/users', { method: 'POST', as: 'ada', json })
    const { id } = ((await made.json()) as { data: { id: string } }).data
    const inviteUser = (whom: string) => ask(world, 'POST', `/api/users/${whom}/invitation`)

    const invited = await inviteUser(id)
    const invitation = await shownIn(invited)
    assert.equal(invited.headers.get('location'), `/api/invitations/${invitation.id}`)
    assert.deepEqual([invitation.state, invitation.userId, (await inviteUser(id)).status], ['pending', id, 409])
    const token = await mailedToken(world, 'paul@example.com', 'invitation')
    assert.equal((await revoke(world, invitation.id)).status, 200)
    assert.deepEqual([(await accept(world, token)).status, (await userOf(world, json.email))?.status], [400, 'pending'])
    const second = await askToInvite(world, { email: json.email })
    assert.deepEqual([second.status, (await shownIn(second)).userId], [201, id])
    assert.equal((await accept(world, await mailedToken(world, json.email, 'invitation'))).status, 200)
    assert.equal((await logIn(world, json.email, json.password)).status, 401, 'the password that they had is no more')

    for (const [whom, status] of [
      [id, 409],
      [cast.grace.user.id, 409],
      ['01900000-0000-7000-8000-0000000000ff', 404],
      ['paul@example.com', 400],
    ] as const) {
      assert.equal((await inviteUser(whom)).status, status)
    }
    assert.equal((await askToInvite(world, { email: 'Grace@Example.com' })).status, 409)
  })

  test(`${engine}: ${lines[engine]} are invited in one call, each line by itself; trying it out first tells the same and does nothing`, async () => {
    await using world = await openWorld({ engine })
    const count = lines[engine]
    const invitations = Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com`, firstName: `P${n}` }))
    for (const [n, email] of ['P7@example.com', 'ada@example.com', 'nobody@nowhere..com'].entries())
      Object.assign(invitations[100 + n] ?? {}, { email })
    const send = async (dryRun: boolean) => {
      const json = { dryRun, invitations }
      const answer = await world.fetch('/api/invitations/batch', { method: 'POST', as: 'ada', json })
      return (await answer.json()) as { data: { line: number; status: number }[]; meta: object }
    }
    const before = await everythingStored(world)

    const tried = await send(true)
    const after = await everythingStored(world)
    const done = await send(false)

    assert.deepEqual(after, before)
    assert.deepEqual(
      [tried.meta, done.meta],
      [true, false].map((dryRun) => ({ succeeded: count - 3, failed: 3, dryRun })),
    )
    const statuses = ({ data }: typeof done) => data.map(({ line, status }) => `${line} ${status}`)
    assert.deepEqual(statuses(tried), statuses(done))
    assert.deepEqual(
      statuses(done).filter((line) => !line.endsWith('201')),
      ['101 409', '102 409', '103 400'],
    )
    assert.equal((await outbox(world)).length, count - 3)
    assert.deepEqual((await listed(world, 'state=pending&limit=1')).total, count - 3)
  })
}

test('a call that is sent again under its key invites nobody twice, and is answered the same', async () => {
  await using world = await openWorld()
  const json = {
    invitations: [{ email: 'eve@example.com' }, { email: 'ada@example.com' }, { email: 'bob@example.com' }],
  }
  const send = async () => {
    const headers = { 'idempotency-key': 'one' }
    const batch = await world.fetch('/api/invitations/batch', { method: 'POST', as: 'ada', json, headers })
    const alone = { method: 'POST', as: 'ada', json: { email: 'carol@example.com' }, headers } as const
    const single = await world.fetch('/api/invitations', alone)
    return [batch.status, await batch.text(), single.status, await single.text(), single.headers.get('location')]
  }

  const first = await send()
  const second = await send()

  assert.deepEqual(second, first)
  assert.deepEqual((await outbox(world)).map(({ to }) => to).sort(), [
    'bob@example.com',
    'carol@example.com',
    'eve@example.com',
  ])
})

test('where registration is closed people come in by invitation, and nobody else', async () => {
  await using world = await openWorld({ settings: { REGISTRATION: 'off' } })
  const asked = { email: 'eve@example.com', password: goodPassword, firstName: 'Eve', lastName: 'E' }
  const register = () => world.fetch('/api/auth/register', { method: 'POST', json: asked })

  assert.equal((await register()).status, 403)
  await invite(world, { email: asked.email })
  assert.equal((await register()).status, 403)
  assert.equal((await accept(world, await mailedToken(world, asked.email, 'invitation'))).status, 200)
  assert.equal((await logIn(world, asked.email)).status, 200)
})

test('whoever is demoted in the middle of a batch invites nobody more', async () => {
  await using world = await openWorld()
  const json = { invitations: Array.from({ length: 300 }, (_, n) => ({ email: `p${n}@example.com` })) }
  const making = {
    email: 'second@example.com',
    firstName: 'S',
    lastName: 'A',
    password: goodPassword,
    role: 'admin',
    status: 'active',
  }
  await world.fetch('/api/users', { method: 'POST', as: 'ada', json: making })
  const { data } = (await (await logIn(world, making.email)).json()) as { data: { accessToken: string } }

  const [answer] = await Promise.all([
    world.fetch('/api/invitations/batch', {
      method: 'POST',
      json,
      headers: { authorization: `Bearer ${data.accessToken}` },
    }),
    world.fetch(`/api/users/${(await userOf(world, making.email))?.id}`, {
      method: 'PUT',
      as: 'ada',
      json: { role: 'user' },
    }),
  ])

  const { data: lines } = (await answer.json()) as { data?: { status: number }[] }
  const statuses = lines?.map(({ status }) => status) ?? []
  const until = statuses.indexOf(403)
  assert.ok(answer.status === 403 || until >= 0, 'the demotion came in time')
  assert.equal(statuses.lastIndexOf(201), until < 0 ? -1 : until - 1)
  assert.equal((await listed(world, 'limit=1')).total, statuses.filter((status) => status === 201).length)
})

test('a batch counts as many operations as it has lines, in either form and when it is only tried out', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_BATCH_OPERATIONS: '10' } })
  const csv = (lines: number) =>
    world.fetch('/api/invitations/batch?dryRun=true', {
      method: 'POST',
      as: 'ada',
      headers: { 'content-type': 'text/csv' },
      body: `email\n${'p@example.com\n'.repeat(lines)}`,
    })
  const json = (lines: number) =>
    world.fetch('/api/invitations/batch', {
      method: 'POST',
      as: 'ada',
      json: { dryRun: true, invitations: Array.from({ length: lines }, () => ({ email: 'p@example.com' })) },
    })

  assert.deepEqual(
    [(await csv(4)).status, (await json(4)).status, (await csv(3)).status, (await json(2)).status],
    [200, 200, 429, 200],
  )
  assert.equal((await json(1)).status, 429)
})

test('a batch is refused whole that is too large, has too many lines, or no columns to go by', async () => {
  await using world = await openWorld()
  const send = (type: string, body: string) =>
    world.fetch('/api/invitations/batch', { method: 'POST', as: 'ada', body, headers: { 'content-type': type } })
  const entries = Array.from({ length: 1001 }, (_, n) => ({ email: `p${n}@example.com` }))

  for (const [type, body, status, told] of [
    ['text/csv', `email\n${'p@example.com\n'.repeat(1001)}`, 400, 'Invitations must have at most 1000 items'],
    ['application/json', JSON.stringify({ invitations: entries }), 400, 'Invitations must have at most 1000 items'],
    ['text/csv', 'x'.repeat(10 * 1024 * 1024), 413, 'BODY_TOO_LARGE'],
    ['text/csv', 'email,email\na@b.c,d@e.f', 400, 'Email must be given once'],
    ['text/csv', 'role\nuser', 400, 'Email is required'],
    ['text/csv', 'email,password\na@b.c,x', 400, 'Column must be one of'],
    ['text/csv', '__proto__,email\nx,a@b.c', 400, 'Column must be one of'],
    ['text/csv', '', 400, 'Body must be of type object'],
    ['text/csv', '\n', 400, 'must begin with a line that names its columns'],
  ] as const) {
    const answer = await send(type, body)
    const text = await answer.text()
    assert.deepEqual([answer.status, text.includes(told)], [status, true], `${body.slice(0, 40)}: ${text}`)
  }
  assert.equal((await listed(world, '')).total, 0)
})
