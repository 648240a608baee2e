import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHouse, signIn } from './testing/house.ts'

test('people are shown in columns, and each kind of failure has a sentence, a code and an exit code', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })
  const server = await house.serve()
  const tokenFile = join(house.dataDirectory, '../token')
  const { authorization } = await signIn(server)
  await writeFile(tokenFile, `${authorization.replace('Bearer ', '')}\n`)
  const viewer = await signIn(server, { email: 'viewer@sudigital.com', password: 'viewer123' })
  const settings = { ROSTER_URL: server.url, ROSTER_TOKEN_FILE: tokenFile }
  const asViewer = { ROSTER_URL: server.url, ROSTER_TOKEN: viewer.authorization.replace('Bearer ', '') }
  const password = { input: 'Analytical-Engine-1843!' }
  const create = ['create', '--first-name', 'Ada', '--last-name', 'L', '--password-stdin', '--email']

  const [listed, others, ...failed] = await Promise.all([
    house.run(['users', 'list', '--limit', '2', '--sort', 'email', '--order', 'asc'], { settings }),
    house.run(['users', 'list', '--search', 'nobody at all'], { settings }),
    house.run(['users', 'show', 'nobody@example.com'], { settings }),
    house.run(['users', 'list'], { settings: asViewer }),
    house.run(['users', 'list'], { settings: { ...asViewer, ROSTER_TOKEN: 'not-a-token' } }),
    house.run(['users', ...create, 'user@sudigital.com'], { settings, ...password }),
    house.run(['users', ...create, 'not an address'], { settings, ...password }),
    house.run(['users', 'delete', 'user@sudigital.com'], { settings }),
    house.run(['users', 'list'], { settings: { ...settings, ROSTER_URL: 'http://127.0.0.1:9' } }),
    house.run(['users', 'list'], { settings: { ...settings, ROSTER_URL: 'http://users.example.com' } }),
    house.run(['users', 'list'], { settings: { ROSTER_URL: server.url } }),
    house.run(['users', 'update', 'user@sudigital.com'], { settings }),
  ])

  assert.match(
    listed.out,
    /^ID +E-MAIL +USERNAME +NAME +ROLE +STATUS +LAST SIGN-IN\n\S{36} {2}admin@sudigital\.com +- +Admin User +admin +active +\d{4}-\d\d-\d\d \d\d:\d\d\n\S{36} {2}user@.+\n$/,
  )
  assert.equal(listed.errors, '2 of 3 people; --limit or --all shows more.\n')
  assert.deepEqual([others.code, others.out, others.errors], [0, '', 'There is none.\n'])
  for (const [at, [code, told]] of (
    [
      [3, /^Nobody has this e-mail address or username\.\n$/],
      [4, /\(INSUFFICIENT_PERMISSIONS\)\n$/],
      [4, /\(UNAUTHORIZED\)\n$/],
      [5, /\(EMAIL_ALREADY_EXISTS\)\n$/],
      [1, /\(VALIDATION_ERROR\)\nemail: .+\n$/],
      [2, /^This asks at a terminal whether you are sure; elsewhere, say --yes\.\n$/],
      [6, /^The server does not answer: .+ \(NETWORK_ERROR\)\n$/],
      [2, /^ROSTER_URL has to begin with https, or the token could be read on its way\.\n$/],
      [2, /^Give an API token in ROSTER_TOKEN, .+\n$/],
      [2, /^Say what is to change: .+\n$/],
    ] as const
  ).entries()) {
    const answer = failed[at]
    assert.deepEqual([answer?.code, answer?.out], [code, ''], answer?.errors)
    assert.match(answer?.errors ?? '', told)
  }
})
