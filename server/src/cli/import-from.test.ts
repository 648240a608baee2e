import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHouse, signIn } from './testing/house.ts'

const sample = (file: string) => join(import.meta.dirname, '../../test/foreign-exports', file)

test('people of a realm sign in with the passwords and the second factors that they had, and what is left out is told', async () => {
  await using house = await openHouse()
  const server = await house.serve()
  const words = ['import', sample('keycloak-realm.json'), '--from', 'keycloak', '--role-map', 'admin=staff-admin']

  const tried = await house.run([...words, '--dry-run', '--json'])
  const { code, out, errors } = await house.run(words)

  assert.partialDeepStrictEqual(JSON.parse(tried.out), { added: 5, refused: 1, dryRun: true })
  assert.partialDeepStrictEqual(JSON.parse(tried.out).notes[0], { kind: 'temporary_password', count: 1 })
  assert.deepEqual(JSON.parse(tried.errors), {
    ...{ line: 7, code: 'invalid', faults: [{ field: 'username', flaw: 'bad_username' }] },
  })
  assert.equal(code, 1)
  assert.match(out, /^Added 5 people in \d+\.\d s and refused 1 record\. 1 of them is sent a mail to .+\n$/)
  assert.match(errors, /^Record 7: The username is not a valid one\.$/m)
  assert.match(errors, /^1 person has only a google identity: they come without a password\.$/m)
  assert.match(errors, /^1 service account is no person: left out\.$/m)
  const grace = { email: 'grace@example.org', password: 'Compiler-Pioneer-1952!' }
  assert.ok(await signIn(server, grace))
  const answer = await fetch(`${server.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.org', password: 'Analytical-Engine-1843!' }),
  })
  const { data } = (await answer.json()) as { data: { challenge?: { factors: unknown[] } } }
  assert.deepEqual(data.challenge?.factors, ['totp'])
  await assert.rejects(signIn(server, { email: 'linus@example.org', password: 'Just-For-Fun-1991!' }), /403/)
})

test('a file that is not what it is said to be is told so, and is no fault of the program', async () => {
  await using house = await openHouse()

  const { code, errors } = await house.run(['import', '-', '--from', 'keycloak', '--json'], { input: '{"realm":"a"}' })

  const { error } = JSON.parse(errors) as { error: { code: string; message: string } }
  assert.deepEqual([code, error.code], [2, 'UNREADABLE_FILE'])
  assert.match(error.message, /^No users stand in the file: /)
})

test('of whom was refused no note is told, and whoever is barred is not said to be pending', async () => {
  await using house = await openHouse()
  const person = { requiredActions: ['VERIFY_EMAIL'], emailVerified: false, credentials: [{ type: 'password' }] }
  const users = [
    { ...person, username: 'ada', email: 'ada@example.org', enabled: true },
    { ...person, username: 'bob', email: 'bob@example.org', enabled: false },
    { ...person, username: 'eve', email: 'no address', enabled: true },
  ]

  const { out } = await house.run(['import', '-', '--from', 'keycloak', '--json'], { input: JSON.stringify({ users }) })

  const { notes, ...sum } = JSON.parse(out) as { notes: { kind: string; count: number }[] }
  assert.partialDeepStrictEqual(sum, { added: 2, organizations: 0, refused: 1 })
  assert.deepEqual(Object.fromEntries(notes.map(({ kind, count }) => [kind, count])), {
    unproved_address: 1,
    unknown_hash: 2,
  })
})

test('options that do not go with the product are refused, and nothing of a secret file is told', async () => {
  await using house = await openHouse()
  const users = sample('firebase-users.json')

  for (const [words, told] of [
    [[users, '--from', 'firebase'], /^Say with --hash-config where the password hash parameters of the project are: /],
    [
      [users, '--from', 'firebase', '--hash-config', sample('keycloak-realm.json')],
      /^The file of --hash-config is not what the Firebase console shows: /,
    ],
    [[users, '--from', 'supabase', '--passwords', users], /^--passwords goes with --from auth0\.\n$/],
    [[users, '--role-map', 'admin=a'], /^--role-map goes with --from\.\n$/],
    [[users, '--from', 'keycloak', '--role-map', 'owner=a'], /^--role-map takes admin, user or viewer, /],
    [[users, '--from', 'clerk', '--format', 'csv'], /^--from says what the file is, so leave --format out\.\n$/],
    [[users, '--from', 'okta'], /Allowed choices are keycloak, auth0, supabase, firebase, clerk/],
  ] as const) {
    const { code, errors } = await house.run(['import', ...words])
    assert.match(errors, told)
    assert.equal(code, 2, words.join(' '))
  }
})
