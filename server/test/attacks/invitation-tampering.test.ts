import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../../src/core/actor.ts'
import { form } from '../../src/core/form.ts'
import { draftInvitation, type InvitationValues } from '../../src/core/invitations/invite.ts'
import type { Link, LinkId } from '../../src/core/links/link.ts'
import { apiTokenOf } from '../api-tokens.ts'
import { cast, person } from '../cast.ts'
import { accept, ask, askToInvite, goodPassword, historyOf, invite, revoke, stateOf } from '../invited.ts'
import { mailedToken, outbox } from '../outbox.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { everythingSaid, logIn } from './doors.ts'
import { everythingStored } from './stored.ts'

const strangers = { password: 'Stranger-Danger-66!', firstName: 'Buy', lastName: 'Cheaply' }

const tokenFor = (world: World, email: string) => mailedToken(world, email, 'invitation')
const post = (world: World, path: string, json: object) => world.fetch(`/api/auth/${path}`, { method: 'POST', json })
const register = (world: World, email: string) => post(world, 'register', { ...strangers, email })

for (const engine of engines) {
  test(`${engine}: an invitation that cannot be accepted is told the same, whatever is wrong with it, and leaves no trace`, async () => {
    await using world = await openWorld({ engine })
    const over: Record<string, string> = {}
    const invited: Record<string, Awaited<ReturnType<typeof invite>>> = {}
    for (const name of ['revoked', 'accepted', 'deleted', 'barred', 'activated', 'renamed', 'standing']) {
      invited[name] = await invite(world, { email: `${name}@example.com` })
      over[name] = await tokenFor(world, `${name}@example.com`)
    }
    over.expired = await inviteForASecond(world, 'expired@example.com')
    const { standing = '', ...ended } = over
    const userOf = (name: string) => `/api/users/${invited[name]?.userId}`
    world.tick(1000)
    await revoke(world, invited.revoked?.id ?? '')
    await accept(world, ended.accepted ?? '')
    await ask(world, 'DELETE', userOf('deleted'))
    await ask(world, 'POST', `${userOf('deleted')}/restore`)
    await ask(world, 'PUT', userOf('barred'), { status: 'inactive' })
    await ask(world, 'PUT', userOf('activated'), { status: 'active' })
    await ask(world, 'PUT', userOf('renamed'), { email: 'other@example.com' })

    const said = new Set<string>()
    const before = await everythingStored(world)
    for (const token of [...Object.values(ended), ...tampered(world, standing)]) {
      for (const more of [{}, { password: 'weak' }, { role: 'admin', firstName: '' }, { password: undefined }]) {
        said.add(await everythingSaid(await accept(world, token, more)))
      }
    }

    assert.equal(said.size, 1, [...said].join('\n\n'))
    assert.match([...said][0] ?? '', /^400\n[\s\S]*"code":"INVALID_TOKEN"/)
    assert.deepEqual(await everythingStored(world), before)
    assert.equal((await accept(world, standing)).status, 200)
  })

  test(`${engine}: nobody who asked for an account in somebody's name has anything of it once that person has accepted`, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '1000' } })
    const victims = ['before@example.com', 'after@example.com', 'meanwhile@example.com'] as const
    const [before, after, meanwhile] = victims
    await register(world, before)
    for (const email of victims) await askToInvite(world, { email: email.toUpperCase(), role: 'admin' })
    await register(world, after)
    const holder = await world.core.directory.users.byClaim('email', meanwhile)
    await world.core.commit('set-password', {
      actor: system,
      id: holder?.id ?? cast.grace.user.id,
      passwordHash: (await hashOf(world, strangers.password)) ?? '',
    })

    for (const email of victims) {
      const asStranger = () => logIn(world, { email, password: strangers.password })
      if (email !== meanwhile) assert.equal((await asStranger()).status, 401, `${email}: while it waits`)
      const posted = (await outbox(world)).filter(({ to, kind }) => to.toLowerCase() === email && kind === 'invitation')
      assert.deepEqual(
        posted.map(({ name }) => name),
        [null],
        'no words of a stranger are mailed',
      )
      assert.equal((await accept(world, posted[0]?.token ?? '', { firstName: 'Victim' })).status, 200)
      assert.equal((await asStranger()).status, 401, email)
      assert.equal((await logIn(world, { email, password: goodPassword })).status, 200, email)
      for (const { token, kind, to } of await outbox(world)) {
        if (to.toLowerCase() !== email || token === null || kind === 'invitation') continue
        const json = { token, password: strangers.password }
        const path = '/api/auth/verify-email'
        assert.ok((await world.fetch(path, { method: 'POST', json })).status >= 400, `${kind} is void`)
      }
    }
    const user = await world.core.directory.users.byClaim('email', before)
    assert.deepEqual([user?.role, user?.firstName, user?.status], ['admin', 'Victim', 'active'])
  })

  test(`${engine}: whoever comes in by an invitation that was revoked or has expired is who anybody may be that registers`, async () => {
    await using world = await openWorld({ engine })
    const [revoked, forgetful, late] = ['revoked@example.com', 'forgetful@example.com', 'late@example.com'] as const
    await register(world, revoked)
    await revoke(world, (await invite(world, { email: revoked, role: 'admin' })).id)
    for (const email of [forgetful, late]) await invite(world, { email, role: 'admin', expiresInDays: 1 })
    world.tick(24 * 3600 * 1000)

    for (const email of [revoked, forgetful]) await post(world, 'forgot-password', { email })
    await register(world, late)
    for (const [email, kind, path] of [
      [revoked, 'reset_password', 'reset-password'],
      [forgetful, 'reset_password', 'reset-password'],
      [late, 'verify_email', 'verify-email'],
    ] as const) {
      const token = await mailedToken(world, email, kind)
      assert.equal((await post(world, path, { token, password: goodPassword })).status, 200, email)
      const user = await world.core.directory.users.byClaim('email', email)
      assert.deepEqual([user?.status, user?.role], ['active', 'user'], email)
      assert.ok((await historyOf(world, user?.id ?? cast.ada.user.id)).includes('role_changed'), email)
    }
  })

  test(`${engine}: an address is invited once, however it is spelled, and written to as it is kept`, async () => {
    await using world = await openWorld({ engine })
    for (const [kept, ...spellings] of [
      ['Stra\u00dfe@example.com', 'STRASSE@example.com', 'stra\u1e9ee@EXAMPLE.com', ' stra\u00dfe@example.com '],
      ['jos\u00e9@example.com', 'jose\u0301@example.com', 'JOSE\u0301@Example.Com'],
      ['kelvin@example.com', '\u212aelvin@example.com', 'KELVIN@example.com'],
      ['me\u017f\u017fage@example.com', 'message@example.com'],
    ] as [string, ...string[]][]) {
      assert.equal((await askToInvite(world, { email: kept })).status, 201, kept)
      for (const email of spellings)
        assert.equal((await askToInvite(world, { email })).status, 409, JSON.stringify(email))
      assert.ok((await outbox(world)).at(-1)?.to === kept)
    }
    assert.equal((await askToInvite(world, { email: 'm\u0131ke@example.com' })).status, 201)
    assert.equal((await askToInvite(world, { email: 'mike@example.com' })).status, 201, 'a dotless i is another letter')
    const count = (await outbox(world)).length
    for (const email of [
      ...[
        'ada\uff20example.com',
        'eve@example.com.',
        'eve@exa\0mple.com',
        '\u202eeve@example.com',
        'eve@example.com\r\nbcc: x@y.z',
      ],
      ...[
        'eve@',
        '@example.com',
        'eve',
        '',
        ' ',
        'eve@example.com,bob@example.com',
        '<eve@example.com>',
        'e'.repeat(300),
      ],
    ]) {
      assert.equal((await askToInvite(world, { email })).status, 400, JSON.stringify(email))
    }
    assert.equal((await outbox(world)).length, count)
  })
}

