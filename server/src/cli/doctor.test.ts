import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openClamdPeer, says } from '../../test/clamd-peer.ts'
import { openMailServer } from '../../test/mail-server.ts'
import { settingsFrom } from '../../test/place.ts'
import { freshDatabase } from '../../test/postgres.ts'
import { openDirectoryKeys } from '../app/directory-key.ts'
import { openWriting } from '../store/engines/sqlite/connection.ts'
import type { Finding } from './finding.ts'
import { type House, openHouse, signIn } from './testing/house.ts'

const production = { NODE_ENV: 'production', MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }
const ada = { email: 'ada@example.com', password: 'Analytical-Engine-1843!' }

test('where nothing is yet, all is well, and nothing is made', async () => {
  await using clamd = await openClamdPeer()
  await using house = await openHouse({ PASSWORD_FLOOR: 'house', CLAMD_URL: clamd.url })

  const { code, out } = await house.run(['doctor'])

  assert.equal(code, 0)
  assert.match(out, /^ {2}✓ directory +.+: empty; the first start fills it\.$/m)
  assert.match(out, /\n {2}All is well\.\n\n$/)
  assert.equal(existsSync(house.dataDirectory), false)
})

test('a directory in good order is told to be, beside its server and without', async () => {
  await using clamd = await openClamdPeer()
  await using house = await openHouse({ PASSWORD_FLOOR: 'house', CLAMD_URL: clamd.url })
  const server = await house.serve()

  const beside = await examined(house)
  await server.stop()
  const alone = await examined(house)

  for (const { ok, states } of [beside, alone]) {
    assert.equal(ok, true)
    assert.deepEqual(states, {
      settings: 'fine',
      keys: 'fine',
      directory: 'fine',
      encryption: 'fine',
      schema: 'fine',
      admins: 'fine',
      'test users': 'fine',
      clock: 'fine',
      integrity: 'fine',
      backup: 'fine',
      passwords: 'fine',
      mail: 'fine',
      scanner: 'fine',
      passkeys: 'fine',
      disk: 'fine',
    })
  }
})

test('the doors at which weaker passwords pass want attention, each by its name and with the remedy', async () => {
  await using house = await openHouse()

  const { code, says, states } = await examined(house)
  const one = await examined(house, { SERVICE_MODULE: 'false' })

  assert.deepEqual([code, states.passwords], [0, 'attention'])
  assert.equal(
    says.passwords,
    [
      'racknap takes passwords of 8 characters, of any kind of character, that hold the name of the person;',
      "PASSWORD_FLOOR=house applies the house's rule everywhere.",
      'redirect-manager takes passwords of 8 characters, of any kind of character, that name the person;',
      "PASSWORD_FLOOR=house applies the house's rule everywhere.",
      'service-module takes passwords of 10 characters, of any kind of character, that are common, that name the person;',
      "PASSWORD_FLOOR=house applies the house's rule everywhere.",
    ].join(' '),
  )
  assert.doesNotMatch(one.says.passwords ?? '', /service-module/)
})

test('where mail goes is told: to a server that takes it, to one that does not, or nowhere', async () => {
  await using server = await openMailServer()
  await using house = await openHouse()

  const taken = await examined(house, { SMTP_URL: server.url })
  await server.stop()
  const away = await examined(house, { SMTP_URL: server.url.replace('//', '//ada:canary-4711@') })
  const nowhere = await examined(house, production)

  assert.deepEqual([taken.states.mail, taken.says.mail], ['fine', '127.0.0.1 takes our mail.'])
  assert.deepEqual([away.states.mail, nowhere.states.mail, away.code], ['attention', 'attention', 0])
  assert.match(away.says.mail ?? '', /^127\.0\.0\.1 takes no mail of ours \(no_connection\)/)
  assert.doesNotMatch(JSON.stringify(away.says), /canary/)
  assert.match(nowhere.says.mail ?? '', /it waits: name a mail server in SMTP_URL/)
  assert.equal(server.received.length, 0)
})

test('that nothing scans what people upload wants attention, whether no scanner is named or none answers', async () => {
  await using house = await openHouse()
  const peer = await openClamdPeer()
  const CLAMD_URL = peer.url
  await peer[Symbol.asyncDispose]()

  const none = await examined(house)
  const away = await examined(house, { CLAMD_URL })

  assert.deepEqual([none.states.scanner, away.states.scanner, away.code], ['attention', 'attention', 0])
  assert.match(none.says.scanner ?? '', /not scanned: name a ClamAV in CLAMD_URL/)
  assert.match(away.says.scanner ?? '', /\(ECONNREFUSED\): nothing can be uploaded/)
})

test('a scanner that takes no pictures of the largest size wants attention', async () => {
  await using peer = await openClamdPeer()
  await using house = await openHouse({ CLAMD_URL: peer.url })
  peer.answer = says('INSTREAM size limit exceeded. ERROR\0')

  const short = await examined(house)

  assert.equal(short.states.scanner, 'attention')
  assert.match(short.says.scanner ?? '', /set its StreamMaxLength to 5M or more\.$/)
  assert.equal(peer.files[0]?.length, 5 * 1024 * 1024)
})

