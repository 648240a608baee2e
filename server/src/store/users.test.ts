import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast, person, startedAtMs } from '../../test/cast.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { type Actor, nowhere, type SignedIn, system } from '../core/actor.ts'
import type { ApiToken, ApiTokenId } from '../core/api-tokens/api-token.ts'
import { limits } from '../core/limits.ts'
import type { Role } from '../core/permissions.ts'
import type { Core } from '../core/ports.ts'
import { inPerson } from '../core/sessions/in-person.ts'
import type { SessionId } from '../core/sessions/session.ts'
import { everyUser, NoLongerAllowed } from '../core/users/every-user.ts'
import type { UserId } from '../core/users/user.ts'

const { ada, grace, linus } = cast
const creation = (facts: Parameters<typeof person>[0]) => ({ actor: system, user: person(facts), passwordHash: null })
const deletion = (id: UserId) => ({ actor: system, id, versions: null, finality: 'final' }) as const

async function administer(core: Core, id: UserId, administers: boolean) {
  const changed = await core.commit('update-user', { actor: system, id, changes: { administers }, versions: null })
  return changed.ok ? `${changed.value.role} ${changed.value.version}` : changed.refusal.code
}

for (const engine of engines) {
  test(`${engine}: who administers or not is all that two kinds of people say: a viewer stays one`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    assert.equal(await administer(core, linus.user.id, false), 'viewer 1')
    assert.equal(await administer(core, grace.user.id, false), 'user 1')
    assert.equal(await administer(core, ada.user.id, true), 'admin 1')
    assert.equal(await administer(core, ada.user.id, false), 'last_admin')
    assert.equal(await administer(core, linus.user.id, true), 'admin 2')
    assert.equal(await administer(core, ada.user.id, false), 'user 2')
    assert.equal(await administer(core, linus.user.id, false), 'last_admin')
    assert.equal(await core.directory.users.activeAdmins(), 1)
  })

  test(`${engine}: an address was held before by whoever is deleted, ignoring case, and by nobody else`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const { users } = core.directory
    const held = (address: string) => Promise.resolve(users.wasHeldBefore(address))
    const gone = creation({ place: 10, email: 'Gone@Exämple.com' })
    const nameless = creation({ place: 11, email: null, username: 'nameless' })
    for (const made of [gone, nameless]) assert.ok((await core.commit('create-user', made)).ok)
    assert.equal(await held('gone@exämple.com'), false)

    for (const { user } of [gone, nameless]) assert.ok((await core.commit('delete-user', deletion(user.id))).ok)

    assert.deepEqual(await Promise.all(['gone@exämple.com', 'GONE@EXÄMPLE.COM', 'gone@exa\u0308mple.com'].map(held)), [
      true,
      true,
      true,
    ])
    for (const other of ['gone@example.com', 'gone@exämple.co', 'one@exämple.com', 'nameless', '', 'ada@example.com']) {
      assert.equal(await held(other), false, other)
    }
    assert.ok((await core.commit('create-user', creation({ place: 12, email: 'gone@exämple.com' }))).ok)
    assert.equal(await held('gone@exämple.com'), true, 'whoever has it by now')
  })

  test(`${engine}: of long addresses that begin alike only the one that was held was`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const { users } = core.directory
    const address = (end: string) => `${'x'.repeat(60)}@${'y'.repeat(60)}.${end}`
    for (const [place, end] of [
      [20, 'one'],
      [21, 'two'],
      [22, 'three'],
    ] as const) {
      const made = creation({ place, email: address(end) })
      assert.ok((await core.commit('create-user', made)).ok)
      if (end !== 'three') assert.ok((await core.commit('delete-user', deletion(made.user.id))).ok)
    }

    assert.equal(await users.wasHeldBefore(address('ONE')), true)
    assert.equal(await users.wasHeldBefore(address('two')), true)
    for (const end of ['three', 'four', 'on', '']) assert.equal(await users.wasHeldBefore(address(end)), false, end)
  })

  test(`${engine}: everybody is read once in order of creation, as long as the reader may`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const people = Array.from({ length: 2 * limits.usersStreamedAtOnce }, (_, n) => ({
      user: person({ place: 100 + n }),
      passwordHash: null,
    }))
    assert.ok((await core.commit('add-people', { actor: system, people, onlyIfEmpty: false })).ok)
    const chief = creation({ place: 9000, role: 'admin' })
    await core.commit('create-user', chief)
    await core.commit('delete-user', deletion(person({ place: 100 }).id))
    const sessionId = await openSession(core, chief.user.id)
    const reader = by(chief.user.id, 'admin', { kind: 'session', sessionId })
    const tokenId = await makeToken(core, reader)
    const byToken = by(chief.user.id, 'admin', { kind: 'api_token', tokenId, permissions: ['users:list'] })

    const { numbers, stretches } = await readAll(core, reader, () => {})
    assert.deepEqual(
      numbers,
      numbers.toSorted((one, other) => one - other),
    )
    assert.equal(new Set(numbers).size, people.length + 3)
    assert.equal(stretches, 3)

    const status = (to: 'active' | 'inactive') =>
      core.commit('set-user-status', { actor: system, id: chief.user.id, status: to })
    for (const [who, lose, regain] of [
      [reader, () => administer(core, chief.user.id, false), () => administer(core, chief.user.id, true)],
      [byToken, () => administer(core, chief.user.id, false), () => administer(core, chief.user.id, true)],
      [byToken, () => status('inactive'), () => status('active')],
      [reader, () => core.commit('end-session', { actor: reader, sessionId }), () => {}],
    ] as const) {
      await assert.rejects(readAll(core, who, lose), NoLongerAllowed)
      await regain()
    }
  })
}