test('what stands in the body of an acceptance changes nothing but names and password, and a refused one spends nothing', async () => {
  await using world = await openWorld()
  const { id, userId } = await invite(world, { email: 'eve@example.com', role: 'viewer' })
  const token = await tokenFor(world, 'eve@example.com')
  const before = await everythingStored(world)

  for (const extra of [
    ...['"role":"admin"', '"email":"eve@evil.example"', '"status":"active"', '"userId":"x"', '"invitationId":"x"'],
    ...[
      '"emailVerified":true',
      '"__proto__":{"role":"admin"}',
      '"permissions":["users:roles"]',
      '"organizationId":"x"',
    ],
    ...['"token":["x"]', '"token":null', '"firstName":7', '"username":"eve"'],
  ]) {
    const body = `{"token":"${token}","password":"${goodPassword}",${extra}}`
    const headers = { 'content-type': 'application/json' }
    const answer = await world.fetch('/api/auth/accept-invitation', { method: 'POST', body, headers })
    assert.equal(answer.status, 400, extra)
  }
  for (const [method, path] of [
    ['GET', `/api/auth/accept-invitation?token=${token}`],
    ['HEAD', `/api/auth/accept-invitation?token=${token}`],
    ['POST', `/api/auth/accept-invitation?token=${token}`],
  ] as const) {
    assert.ok((await world.fetch(path, { method })).status >= 400, method)
  }

  assert.deepEqual(await everythingStored(world), before)
  assert.equal(await stateOf(world, id), 'pending')
  assert.equal((await accept(world, token)).status, 200)
  const eve = await world.core.directory.users.byId(userId)
  assert.deepEqual([eve?.role, eve?.email, eve?.version], ['viewer', 'eve@example.com', 2])
  assert.deepEqual(await historyOf(world, userId), [
    ...['created', 'invited', 'invitation_accepted', 'email_verified', 'status_changed'],
  ])
})

