import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../test/cast.ts'
import { entryOf } from '../../test/entries.ts'
import { vectors } from '../../test/foreign-hashes.ts'
import { smallPng } from '../../test/images.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { type Means, nowhere, system } from '../core/actor.ts'
import type { ApiTokenId } from '../core/api-tokens/api-token.ts'
import type { Scan, Scanner } from '../core/avatars/ports.ts'
import { houseRule } from '../core/credentials/password-rule.ts'
import { form } from '../core/form.ts'
import { limits } from '../core/limits.ts'
import { createOrganization } from '../core/organizations/create-organization.ts'
import { permissionsOf, type Role } from '../core/permissions.ts'
import type { SessionId } from '../core/sessions/session.ts'
import type { ImportedUserValues } from '../core/users/arrival.ts'
import { createUser } from '../core/users/create-user.ts'
import { importUsers, type RefusedEntry, tryImport } from '../core/users/import-users.ts'
import { defaultPreferences, type UserId } from '../core/users/user.ts'

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

    const imported = await importUsers(core, system, [entryOf(rosa), entryOf({ username: 'anna' })])

    assert.deepEqual(imported, { ok: true, value: { added: 2, mailed: 0, organizations: 0, refused: [] } })
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
    ].map(entryOf)
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

  test(`${engine}: whoever brings an id and a number keeps them, and later numbers are greater than all before`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const [id, other] = ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7']
    const acme = { id: other, number: 7, name: 'Acme', slug: 'acme', createdAt: '2020-01-01T00:00:00.000Z' }
    const belongs = [{ slug: 'acme', role: 'admin', since: '2020-02-01' }]
    const entries = [
      entryOf({ email: 'one@example.org', id: id.toUpperCase(), number: 500, organizations: belongs }),
      entryOf({ email: 'two@example.org', number: 500, organizations: [{ id: other }] }),
      entryOf({ email: 'three@example.org', id }),
      entryOf({ email: 'four@example.org', id: grace.user.id }),
      entryOf({ email: 'five@example.org', organizations: [{ slug: 'nowhere' }, { id: acme.id, role: 'boss' }] }),
      { kind: 'organization', form: form(acme) } as const,
      { kind: 'organization', form: form({ ...acme, id }) } as const,
      entryOf({ email: 'six@example.org', number: limits.importedNumberMax + 1 }),
      { kind: 'organization', form: form({ name: 'Far', slug: 'far', number: 2 ** 31 }) } as const,
    ]
    const tried = await tryImport(core, system, entries, new Set())
    assert.ok(tried.ok)

    const imported = await importUsers(core, system, entries)

    assert.ok(imported.ok)
    assert.deepEqual(codes(imported.value.refused), {
      ...{ 2: 'id_taken', 3: 'id_taken', 4: 'invalid', 6: 'slug_taken', 7: 'invalid', 8: 'invalid' },
    })
    assert.deepEqual([imported.value.added, imported.value.organizations], [2, 1])
    assert.deepEqual(tried.value.added, 2)
    const one = await core.directory.users.byId(id as UserId)
    assert.deepEqual([one?.email, one?.number], ['one@example.org', 500])
    const [membership] = await core.directory.members.ofUser(id as UserId)
    assert.deepEqual([membership?.organization.number, membership?.role], [7, 'admin'])
    assert.equal(membership?.sinceMs, Date.parse('2020-02-01'))
    const two = await core.directory.users.byClaim('email', 'two@example.org')
    assert.ok(two !== null && two.number > 500)
    const next = await createUser(core, system, form({ email: 'next@example.org' }), houseRule)
    assert.ok(next.ok && next.value.number > two.number && next.value.number < 1_000, 'a slip pushes nobody far away')
    const made = await createOrganization(core, system, form({ name: 'Next' }))
    assert.ok(made.ok && made.value.number > 7)
  })

  test(`${engine}: whose name is taken at the last moment is left out, and everybody else is not`, async () => {
    await using world = await openStoreWorld(engine)
    const users = { ...world.core.directory.users, heldAmong: async () => [] }
    const core = { ...world.core, directory: { ...world.core.directory, users } }
    const entries = ['one', 'grace', 'two', 'ada'].map((name) => entryOf({ email: `${name}@example.com` }))

    const imported = await importUsers(core, system, entries)

    assert.ok(imported.ok)
    assert.equal(imported.value.added, 2)
    assert.deepEqual(codes(imported.value.refused), { 1: 'email_taken', 3: 'email_taken' })
    assert.equal((await core.directory.users.byClaim('email', 'grace@example.com'))?.id, grace.user.id)
  })
}

test('whoever imports may set passwords: nobody but an admin, and a hash is taken from none who is not there in person', async () => {
  await using world = await openStoreWorld('sqlite')
  const { core } = world
  const session = { kind: 'session', sessionId: ada.user.id as string as SessionId } as const
  const permissions = permissionsOf.admin
  const program = { kind: 'api_token', tokenId: ada.user.id as string as ApiTokenId, permissions } as const
  const by = (role: Role, means: Means) => ({ kind: 'user', id: ada.user.id, role, means, origin: nowhere }) as const
  const anna = entryOf({ username: 'anna', role: 'admin' })

  for (const role of ['user', 'viewer'] as const) {
    const imported = await importUsers(core, by(role, session), [anna])
    assert.deepEqual(imported, { ok: false, refusal: { code: 'not_allowed', needs: 'users:roles' } })
  }
  const byProgram = await importUsers(core, by('admin', program), [entryOf(rosa), anna])
  const inPerson = await importUsers(core, by('admin', session), [entryOf(rosa)])

  const faults = [{ field: 'passwordHash', flaw: 'not_taken_here' }]
  const refused = [{ place: 0, refusal: { code: 'invalid', faults } }]
  assert.deepEqual(byProgram, { ok: true, value: { added: 1, mailed: 0, organizations: 0, refused } })
  assert.deepEqual(inPerson, { ok: true, value: { added: 1, mailed: 0, organizations: 0, refused: [] } })
})

test('no picture of a file is kept unscanned: what is flagged is refused, and while the scanner is away nothing goes on', async () => {
  await using world = await openStoreWorld('sqlite')
  const read = await world.core.images.read(smallPng)
  assert.ok(read.ok)
  const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const { large, medium, small } = read.value.pictures
  const picture = { large: encoded(large), medium: encoded(medium), small: encoded(small) }
  const entries = [entryOf({ username: 'pictured', picture }), entryOf({ username: 'plain' })]
  const scanned: number[] = []
  const scanning = (scan: Scan) => {
    const scanner: Scanner = {
      async scan(file) {
        scanned.push(file.length)
        return scan
      },
    }
    return { ...world.core, scanner }
  }

  await assert.rejects(importUsers(scanning({ kind: 'unscanned' }), system, entries), /scanner/)
  const flagged = await importUsers(scanning({ kind: 'flagged', signature: 'Eicar' }), system, entries)
  const clean = await importUsers(scanning({ kind: 'clean' }), system, entries.slice(0, 1))

  const refusal = { code: 'invalid', faults: [{ field: 'picture', flaw: 'bad_picture' }] }
  assert.deepEqual(flagged, {
    ok: true,
    value: { added: 1, mailed: 0, organizations: 0, refused: [{ place: 0, refusal }] },
  })
  assert.ok(clean.ok && clean.value.added === 1)
  assert.deepEqual(scanned.slice(2), [large.length, medium.length, small.length])
})