test('when the last backup was made is told, and production wants one; a page that was changed breaks it', async () => {
  await using house = await openHouse(production)
  await house.run(['migrate'])

  const none = await examined(house)
  await house.run(['backup', join(house.dataDirectory, '../backup')])
  const one = await examined(house)
  const database = join(house.dataDirectory, 'roster.db')
  const bytes = await readFile(database)
  bytes.fill(0, bytes.length - 4096)
  await writeFile(database, bytes)
  const damaged = await examined(house)

  assert.deepEqual([none.code, none.states.backup, none.states.integrity], [0, 'attention', 'fine'])
  assert.deepEqual([one.code, one.states.backup], [0, 'fine'])
  assert.match(one.says.backup ?? '', /^The last was made on \d{4}-\d\d-\d\dT.+Z\.$/)
  assert.equal(damaged.code, 1)
  assert.ok([damaged.states.integrity, damaged.states.directory].includes('broken'))
})

test('an address at which browsers make no passkeys wants attention', async () => {
  await using house = await openHouse()

  const numbered = await examined(house, { DEVELOPMENT_ON_NETWORK: 'yes', PUBLIC_URL: 'https://10.0.0.1' })
  const plain = await examined(house, { DEVELOPMENT_ON_NETWORK: 'yes', PUBLIC_URL: 'http://directory.example.com' })

  assert.deepEqual([numbered.states.passkeys, plain.states.passkeys], ['attention', 'attention'])
  assert.match(numbered.says.passkeys ?? '', /PUBLIC_URL a host name/)
  assert.match(plain.says.passkeys ?? '', /https in PUBLIC_URL/)
})

test('all mistakes in the settings are told, and break it', async () => {
  await using house = await openHouse({ PORT: 'eighty', MASTER_KEY: 'not-a-key-at-all' })

  const { code, out } = await house.run(['doctor'])

  assert.equal(code, 1)
  assert.match(out, /✗ settings +PORT is "eighty"; expected .+\.$/m)
  assert.match(out, /✗ settings +MASTER_KEY is set \(not shown\); expected .+\.$/m)
  assert.match(out, /2 broken\.\n/)
})

test('secrets that other accounts can read want attention, with the remedy', async () => {
  await using house = await openHouse()
  await house.run(['migrate'])
  await chmod(house.dataDirectory, 0o755)
  await chmod(join(house.dataDirectory, 'development-master.key'), 0o640)

  const { code, says, states } = await examined(house)

  assert.deepEqual({ code, keys: states.keys }, { code: 0, keys: 'attention' })
  assert.match(says.keys ?? '', /development-master\.key: chmod 600 closes it\./)
  assert.match(says.keys ?? '', /data: chmod 700 closes it\./)
})

test('production wants an admin, and no test user with the documented password', async () => {
  await using house = await openHouse(production)
  await house.run(['migrate'])
  const empty = await examined(house)
  await house.run(['demo', '--users', '1'], { settings: { NODE_ENV: 'development' } })
  const seeded = await examined(house)

  assert.deepEqual([empty.ok, empty.states.admins], [true, 'attention'])
  assert.match(empty.says.admins ?? '', /`npx roster create-admin`/)
  assert.deepEqual([seeded.code, seeded.states['test users']], [1, 'broken'])
  assert.match(
    seeded.says['test users'] ?? '',
    /^admin@sudigital\.com, user@.+, viewer@.+: active, .+refuses to start\.$/,
  )
})