test('who may invite and no more gives nobody a role, neither alone nor among many, and changes nobody who is there', async () => {
  await using world = await openWorld()
  const pat = person({ place: 9, email: 'pat@example.com', role: 'admin', status: 'pending' })
  await world.core.commit('create-user', { actor: system, user: pat, passwordHash: null })
  const { token } = await apiTokenOf(world, 'ada', ['invitations:manage'])
  const send = (path: string, json: object) =>
    world.fetch(path, { method: 'POST', json, headers: { authorization: `Bearer ${token}` } })

  assert.equal((await send('/api/invitations', { email: 'user@example.com', role: 'user' })).status, 201)
  for (const role of ['admin', 'viewer']) {
    assert.equal((await send('/api/invitations', { email: `${role}@example.com`, role })).status, 403, role)
  }
  const invitations = [{ email: 'a@example.com', role: 'admin' }, { email: 'b@example.com' }]
  const batch = await send('/api/invitations/batch', { invitations })
  const { data } = (await batch.json()) as { data: { status: number }[] }
  assert.deepEqual(
    data.map(({ status }) => status),
    [403, 201],
  )
  const posted = (await outbox(world)).filter(({ kind }) => kind === 'invitation').map(({ to }) => to)
  assert.deepEqual(posted, ['user@example.com', 'b@example.com'])

  const again = await send('/api/invitations', { email: 'pat@example.com', role: 'user', firstName: 'Other' })
  assert.equal(again.status, 201)
  const { role, firstName, version } = (await world.core.directory.users.byId(pat.id)) ?? pat
  assert.deepEqual([role, firstName, version], ['admin', pat.firstName, 1])
})

/** A token that stands, altered in every way that one could hope for. */
function tampered({ core }: World, token: string): string[] {
  const bytes = Buffer.from(token, 'base64url')
  const flipped = [0, 7, 15, 16, 30, 47].map((at) => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy.toString('base64url')
  })
  const id = core.linkTokens.read('invitation', token) as LinkId
  const purposes: Link['purpose'][] = ['verify_email', 'change_email', 'reset_password']
  return [
    ...flipped,
    ...purposes.map((purpose) => core.linkTokens.token(purpose, id)),
    ...[
      '',
      ' ',
      `${token} `,
      `${token}=`,
      `${token}A`,
      token.slice(0, -1),
      token.toUpperCase(),
      id,
      '\0',
      '\ud800',
      'x'.repeat(5000),
    ],
    core.linkTokens.token('invitation', cast.ada.user.id as string as LinkId),
  ]
}

async function hashOf({ core }: World, password: string): Promise<string | null> {
  const hashed = await core.passwords.hash(password)
  return hashed.ok ? hashed.value : null
}

async function inviteForASecond(world: World, email: string): Promise<string> {
  const draft = await draftInvitation(world.core, system, form<InvitationValues>({ email }))
  assert.ok(draft.ok)
  assert.ok((await world.core.commit('invite', { ...draft.value, lifetimeMs: 1000, inviter: null })).ok)
  return tokenFor(world, email)
}
