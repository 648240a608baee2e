import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast, person, startedAtMs } from '../../test/cast.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { nowhere, system } from '../core/actor.ts'
import type { CommitName } from '../core/commits.ts'
import type { Core, ListFilter, ListQuestion } from '../core/ports.ts'
import type { Changes } from '../core/users/changes.ts'
import { newestFirst, nobodyLeftOut } from '../core/users/list-users.ts'
import type { Email, UserId } from '../core/users/user.ts'

const everybody: ListQuestion = {
  filter: nobodyLeftOut,
  order: newestFirst,
  from: { offset: 0 },
  limit: 100,
  count: true,
}
const { ada, grace, linus } = cast

const deletion = (id: UserId, finality: 'restorable' | 'final' = 'restorable') =>
  ({ actor: system, id, versions: null, finality }) as const
const change = (id: UserId, changes: Changes) => ({ actor: system, id, changes, versions: null })
const creation = (facts: Parameters<typeof person>[0]) => ({ actor: system, user: person(facts), passwordHash: null })

/** The code of the refusal, or `ok`. */
async function verdict<Name extends CommitName>(
  core: Core,
  name: Name,
  input: Parameters<typeof core.commit<Name>>[1],
) {
  const outcome = await core.commit(name, input)
  return outcome.ok ? 'ok' : outcome.refusal.code
}

async function total(core: Core): Promise<number> {
  return (await core.directory.users.page(everybody)).total ?? 0
}