test('a default admin wants attention who is none, or who is active although another admin is', async () => {
  const email = 'default@example.com'
  await using house = await openHouse({ ...production, SERVICE_MODULE_DEFAULT_ADMIN: `${email}:a secret: of theirs` })
  const look = async (settings: Record<string, string> = {}) => {
    const { code, states, says } = await examined(house, settings)
    assert.equal(code, 0)
    assert.doesNotMatch(JSON.stringify(says), /a secret/)
    return [states['default admin'], says['default admin']]
  }
  await house.run(['migrate'])

  const before = await look()
  const server = await house.serve()
  const alone = await look()
  await house.run(['create-admin', '--email', ada.email, '--password-stdin'], { input: ada.password })
  const besides = await look()
  const unset = await look({ SERVICE_MODULE_DEFAULT_ADMIN: '' })
  const off = await look({ SERVICE_MODULE: 'false' })
  const headers = { ...(await signIn(server, ada)), 'content-type': 'application/json' }
  const ask = async (method: string, body?: object) => {
    const path = `${server.url}/service-module/api/users/${email}`
    const { status } = await fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    assert.equal(status, 204)
    return look()
  }
  const demoted = await ask('PUT', { type: 'User' })
  const inactive = await ask('PUT', { status: 'Inactive' })
  const deleted = await ask('DELETE')

  const isThere = /\. A start leaves alone whoever is there: unset SERVICE_MODULE_DEFAULT_ADMIN, or change the user\.$/
  assert.deepEqual(before, ['fine', `${email}: nobody yet; the next start adds an admin.`])
  assert.deepEqual(alone, ['fine', `${email}: active, as nobody else administers this directory.`])
  assert.equal(besides[0], 'attention')
  assert.match(besides[1] ?? '', /: still active, though another admin is\. Deactivate them: /)
  assert.deepEqual(
    [unset, off],
    [
      [undefined, undefined],
      ['attention', 'Nobody is made of SERVICE_MODULE_DEFAULT_ADMIN: service-module is off.'],
    ],
  )
  for (const [[state, says], is] of [
    [demoted, 'no admin'],
    [inactive, 'no admin and inactive'],
  ] as const) {
    assert.equal(state, 'attention')
    assert.match(says ?? '', isThere)
    assert.ok(says?.startsWith(`${email}: ${is}. `), says)
  }
  assert.deepEqual(deleted, ['fine', `${email}: deleted or renamed; stays so while another admin is active.`])
})

test('a database that is not encrypted, a lost key and a wrong one break it, and each is called by its name', async () => {
  await using house = await openHouse(production)
  await house.run(['create-admin', '--email', ada.email, '--password-stdin'], { input: ada.password })
  const key = join(house.dataDirectory, 'directory.key')

  const wrongKey = await examined(house, { MASTER_KEY: Buffer.alloc(32, 8).toString('base64') })
  await rename(key, `${key}.away`)
  const lostKey = await examined(house)
  await rename(`${key}.away`, key)
  const inOrder = await examined(house)
  await rm(join(house.dataDirectory, 'roster.db'))
  await writeFile(join(house.dataDirectory, 'roster.db'), 'SQLite format 3\0 and so on')
  const plain = await examined(house)

  assert.deepEqual([wrongKey.code, lostKey.code, inOrder.code, plain.code], [1, 1, 0, 1])
  assert.match(
    wrongKey.says.directory ?? '',
    /: give MASTER_KEY or MASTER_KEY_FILE the key it was made with, or was rotated to since\.$/,
  )
  assert.match(lostKey.says.directory ?? '', /directory\.key is missing, and the database opens with nothing else\.$/)
  assert.equal(existsSync(key), true)
  assert.match(plain.says.encryption ?? '', /roster\.db is not encrypted/)
})

test('what cannot be reached breaks it', async () => {
  await using house = await openHouse({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })

  const { code, says } = await examined(house)

  assert.equal(code, 1)
  assert.match(says.directory ?? '', /^No database answers at DATABASE_URL \(ECONNREFUSED\)/)
})

test('of PostgreSQL, encryption is the word of the operator, and no table is made by asking', async () => {
  await using database = await freshDatabase()
  await using house = await openHouse({ DATABASE_URL: database.url })

  const before = await examined(house)
  const stillBefore = await examined(house)
  await house.run(['migrate'])
  const unsaid = await examined(house)
  const said = await examined(house, { DATABASE_ENCRYPTED_AT_REST: 'yes' })

  for (const { says } of [before, stillBefore])
    assert.match(says.directory ?? '', /: empty; the first start fills it\.$/)
  assert.doesNotMatch(before.says.directory ?? '', new RegExp(new URL(database.url).password))
  assert.deepEqual([unsaid.states.encryption, said.states.encryption], ['attention', 'fine'])
  assert.deepEqual([said.states.schema, said.states.clock, said.code], ['fine', 'fine', 0])
})

test('a schema from before says how to bring it up to date', async () => {
  await using house = await openHouse()
  await house.run(['migrate'])
  await forgetSteps(house)

  const { code, states, says } = await examined(house)

  assert.deepEqual([code, states.schema], [0, 'attention'])
  assert.match(says.schema ?? '', /^At step 0 of \d+: `npx roster migrate`/)
})

async function examined(house: Pick<House, 'run'>, settings: Record<string, string> = {}) {
  const { code, out } = await house.run(['doctor', '--json'], { settings })
  const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] }
  assert.equal(ok, code === 0)
  const states: Partial<Record<Finding['check'], Finding['state']>> = {}
  const says: Partial<Record<Finding['check'], string>> = {}
  for (const finding of findings) {
    states[finding.check] = finding.state
    says[finding.check] = `${says[finding.check] ?? ''} ${finding.says}`.trim()
  }
  return { code, ok, states, says }
}

async function forgetSteps({ environment, dataDirectory }: House): Promise<void> {
  const keys = await openDirectoryKeys(settingsFrom({ ...environment }))
  const connection = openWriting(join(dataDirectory, 'roster.db'), keys.file)
  connection.exec('delete from migrations')
  connection.close()
}
