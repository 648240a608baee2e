import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast, startedAtMs } from '../../test/cast.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { type Actor, nowhere, type SignedIn, system } from '../core/actor.ts'
import type { ApiTokenId } from '../core/api-tokens/api-token.ts'
import type { PasswordRule } from '../core/credentials/password-rule.ts'
import { setPassword } from '../core/credentials/set-password.ts'
import { form } from '../core/form.ts'
import type { Role } from '../core/permissions.ts'
import type { Core } from '../core/ports.ts'
import type { SessionId } from '../core/sessions/session.ts'
import { signOut } from '../core/sessions/sign-out.ts'
import { nobody, type UserId } from '../core/users/user.ts'

const { ada, grace, linus } = cast
const rule: PasswordRule = { lengthMin: 10, fourKinds: false, uncommon: false, impersonal: false }
const sessionOf = (place: number) => `01900000-0000-7000-8000-00000000f00${place}` as SessionId
const admin: Actor = actor(ada.user.id, 'admin', { kind: 'session', sessionId: sessionOf(1) })

function actor(id: UserId, role: Role, means: SignedIn['means']): SignedIn {
  return { kind: 'user', id, role, means, origin: nowhere }
}

/** The code of the refusal, or `ok`. */
async function verdict(core: Core, by: Actor, id: string, newPassword: string) {
  const outcome = await setPassword(core, by, id, form({ newPassword }, []), { rule, same: 'is refused' })
  return outcome.ok ? 'ok' : outcome.refusal.code
}

async function openSession(core: Core, userId: UserId, place: number): Promise<SessionId> {
  const id = sessionOf(place)
  const verifiedHash = (await core.directory.credentials.passwordHash(userId)) ?? ''
  const times = { createdAtMs: startedAtMs, lastUsedAtMs: startedAtMs, expiresAtMs: startedAtMs + 60_000 }
  const session = { id, userId, ...times, endedAtMs: null, origin: nowhere }
  const opened = await core.commit('sign-in', {
    actor: system,
    session,
    refreshTokenDigest: `token ${place}`,
    verifiedHash,
  })
  assert.ok(opened.ok)
  return id
}

async function stands(core: Core, userId: UserId, id: SessionId): Promise<boolean> {
  return (await core.directory.standing(userId, id))?.stands === true
}

async function knows(core: Core, userId: UserId, password: string): Promise<boolean> {
  const verified = await core.passwords.verify(await core.directory.credentials.passwordHash(userId), password)
  return verified.ok && verified.value
}