for (const engine of engines) {
  test(`${engine}: what is kept of a user is read back as it was`, async () => {
    await using world = await openStoreWorld(engine)
    const profile = { bio: 'Zeile 1\nZeile 2 “quoted” \u{1F642}', website: 'https://example.com' }
    const user = person({ place: 9, username: 'ünï', firstName: '李', lastName: 'Ó Dónaill', particulars: { profile } })

    const added = await world.core.commit('create-user', { actor: system, user, passwordHash: null })

    assert.ok(added.ok)
    assert.deepEqual(await world.core.directory.users.byId(user.id), { ...user, number: 4 })
    assert.deepEqual(await world.core.directory.users.byClaim('username', 'ÜNÏ'), { ...user, number: 4 })
    assert.equal(await world.core.directory.users.byClaim('username', 'uni'), null)
  })

  test(`${engine}: an e-mail and a username are claimed once, ignoring case, and nothing of the loser stays`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    assert.equal(await verdict(core, 'create-user', creation({ place: 10, email: 'GRACE@Example.com' })), 'email_taken')
    assert.equal(await verdict(core, 'create-user', creation({ place: 11, username: 'Straße' })), 'ok')
    const second = creation({ place: 12, email: 'fresh@example.com', username: 'STRASSE'.replace('SS', 'ß') })
    assert.equal(await verdict(core, 'create-user', second), 'username_taken')

    assert.equal(await core.directory.users.byClaim('email', 'fresh@example.com'), null)
    assert.equal(await core.directory.users.byId(second.user.id), null)
    assert.equal(await total(core), 4)
  })

  test(`${engine}: of fifty who claim one e-mail at once one gets it`, async () => {
    await using world = await openStoreWorld(engine)

    const verdicts = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        verdict(world.core, 'create-user', creation({ place: 100 + n, email: 'wanted@example.com' })),
      ),
    )

    assert.equal(verdicts.filter((code) => code === 'ok').length, 1)
    assert.equal(verdicts.filter((code) => code === 'email_taken').length, 49)
    assert.equal(await total(world.core), 4)
  })

  test(`${engine}: a deleted user gives up both names at once, and a restored one takes all back or none`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const first = creation({ place: 20, email: 'one@example.com', username: 'one' })
    await core.commit('create-user', first)
    const restoration = { actor: system, id: first.user.id, retentionMs: 1000 }

    assert.equal(await verdict(core, 'delete-user', deletion(first.user.id)), 'ok')
    assert.equal(await core.directory.users.byId(first.user.id), null)
    const second = creation({ place: 21, email: 'other@example.com', username: 'ONE' })
    assert.equal(await verdict(core, 'create-user', second), 'ok')
    const refused = await core.commit('restore-user', restoration)

    assert.deepEqual(refused, { ok: false, refusal: { code: 'not_restorable', because: 'username_taken' } })
    assert.equal(await core.directory.users.byClaim('email', 'one@example.com'), null, 'no claim of the refused stays')
    assert.equal(await verdict(core, 'delete-user', deletion(second.user.id, 'final')), 'ok')
    assert.equal(await verdict(core, 'restore-user', restoration), 'ok')
    assert.equal((await core.directory.users.byClaim('email', 'ONE@example.com'))?.id, first.user.id)
    const final = { actor: system, id: second.user.id, retentionMs: 1000 }
    assert.deepEqual(await core.commit('restore-user', final), {
      ok: false,
      refusal: { code: 'not_restorable', because: 'final' },
    })
  })

  test(`${engine}: numbers count up and are never given twice, not even after a deletion`, async () => {
    await using world = await openStoreWorld(engine)
    const last = await world.core.commit('create-user', creation({ place: 30 }))
    assert.ok(last.ok)
    await world.core.commit('delete-user', deletion(last.value.id, 'final'))

    const next = await world.core.commit('create-user', creation({ place: 31 }))

    assert.ok(next.ok && next.value.number > last.value.number)
  })

  test(`${engine}: totals stay exact through creation, change, deletion, restoration and folding`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    for (let place = 40; place < 60; place += 1) await core.commit('create-user', creation({ place }))
    const some = person({ place: 41 }).id
    await core.commit('fold-counts', {})
    await core.commit('delete-user', deletion(some))
    await core.commit('update-user', change(person({ place: 42 }).id, { role: 'viewer', status: 'inactive' }))
    assert.equal(await total(core), 22)

    await core.commit('fold-counts', {})
    await core.commit('restore-user', { actor: system, id: some, retentionMs: 1000 })

    assert.equal(await total(core), 23)
    assert.equal((await core.directory.users.page(everybody)).users.length, 23)
  })

  test(`${engine}: of two last admins who demote each other one stays`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const second = creation({ place: 70, role: 'admin' })
    await core.commit('create-user', second)

    const verdicts = await Promise.all([
      verdict(core, 'update-user', change(ada.user.id, { role: 'user' })),
      verdict(core, 'update-user', change(second.user.id, { role: 'viewer' })),
    ])

    assert.deepEqual(verdicts.sort(), ['last_admin', 'ok'])
    assert.equal(await core.directory.users.activeAdmins(), 1)
  })

  test(`${engine}: no door takes away the last active admin`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    for (const attempt of [
      () => verdict(core, 'update-user', change(ada.user.id, { role: 'user' })),
      () => verdict(core, 'update-user', change(ada.user.id, { status: 'inactive' })),
      () => verdict(core, 'set-user-status', { actor: system, id: ada.user.id, status: 'inactive' }),
      () => verdict(core, 'delete-user', deletion(ada.user.id)),
      () => verdict(core, 'delete-user', deletion(ada.user.id, 'final')),
    ]) {
      assert.equal(await attempt(), 'last_admin')
    }
    assert.equal(await core.directory.users.activeAdmins(), 1)
    assert.equal((await core.directory.users.byId(ada.user.id))?.version, 1)
  })

  test(`${engine}: of many updates founded on one version exactly one wins`, async () => {
    await using world = await openStoreWorld(engine)

    const verdicts = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        verdict(world.core, 'update-user', { ...change(grace.user.id, { lastName: `Hopper ${n}` }), versions: [1] }),
      ),
    )

    assert.equal(verdicts.filter((code) => code === 'ok').length, 1)
    assert.equal(verdicts.filter((code) => code === 'stale').length, 49)
    assert.equal((await world.core.directory.users.byId(grace.user.id))?.version, 2)
  })

  test(`${engine}: updates without a version that meet all take effect, one after the other`, async () => {
    await using world = await openStoreWorld(engine)
    const fields = ['bio', 'location', 'twitter', 'github'] as const

    const verdicts = await Promise.all(
      fields.map((field) => verdict(world.core, 'update-user', change(grace.user.id, { profile: { [field]: field } }))),
    )

    const user = await world.core.directory.users.byId(grace.user.id)
    assert.deepEqual(verdicts, ['ok', 'ok', 'ok', 'ok'])
    assert.deepEqual(Object.values(user?.particulars.profile ?? {}).sort(), [...fields].sort())
    assert.equal(user?.version, 5)
  })

  test(`${engine}: writing back what is there writes nothing`, async () => {
    await using world = await openStoreWorld(engine)
    const same = { firstName: 'Grace', role: 'user', status: 'active', email: grace.user.email as Email } as const

    const updated = await world.core.commit('update-user', change(grace.user.id, same))

    assert.ok(updated.ok)
    assert.equal(updated.value.version, 1)
    const question = { userId: grace.user.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 10 }
    const { entries } = await world.core.directory.activity.page(question)
    assert.deepEqual(
      entries.map(({ type }) => type),
      ['created'],
    )
  })

  test(`${engine}: a refresh token is spent once, and its reuse ends the session`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const session = {
      id: '01900000-0000-7000-8000-00000000f001' as never,
      userId: linus.user.id,
      createdAtMs: startedAtMs,
      lastUsedAtMs: startedAtMs,
      expiresAtMs: startedAtMs + 60_000,
      endedAtMs: null,
      origin: { ip: '192.0.2.7', userAgent: 'test' },
    }
    const verifiedHash = (await core.directory.credentials.passwordHash(linus.user.id)) ?? ''
    assert.equal(
      await verdict(core, 'sign-in', { actor: system, session, refreshTokenDigest: 'first', verifiedHash }),
      'ok',
    )
    assert.equal((await core.directory.standing(linus.user.id, session.id))?.stands, true)

    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        core.commit('refresh-session', { digest: 'first', nextDigest: `next ${n}`, origin: nowhere }),
      ),
    )

    const kinds = outcomes.map((outcome) => (outcome.ok ? outcome.value.kind : outcome.refusal.code))
    assert.equal(kinds.filter((kind) => kind === 'refreshed').length, 1)
    assert.equal(kinds.filter((kind) => kind === 'reused').length, 49)
    assert.equal((await core.directory.standing(linus.user.id, session.id))?.stands, false)
    const winner = kinds.indexOf('refreshed')
    const after = await core.commit('refresh-session', {
      digest: `next ${winner}`,
      nextDigest: 'last',
      origin: nowhere,
    })
    assert.equal(after.ok, false)
  })

  test(`${engine}: a sign-in changes no version and conflicts with nobody's edit`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const before = await core.directory.users.byId(grace.user.id)
    const verifiedHash = (await core.directory.credentials.passwordHash(grace.user.id)) ?? ''
    const session = {
      id: '01900000-0000-7000-8000-00000000f002' as never,
      userId: grace.user.id,
      createdAtMs: startedAtMs,
      lastUsedAtMs: startedAtMs,
      expiresAtMs: startedAtMs + 60_000,
      endedAtMs: null,
      origin: { ip: null, userAgent: null },
    }

    await core.commit('sign-in', { actor: system, session, refreshTokenDigest: 'a', verifiedHash })

    const after = await core.directory.users.byId(grace.user.id)
    assert.deepEqual(after, { ...before, lastLoginAtMs: startedAtMs })
  })

  test(`${engine}: pages walk everybody once, newest first and oldest first, and beyond the end there is nobody`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    for (let place = 200; place < 225; place += 1) {
      await core.commit('create-user', creation({ place, createdAtMs: startedAtMs + place }))
    }
    for (const order of [newestFirst, { by: 'number', direction: 'asc' } as const]) {
      const seen: number[] = []
      for (let offset = 0; offset < 40; offset += 7) {
        const { users } = await core.directory.users.page({ ...everybody, order, from: { offset }, limit: 7 })
        seen.push(...users.map((user) => user.number))
      }
      assert.equal(new Set(seen).size, 28)
      assert.equal(seen.length, 28)
      const sorted = seen.toSorted((a, b) => (order === newestFirst ? b - a : a - b))
      if (order !== newestFirst) assert.deepEqual(seen, sorted)
      else assert.deepEqual(seen.slice(0, 25), sorted.slice(0, 25))
    }
    const deep = await core.directory.users.page({ ...everybody, from: { offset: 5_000 } })
    assert.deepEqual(deep, { users: [], total: 28, totalIsExact: true, next: null })
  })

  test(`${engine}: a list is narrowed by role, by status and by words, which all must match`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const people: [string, string, string][] = [
      ['Zoë', 'O_Brien', 'zoe@example.com'],
      ['Straße', '100%', 's@example.org'],
      ['李', '小龍', 'bruce@example.net'],
    ]
    for (const [n, [firstName, lastName, email]] of people.entries()) {
      await core.commit('create-user', creation({ place: 300 + n, firstName, lastName, email, role: 'viewer' }))
    }
    const found = async (filter: Partial<ListFilter>) => {
      const { users, total } = await core.directory.users.page({
        ...everybody,
        filter: { ...nobodyLeftOut, ...filter },
      })
      assert.equal(users.length, total)
      return users.map(({ firstName }) => firstName).sort()
    }

    assert.deepEqual(await found({ role: 'admin' }), ['Ada'])
    assert.deepEqual(await found({ words: ['o_b'] }), ['Zoë'])
    assert.deepEqual(await found({ words: ['%'] }), ['Straße'])
    assert.deepEqual(await found({ words: ['小'] }), ['李'])
    assert.deepEqual(await found({ words: ['zoë', 'example.com'], role: 'viewer' }), ['Zoë'])
    assert.deepEqual(await found({ words: ['zoë', 'nobody'] }), [])
  })

  test(`${engine}: activity is listed by type and by a half-open range of time, newest first`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    await core.commit('update-user', change(grace.user.id, { role: 'viewer', firstName: 'G' }))
    await core.commit('set-user-status', { actor: system, id: grace.user.id, status: 'inactive' })
    const question = { userId: grace.user.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 10 }

    const all = await core.directory.activity.page(question)
    assert.equal(all.total, 4)
    assert.deepEqual(
      all.entries.map(({ type }) => type).sort(),
      ['created', 'role_changed', 'status_changed', 'updated'].sort(),
    )
    const one = await core.directory.activity.page({ ...question, type: 'role_changed' })
    assert.deepEqual(
      one.entries.map(({ detail }) => [detail.from, detail.to]),
      [['user', 'viewer']],
    )
    const before = await core.directory.activity.page({ ...question, toMs: startedAtMs })
    assert.deepEqual(
      before.entries.map(({ type, atMs }) => [type, atMs]),
      [['created', startedAtMs - 1]],
    )
    assert.equal((await core.directory.activity.page({ ...question, fromMs: startedAtMs })).total, 3)
    assert.equal((await core.directory.activity.page({ ...question, fromMs: startedAtMs, limit: 1 })).entries.length, 1)
  })
}
