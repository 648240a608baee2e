import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readPasswordHash } from '../../adapters/hashes/read-hash.ts'
import type { Role } from '../../core/permissions.ts'
import type { ImportedUserValues } from '../../core/users/arrival.ts'
import { readImport } from '../import-lines.ts'
import { openNotes } from './notes.ts'
import { type ImportSourceName, openImportSource, type SourceNeeds } from './open-source.ts'
import { translated } from './translate.ts'

const samples = join(import.meta.dirname, '../../../test/foreign-exports')
const passwords = { ada: 'Analytical-Engine-1843!', grace: 'Compiler-Pioneer-1952!', linus: 'Just-For-Fun-1991!' }

test('a realm of Keycloak comes with ids, instants, roles, groups, passwords by PBKDF2 and Argon2, and authenticator apps', async () => {
  const { lines, notes } = await read('keycloak', sample('keycloak-realm.json'), {
    roleMap: { 'staff-admin': 'admin' },
  })

  const [ada, grace, linus, mary, service, radia, wrong] = lines
  assert.partialDeepStrictEqual(ada, {
    ...{ id: '2a117809-8285-4718-a131-bd61fb57cd1f', email: 'ada@example.org', username: 'ada', role: 'admin' },
    ...{ firstName: 'Augusta', lastName: 'King', status: 'active', createdAt: '2024-05-01T10:00:00.456Z' },
    attributes: { locale: 'en', department: ['mathematics', 'poetry'], groups: ['/engineering'] },
    factors: [{ kind: 'totp', secret: 'OBDEUMTLOF3FUULNGRZVIMDFLF4DQUTC' }],
  })
  await assertPassword(ada, passwords.ada)
  assert.partialDeepStrictEqual(grace, { username: 'grace@example.org', emailVerified: true })
  await assertPassword(grace, passwords.grace)
  assert.partialDeepStrictEqual(linus, { status: 'pending', emailVerified: false })
  await assertPassword(linus, passwords.linus)
  assert.partialDeepStrictEqual(mary, { status: 'inactive', email: 'mary@example.org' })
  assert.equal(service, null)
  assert.deepEqual([radia?.passwordHash, wrong?.username], [undefined, 'no such@username'])
  assert.deepEqual(notes, [
    '1 person has a password to be replaced at the next sign-in: nothing here makes them replace it.',
    '1 person has something else to do at the next sign-in: nothing here asks for it.',
    '1 person has roles that --role-map does not name: they come without these.',
    '1 person has a second factor (webauthn) that cannot be carried: they come without it.',
    '1 person has an e-mail address that they had to prove and never did: they come as pending, and choose a password when they do.',
    '1 person has only a google identity: they come without a password.',
    '1 service account is no person: left out.',
    '1 person has a password in clear, which is not taken: they come without one.',
    '1 person has no password in the file: they come without one.',
  ])
})

test('users of Auth0 come with the passwords of the other export, and a line that cannot be read harms no other', async () => {
  const { lines, notes } = await read('auth0', sample('auth0-users.ndjson'), {
    roleMap: { superuser: 'admin' },
    passwords: () => createReadStream(join(samples, 'auth0-password-hashes.ndjson')),
  })

  const [ada, grace, linus, broken, mary] = lines
  assert.partialDeepStrictEqual(ada, {
    ...{ email: 'ada@example.org', username: 'ada', role: 'admin', avatar: 'https://s.gravatar.com/avatar/0a1b?s=480' },
    ...{ createdAt: '2019-12-06T18:36:12.412Z', lastLoginAt: '2024-05-01T10:00:00.000Z', lastName: 'King' },
    attributes: {
      ...{ auth0_id: 'auth0|5dea9f9c82dd7c0e76e4ec93', user_metadata: { shoe_size: 37 } },
      app_metadata: { roles: ['superuser'], plan: 'gold' },
    },
  })
  await assertPassword(ada, passwords.ada)
  assert.partialDeepStrictEqual(grace, { status: 'inactive', emailVerified: false })
  assert.equal(grace?.firstName, undefined)
  await assertPassword(grace, passwords.grace)
  assert.partialDeepStrictEqual(linus, { firstName: 'Linus', lastName: 'Maker' })
  assert.deepEqual([broken, mary?.firstName, mary?.lastName], [{}, 'Mary Ann', 'Evans'])
  assert.deepEqual(notes, [
    '1 person has a second factor (guardian) that cannot be carried: they come without it.',
    '1 person has a google-oauth2 identity beside their password: it is left out.',
    '1 person has only a google-oauth2 identity: they come without a password.',
    '1 person has no password in the file: they come without one.',
  ])
})