for (const engine of engines) {
  test(`${engine}: a password that an admin sets ends all sessions of the user, and nobody else's`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    await openSession(core, ada.user.id, 1)
    const [phone, desk] = [await openSession(core, grace.user.id, 2), await openSession(core, grace.user.id, 3)]
    assert.ok((await stands(core, grace.user.id, phone)) && (await stands(core, grace.user.id, desk)))

    assert.equal(await verdict(core, admin, grace.user.id.toUpperCase(), 'another-one'), 'ok')

    for (const session of [phone, desk]) assert.equal(await stands(core, grace.user.id, session), false)
    assert.equal(await stands(core, ada.user.id, sessionOf(1)), true)
    const refreshed = await core.commit('refresh-session', { digest: 'token 2', nextDigest: 'next', origin: nowhere })
    assert.deepEqual(refreshed, { ok: false, refusal: { code: 'session_over', because: 'over' } })
    assert.equal(await knows(core, grace.user.id, 'another-one'), true)
    assert.equal(await knows(core, grace.user.id, grace.password), false)
    const question = { userId: grace.user.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 10 }
    const { entries } = await core.directory.activity.page({ ...question, type: 'password_reset' })
    assert.deepEqual(
      entries.map(({ detail }) => detail.actor),
      [ada.user.id],
    )
  })

  test(`${engine}: the password that a user has already is no other, and nothing happens`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const session = await openSession(core, grace.user.id, 2)
    const before = await core.directory.credentials.passwordHash(grace.user.id)

    assert.equal(await verdict(core, admin, grace.user.id, grace.password), 'password_unchanged')

    assert.equal(await stands(core, grace.user.id, session), true)
    assert.equal(await core.directory.credentials.passwordHash(grace.user.id), before)
  })

  test(`${engine}: somebody deleted meanwhile is not found, and gets no password`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const { id } = linus.user
    await core.commit('delete-user', { actor: system, id, versions: null, finality: 'restorable' })

    const late = await core.commit('set-password', { actor: system, id, passwordHash: 'late' })

    assert.deepEqual(late, { ok: false, refusal: { code: 'user_not_found', wanted: id } })
    await core.commit('restore-user', { actor: system, id, retentionMs: 1000 })
    assert.equal(await knows(core, id, linus.password), true)
  })

  test(`${engine}: whoever signs out everywhere ends all sessions of their own, and nobody else's`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const [one, two, other] = [
      await openSession(core, grace.user.id, 1),
      await openSession(core, grace.user.id, 2),
      await openSession(core, linus.user.id, 3),
    ]
    const caller = actor(grace.user.id, 'user', { kind: 'session', sessionId: one })

    assert.ok((await signOut(core, caller, 'all_sessions')).ok)

    assert.equal(await stands(core, grace.user.id, one), false)
    assert.equal(await stands(core, grace.user.id, two), false)
    assert.equal(await stands(core, linus.user.id, other), true)
  })

  test(`${engine}: whoever signs out here stays signed in elsewhere`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const [one, two] = [await openSession(core, grace.user.id, 1), await openSession(core, grace.user.id, 2)]

    assert.ok((await signOut(core, actor(grace.user.id, 'user', { kind: 'session', sessionId: one }))).ok)

    assert.equal(await stands(core, grace.user.id, one), false)
    assert.equal(await stands(core, grace.user.id, two), true)
  })
}

test('only an admin in a session of their own sets a password, and no other is told what is wrong with it', async () => {
  await using world = await openStoreWorld('sqlite')
  const { core } = world
  const { id } = ada.user
  const sessionId = sessionOf(1)

  for (const [by, told] of [
    [actor(grace.user.id, 'user', { kind: 'session', sessionId }), 'not_allowed'],
    [actor(linus.user.id, 'viewer', { kind: 'session', sessionId }), 'not_allowed'],
    [{ kind: 'stranger', origin: nowhere }, 'not_allowed'],
    [
      actor(id, 'admin', { kind: 'api_token', tokenId: 't' as ApiTokenId, permissions: ['users:roles'] }),
      'not_in_person',
    ],
    [actor(id, 'admin', { kind: 'impersonation', by: grace.user.id, sessionId }), 'not_in_person'],
  ] as const) {
    for (const [whom, password] of [
      [grace.user.id, 'another-one'],
      [grace.user.id, 'x'],
      [nobody, 'another-one'],
    ] as const) {
      assert.equal(await verdict(core, by, whom, password), told)
    }
  }
  assert.equal(await knows(core, grace.user.id, grace.password), true)
})

test('what is wrong with a password is told before nobody is found, and nothing is hashed by then', async () => {
  await using world = await openStoreWorld('sqlite')
  let hashed = 0
  const passwords = {
    ...world.core.passwords,
    hash: (password: string) => {
      hashed += 1
      return world.core.passwords.hash(password)
    },
    verify: (hash: string | null, password: string) => {
      hashed += 1
      return world.core.passwords.verify(hash, password)
    },
  }
  const core = { ...world.core, passwords }

  for (const [whom, password, code] of [
    [grace.user.id, 'short', 'invalid'],
    [grace.user.id, 'x'.repeat(257), 'invalid'],
    [nobody, 'short', 'invalid'],
    ['no-id', 'another-one', 'invalid'],
    [nobody, 'another-one', 'user_not_found'],
  ] as const) {
    assert.equal(await verdict(core, admin, whom, password), code, `${whom} ${password}`)
  }
  const missing = await setPassword(core, admin, grace.user.id, form({}, []), { rule, same: 'is refused' })
  assert.deepEqual(missing, {
    ok: false,
    refusal: { code: 'invalid', faults: [{ field: 'newPassword', flaw: 'missing' }] },
  })
  assert.equal(hashed, 0)
})