test('whoever may not list people reads nobody', async () => {
  await using world = await openStoreWorld('sqlite')
  const stranger: Actor = { kind: 'stranger', origin: nowhere }
  const sessionId = 'none' as SessionId

  for (const actor of [stranger, by(grace.user.id, 'user', { kind: 'session', sessionId })]) {
    assert.deepEqual(everyUser(world.core, actor), {
      ok: false,
      refusal: { code: 'not_allowed', needs: 'users:list' },
    })
  }
})

function by(id: UserId, role: Role, means: SignedIn['means']): SignedIn {
  return { kind: 'user', id, role, means, origin: nowhere }
}

/** What happens `between` happens after the first stretch. */
async function readAll(core: Core, actor: Actor, between: () => unknown) {
  const everybody = everyUser(core, actor)
  assert.ok(everybody.ok)
  const numbers: number[] = []
  let stretches = 0
  for await (const users of everybody.value) {
    numbers.push(...users.map(({ number }) => number))
    if (stretches === 0) await between()
    stretches += 1
  }
  return { numbers, stretches }
}

async function openSession(core: Core, userId: UserId): Promise<SessionId> {
  const id = '01900000-0000-7000-8000-00000000f001' as SessionId
  await core.commit('set-password', { actor: system, id: userId, passwordHash: 'kept' })
  const times = { createdAtMs: startedAtMs, lastUsedAtMs: startedAtMs, expiresAtMs: startedAtMs + 60_000 }
  const session = { id, userId, ...times, endedAtMs: null, origin: nowhere }
  const opened = await core.commit('sign-in', { actor: system, session, refreshTokenDigest: 'r', verifiedHash: 'kept' })
  assert.ok(opened.ok)
  return id
}

async function makeToken(core: Core, actor: SignedIn): Promise<ApiTokenId> {
  const maker = inPerson(actor)
  assert.ok(maker !== null)
  const made: ApiToken = {
    id: '01900000-0000-7000-8000-00000000f002' as ApiTokenId,
    userId: actor.id,
    name: 'a script',
    permissions: ['users:list'],
    createdAtMs: startedAtMs,
    expiresAtMs: startedAtMs + 60_000,
    lastUsedAtMs: null,
  }
  assert.ok((await core.commit('make-api-token', { maker, made, digest: 'd' })).ok)
  return made.id
}
