import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../test/cast.ts'
import { vectors } from '../../test/foreign-hashes.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { nowhere, system } from '../core/actor.ts'
import { form } from '../core/form.ts'
import type { SessionId } from '../core/sessions/session.ts'
import { type ImportedUserValues, importUsers, type RefusedEntry, tryImport } from '../core/users/import-users.ts'
import { defaultPreferences } from '../core/users/user.ts'

const [[password, hash]] = vectors['passlib, SSHA']
const { ada, grace } = cast

const rosa: Partial<ImportedUserValues> = {
  email: 'rosa@example.org',
  username: 'rosa',
  firstName: 'Rosa',
  lastName: 'Parks',
  role: 'viewer',
  status: 'inactive',
  emailVerified: true,
  passwordHash: hash,
  avatar: 'https://example.org/rosa.png',
  redirectUri: 'https://example.org/back',
  profile: { bio: 'Zeile 1\nZeile 2', location: 'Montgomery', website: null },
  preferences: { theme: 'dark', notifications: { marketing: true } },
  attributes: { seat: { row: 5 } },
}

/** The code of each refusal, by the place of its entry. */
function codes(refused: readonly RefusedEntry[]): Record<number, string> {
  return Object.fromEntries(refused.map(({ place, refusal }) => [place, refusal.code]))
}

for (const engine of engines) {
  test(`${engine}: whoever is imported is kept as their entry says, active unless it says otherwise`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    const imported = await importUsers(core, system, [form(rosa), form({ username: 'anna' })])

    assert.deepEqual(imported, { ok: true, value: { added: 2, refused: [] } })
    const kept = await core.directory.users.byClaim('email', 'ROSA@example.org')
    assert.ok(kept)
    const { id: _, number, createdAtMs, updatedAtMs, ...facts } = kept
    assert.deepEqual(facts, {
      ...{ email: 'rosa@example.org', username: 'rosa', firstName: 'Rosa', lastName: 'Parks' },
      ...{ role: 'viewer', status: 'inactive', emailVerified: true },
      ...{ version: 1, lastLoginAtMs: null, deletion: null },
      particulars: {
        avatar: 'https://example.org/rosa.png',
        redirectUri: 'https://example.org/back',
        profile: { bio: 'Zeile 1\nZeile 2', location: 'Montgomery' },
        preferences: {
          ...defaultPreferences,
          theme: 'dark',
          notifications: { ...defaultPreferences.notifications, marketing: true },
        },
        attributes: { seat: { row: 5 } },
      },
    })
    assert.equal(await core.directory.credentials.passwordHash(kept.id), hash)
    const verified = await core.passwords.verify(hash, password)
    assert.ok(verified.ok && verified.value)
    const anna = await core.directory.users.byClaim('username', 'anna')
    assert.deepEqual([anna?.status, anna?.role, anna?.emailVerified], ['active', 'user', false])
    assert.equal(await core.directory.credentials.passwordHash(anna?.id ?? kept.id), null)
  })

  test(`${engine}: whoever cannot be imported is left out, and everybody else is not`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const entries = [
      { email: 'one@example.org' },
      { email: 'GRACE@example.com', username: 'free' },
      { email: 'ONE@example.org' },
      { email: 'two@example.org', passwordHash: '$2b$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy' },
      { email: 'free@example.org', username: 'free' },
      { email: 'three@example.org', username: 'FREE' },
      { firstName: 'Nobody' },
      { email: 'four@example.org', attributes: { a: '\0' }, role: 'boss' },
    ].map((values) => form<ImportedUserValues>(values))
    const before = codes(
      await tryImport(core, system, entries, new Set()).then((tried) => (tried.ok ? tried.value.refused : [])),
    )
    assert.equal(await core.directory.users.byClaim('email', 'one@example.org'), null, 'trying adds nobody')

    const imported = await importUsers(core, system, entries)

    assert.ok(imported.ok)
    assert.equal(imported.value.added, 2)
    assert.deepEqual(codes(imported.value.refused), {
      ...{ 1: 'email_taken', 2: 'email_taken', 3: 'invalid', 5: 'username_taken', 6: 'invalid', 7: 'invalid' },
    })
    assert.deepEqual(before, codes(imported.value.refused))
    assert.equal((await core.directory.users.byClaim('username', 'free'))?.email, 'free@example.org')
  })

  test(`${engine}: whose name is taken at the last moment is left out, and everybody else is not`, async () => {
    await using world = await openStoreWorld(engine)
    const users = { ...world.core.directory.users, heldAmong: async () => [] }
    const core = { ...world.core, directory: { ...world.core.directory, users } }
    const entries = ['one', 'grace', 'two', 'ada'].map((name) => form({ email: `${name}@example.com` }))

    const imported = await importUsers(core, system, entries)

    assert.ok(imported.ok)
    assert.equal(imported.value.added, 2)
    assert.deepEqual(codes(imported.value.refused), { 1: 'email_taken', 3: 'email_taken' })
    assert.equal((await core.directory.users.byClaim('email', 'grace@example.com'))?.id, grace.user.id)
  })
}

test('an admin imports nobody: whoever chooses a hash knows the password', async () => {
  await using world = await openStoreWorld('sqlite')
  const means = { kind: 'session', sessionId: ada.user.id as string as SessionId } as const
  const admin = { kind: 'user', id: ada.user.id, role: 'admin', means, origin: nowhere } as const

  const imported = await importUsers(world.core, admin, [form(rosa)])

  assert.deepEqual(imported, { ok: false, refusal: { code: 'not_allowed', needs: 'users:roles' } })
  assert.equal(await world.core.directory.users.byClaim('username', 'rosa'), null)
})
