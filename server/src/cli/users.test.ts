import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { openWorld } from '../../test/world.ts'
import { type Answer, type House, openHouse, signIn } from './testing/house.ts'

test('people are shown in columns, and each kind of failure has a sentence, a code and an exit code', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })
  const server = await house.serve()
  const tokenFile = join(house.dataDirectory, '../token')
  const { authorization } = await signIn(server)
  await writeFile(tokenFile, `${authorization.replace('Bearer ', '')}\n`)
  const viewer = await signIn(server, { email: 'viewer@sudigital.com', password: 'viewer123' })
  const settings = { ROSTER_URL: server.url, ROSTER_TOKEN_FILE: tokenFile }
  const asViewer = { ROSTER_URL: server.url, ROSTER_TOKEN: viewer.authorization.replace('Bearer ', '') }
  const asProgram = { ROSTER_URL: server.url, ROSTER_TOKEN: `roster_${'0'.repeat(50)}` }
  const password = { input: 'Analytical-Engine-1843!' }
  const create = ['create', '--first-name', 'Ada', '--last-name', 'L', '--password-stdin', '--email']

  const listed = await house.run(['users', 'list', '--limit', '2', '--sort', 'email', '--order', 'asc'], { settings })
  const others = await house.run(['users', 'list', '--search', 'nobody at all'], { settings })
  const refused: readonly Parameters<House['run']>[] = [
    [['users', 'show', 'nobody@example.com'], { settings }],
    [['users', 'list'], { settings: asViewer }],
    [['users', 'list'], { settings: { ...asViewer, ROSTER_TOKEN: 'not-a-token' } }],
    [['users', ...create, 'user@sudigital.com'], { settings, ...password }],
    [['users', ...create, 'not an address'], { settings, ...password }],
    [['users', 'delete', 'user@sudigital.com'], { settings }],
    [['users', 'list'], { settings: { ...settings, ROSTER_URL: 'http://127.0.0.1:9' } }],
    [['users', 'list'], { settings: { ...settings, ROSTER_URL: 'http://users.example.com' } }],
    [['users', 'list'], { settings: { ROSTER_URL: server.url } }],
    [['users', 'update', 'user@sudigital.com'], { settings }],
    [['users', 'list'], { settings: { ...settings, ROSTER_URL: 'localhost:3001' } }],
    [['users', 'list'], { settings: { ...settings, ROSTER_URL: `${server.url}/api` } }],
    [['users', 'list', '--created-from', 'yesterday'], { settings }],
    [['users', 'sessions', 'user@sudigital.com'], { settings: asProgram }],
    [['users', 'restore', 'user'], { settings }],
    [['users', 'create', '--email', 'ada@example.com'], { settings }],
    [['users', 'set-role', 'user@sudigital.com', 'king'], { settings }],
  ]
  // One after another they share a process.
  const failed: Answer[] = []
  for (const words of refused) failed.push(await house.run(...words))

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
      [4, /\(UNAUTHORIZED\)\nThe token in ROSTER_TOKEN or ROSTER_TOKEN_FILE is wrong, over or revoked\.\n$/],
      [5, /\(EMAIL_ALREADY_EXISTS\)\n$/],
      [2, /\(VALIDATION_ERROR\)\nemail: .+\n$/],
      [2, /^This asks at a terminal whether you are sure; elsewhere, say --yes\.\n$/],
      [6, /^The server does not answer: .+ \(NETWORK_ERROR\)\n$/],
      [2, /^ROSTER_URL has to begin with https, or the token could be read on its way\.\n$/],
      [2, /^Give an API token in ROSTER_TOKEN, .+\n$/],
      [2, /^Say what is to change: .+\n$/],
      [2, /^ROSTER_URL has to begin with https:\/\/ or http:\/\/, .+\n$/],
      [2, /\(NOT_FOUND\)\nThere is no Roster at the address in ROSTER_URL, .+\n$/],
      [2, /\(VALIDATION_ERROR\)\ncreatedFrom: .+\n$/],
      [4, /^This takes a session of your own: put its access token into ROSTER_TOKEN\.\n$/],
      [2, /^Restoring takes the id .+\n$/],
      [2, /^Give --first-name <name>, --last-name <name>\. `roster help users create` .+\n$/],
      [2, / `roster help users set-role` says what it takes\.\n$/],
    ] as const
  ).entries()) {
    const answer = failed[at]
    assert.deepEqual([answer?.code, answer?.out], [code, ''], answer?.errors)
    assert.match(answer?.errors ?? '', told)
  }
})