test("Auth0's export of password hashes alone, and its form for bulk imports, bring people too", async () => {
  const alone = await read('auth0', sample('auth0-password-hashes.ndjson'))
  const bulk = await read('auth0', sample('auth0-bulk-import.json'))

  assert.partialDeepStrictEqual(alone.lines, [{ email: 'ada@example.org', emailVerified: true }, {}])
  assert.deepEqual(alone.notes, [])
  await assertPassword(alone.lines[0], passwords.ada)
  await assertPassword(bulk.lines[0], passwords.ada)
  await assertPassword(bulk.lines[1], 'pleaseletmein')
  assert.deepEqual(bulk.notes, [
    '2 people have roles that --role-map does not name: they come without these.'.replace(
      '2 people have',
      '1 person has',
    ),
    '1 person has a password hash of a form that cannot be verified here: they come without a password.',
  ])
})

test('rows of Supabase come with ids, metadata and passwords; the deleted and the anonymous stay behind', async () => {
  const { lines, notes } = await read('supabase', sample('supabase-users.json'), { roleMap: { superuser: 'viewer' } })

  const [ada, grace, linus, mary, gone, anonymous, phone] = lines
  assert.partialDeepStrictEqual(ada, {
    ...{ id: '20bf85ed-760e-4a24-bc51-ab7e9bf5b637', role: 'viewer', status: 'active', emailVerified: true },
    ...{ firstName: 'Augusta', lastName: 'King', avatar: 'https://pictures.example.org/ada.jpg' },
    ...{ createdAt: '2025-09-14T01:43:15.725485+00:00', lastLoginAt: '2025-09-14T01:43:55.1+00:00' },
    attributes: { phone_number: '15550100', app_metadata: { role: 'superuser' } },
  })
  await assertPassword(ada, passwords.ada)
  assert.partialDeepStrictEqual(grace, {
    ...{ status: 'inactive', firstName: 'Grace', createdAt: '2025-09-14T01:43:15.725485+00:00', emailVerified: true },
  })
  await assertPassword(grace, passwords.grace)
  assert.deepEqual([linus?.status, mary?.status, gone, anonymous], ['pending', 'active', null, null])
  assert.deepEqual(
    [phone?.email, phone?.attributes],
    [undefined, { phone_number: '15550101', app_metadata: { provider: 'phone', providers: ['phone'] } }],
  )
  assert.deepEqual(notes, [
    '1 person has a github identity beside their password: it is left out.',
    '1 person has an e-mail address that they had to prove and never did: they come as pending, and choose a password when they do.',
    '1 person has only a google identity: they come without a password.',
    '1 user was deleted there: left out.',
    '1 user is anonymous: left out.',
    '1 person has no password in the file: they come without one.',
  ])
})

test('an export of Firebase comes with passwords by the parameters of the project', async () => {
  const hashConfig = () => readFile(join(samples, 'firebase-hash-config.txt'), 'utf8')
  const { lines, notes } = await read('firebase', sample('firebase-users.json'), {
    hashConfig,
    roleMap: { admin: 'admin' },
  })

  const [ada, grace, anonymous, phone] = lines
  assert.partialDeepStrictEqual(ada, {
    ...{ email: 'ada@example.org', role: 'admin', firstName: 'Augusta', createdAt: '2017-02-05T19:47:07.000Z' },
    attributes: { firebase_id: 'Xk29dQe7bTgq1mWvR4pYzA8cLs03', custom_claims: { admin: true, plan: 'gold' } },
  })
  await assertPassword(ada, 'user1password')
  assert.partialDeepStrictEqual(grace, { status: 'inactive', firstName: 'Grace Brewster Murray', lastName: 'Hopper' })
  assert.deepEqual([anonymous, phone?.attributes?.phone_number], [null, '+15550102'])
  assert.deepEqual(notes, [
    '1 person has only a google.com identity: they come without a password.',
    '1 user is anonymous: left out.',
    '1 person has no password in the file: they come without one.',
  ])
})

test('a CSV file of Clerk comes with passwords of several hashers and with authenticator apps', async () => {
  const { lines, notes } = await read('clerk', sample('clerk-users.csv'))

  const [ada, grace, linus, mary] = lines
  assert.partialDeepStrictEqual(ada, {
    ...{ email: 'ada@example.org', emailVerified: true, username: 'ada', lastName: 'King, Countess of Lovelace' },
    factors: [{ kind: 'totp', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }],
    attributes: {
      ...{ clerk_id: 'user_2YDryYFVMM1W1plDDKz7Gzf4we6', phone_number: '+15550103' },
      other_email_addresses: ['countess@example.org'],
    },
  })
  await assertPassword(ada, passwords.ada)
  assert.equal(grace?.emailVerified, false)
  await assertPassword(grace, 'lètmein')
  assert.deepEqual([linus?.passwordHash, mary?.passwordHash], [undefined, undefined])
  assert.partialDeepStrictEqual(mary, { email: 'mary@example.org', attributes: { username: 'mary@home' } })
  assert.equal(mary?.username, undefined)
  assert.deepEqual(notes, [
    '1 person has a second factor (totp) that cannot be carried: they come without it.',
    '1 person has a password hash of a form that cannot be verified here: they come without a password.',
    '1 person has a username that nobody may have here: it is kept as an attribute, and they sign in with their e-mail address.',
    '1 person has no password in the file: they come without one.',
  ])
})

test('a file that is not what it is said to be stops with the place, and repeats nothing of it', async () => {
  const realm = await readFile(join(samples, 'keycloak-realm.json'), 'utf8')
  for (const [source, text, told] of [
    ['keycloak', '{"realm":"acme","clients":[]}', /^No users stand in the file: /],
    ['keycloak', `${realm.slice(0, -40)}`, /^The file ends at byte \d+, in the middle of its JSON\.$/],
    [
      'keycloak',
      realm.replace('"enabled" : false', '"enabled" : kanarie'),
      /^The file is not JSON in UTF-8, somewhere behind byte \d+\.$/,
    ],
    ['clerk', 'kanarie,email\n', /^The first line lacks id, primary_email_address, .+: is this Clerk's export\?$/],
    ['firebase', '{"users":[]}', /^The file of --hash-config is not what the Firebase console shows: /],
  ] as const) {
    const fault = await read(source, pieces(text)).then(
      () => null,
      (thrown: Error) => thrown,
    )
    assert.match(fault?.message ?? '', told)
    assert.doesNotMatch(fault?.message ?? '', /kanarie/)
  }
})

test('hostile records are refused by their place, or lose what is hostile', async () => {
  const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`
  const rows = [
    `{"email":"deep@example.org","raw_user_meta_data":{"x":${deep}}}`,
    '{"email":"proto@example.org","__proto__":{"encrypted_password":"x"},"raw_app_meta_data":{"role":"admin"}}',
    '7',
    '{"email":{"a":1},"encrypted_password":["x"],"raw_app_meta_data":"{","created_at":"kanarie","id":5}',
  ]
  const { lines } = await read('supabase', pieces(`[${rows.join(',')}]`))
  const inLines = await read('supabase', pieces(rows.join('\n')))

  assert.deepEqual([lines.length, inLines.lines.length], [4, 4])
  for (const [, proto, seven] of [lines, inLines.lines]) {
    assert.deepEqual([proto?.email, proto?.role, proto?.passwordHash], ['proto@example.org', undefined, undefined])
    assert.deepEqual(seven, {})
  }
})

/** A realm of so many users is read in memory that does not grow with it. */
test('a realm is read in pieces, whatever its size', async () => {
  const user = { username: 'x', email: 'x@example.org', credentials: [], attributes: { note: ['n'.repeat(2_000)] } }
  const piece = Buffer.from(`${JSON.stringify(user)},`.repeat(50))
  async function* large() {
    yield Buffer.from('{"realm":"acme","users":[')
    for (let n = 0; n < 200; n += 1) yield piece
    yield Buffer.from(`${JSON.stringify(user)}]}`)
  }
  const source = await openImportSource('keycloak', { roleMap: new Map(), passwords: null, hashConfig: null })
  let [longest, count] = [0, 0]
  for await (const bytes of translated(large(), source, openNotes())) {
    longest = Math.max(longest, bytes.length)
    count += bytes.toString().split('\n').length - 1
  }

  assert.equal(count, 10_001)
  assert.ok(longest < 2 * piece.length, `${longest} bytes came at once`)
})

// ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Needs {
  readonly roleMap?: Readonly<Record<string, Role>>
  readonly passwords?: SourceNeeds['passwords']
  readonly hashConfig?: SourceNeeds['hashConfig']
}

/** The values of each record as the import reads them, null for what is left out, and what could not be carried. */
async function read(
  name: ImportSourceName,
  input: AsyncIterable<Buffer>,
  { roleMap = {}, passwords = null, hashConfig = null }: Needs = {},
) {
  const source = await openImportSource(name, { roleMap: new Map(Object.entries(roleMap)), passwords, hashConfig })
  const notes = openNotes()
  const lines: (Partial<ImportedUserValues> | null)[] = []
  for await (const chunk of readImport(translated(input, source, notes), 'ndjson')) {
    for (const { line, form } of chunk.lines) {
      while (lines.length < line - 1) lines.push(null)
      lines.push(form.values)
    }
  }
  notes.settle(lines.length, new Set())
  return { lines, notes: notes.all().map(({ says }) => says) }
}

async function assertPassword(line: Partial<ImportedUserValues> | null | undefined, password: string): Promise<void> {
  const hash = readPasswordHash(String(line?.passwordHash))
  assert.ok('value' in hash, `${line?.passwordHash} is read`)
  assert.deepEqual([await hash.value.matches(password), await hash.value.matches('another one')], [true, false])
}

function sample(file: string): AsyncIterable<Buffer> {
  return createReadStream(join(samples, file), { highWaterMark: 100 })
}

async function* pieces(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}