test('whoever is invited twice is told to be, and how the invitation is sent once more', async () => {
  await using house = await openHouse()
  const server = await house.serve()
  const { authorization } = await signIn(server)
  const settings = { ROSTER_URL: server.url, ROSTER_TOKEN: authorization.replace('Bearer ', '') }
  const invite = (...words: string[]) => house.run(['users', 'invite', ...words], { settings })
  const [unknown, first] = [await invite('grace@example.com', '--again'), await invite('grace@example.com')]
  const [second, both] = [await invite('grace@example.com'), await invite('-', '--again', '--role', 'user')]
  assert.deepEqual(
    [unknown, first, second, both].map(({ code }) => code),
    [3, 0, 5, 2],
  )
  assert.match(
    second.errors,
    /^grace@example\.com is invited already, until .+: --again sends the invitation once more\.\n$/,
  )
})

test('an invitation that is pending is sent once more, a minute after the first', async () => {
  await using house = await openHouse()
  await using world = await openWorld()
  const settings = { ROSTER_URL: world.url, ROSTER_TOKEN: await world.token('ada') }
  const invite = (...words: string[]) =>
    house.run(['users', 'invite', 'new@example.com', ...words, '--json'], { settings })
  const first = JSON.parse((await invite()).out)
  world.tick(61_000)
  const { code, out } = await invite('--again')
  const again = JSON.parse(out)
  const mailed = await world.fetch('/api/mail?limit=10', { as: 'ada' })
  const { data } = (await mailed.json()) as { data: { to: string }[] }

  assert.deepEqual([code, again.id, again.state], [0, first.id, 'pending'])
  assert.equal(Date.parse(again.expiresAt) - Date.parse(first.expiresAt), 61_000)
  assert.deepEqual(
    data.map(({ to }) => to),
    ['new@example.com', 'new@example.com'],
  )
})

test('whoever is told to wait hears for how long, and a program reads what is wrong with each value', async () => {
  await using house = await openHouse()
  const waits = ['1', '90']
  const refused = { code: 'VALIDATION_ERROR', message: 'No', details: [{ field: 'email', message: 'Not one' }] }
  const server = createServer((_, response) => {
    const wait = waits.shift()
    const error = wait === undefined ? refused : { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' }
    response.writeHead(wait === undefined ? 400 : 429, {
      'content-type': 'application/json',
      ...(wait !== undefined && { 'retry-after': wait }),
    })
    response.end(JSON.stringify({ error }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const settings = { ROSTER_URL: `http://127.0.0.1:${port}`, ROSTER_TOKEN: 'a.b.c' }

  const waited = await house.run(['users', 'list'], { settings })
  const told = await house.run(['users', 'list', '--json'], { settings })
  server.close()

  assert.equal(waited.code, 6)
  assert.match(waited.errors, /asks to wait 1 second\.\n.+ 90 seconds\.\n.+\nTry again in 90 seconds\.\n$/)
  assert.equal(told.code, 2)
  assert.deepEqual(JSON.parse(told.errors).error.details, refused.details)
})

test('help on a command of a group is had by its whole name', async () => {
  await using house = await openHouse()

  const { code, out } = await house.run(['help', 'users', 'update'])
  const group = await house.run(['help', 'users'])

  assert.deepEqual([code, group.code], [0, 0])
  assert.match(out, /^Usage: roster users update /)
  for (const word of ['ROSTER_URL', 'ROSTER_TOKEN_FILE', '/api/tokens', 'users:roles']) {
    assert.ok(group.out.includes(word), word)
  }
})
