import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { openDirectoryKeys } from '../src/app/directory-key.ts'
import { openReading } from '../src/store/engines/sqlite/connection.ts'
import { type EngineName, openPlace, settingsFrom, settle } from './place.ts'
import { openWorld, type World } from './world.ts'

/** Texts that occur nowhere but in one person's record; found again, they betray where it lies in clear. */
const canaries = {
  email: 'canary.zq7@example.com',
  firstName: 'Zquartzina',
  lastName: 'Vexillologist',
  bio: 'Collects vexillology quizzes',
  location: 'Xanthopolis',
  theme: 'light',
  attribute: 'jackdaws-love-quartz',
  userAgent: 'CanaryBrowser/7.77',
}

async function plant(world: World): Promise<void> {
  const { email, firstName, lastName, bio, location, attribute, userAgent } = canaries
  const made = await world.fetch('/api/users', {
    method: 'POST',
    as: 'ada',
    headers: { 'user-agent': userAgent, 'idempotency-key': 'canary' },
    json: { email, firstName, lastName, password: 'SecurePassword123!', status: 'active' },
  })
  assert.equal(made.status, 201)
  const json = { profile: { bio, location }, preferences: { theme: 'light' }, attributes: { note: attribute } }
  const changed = await world.fetch(made.headers.get('location') ?? '', {
    method: 'PATCH',
    as: 'ada',
    headers: { 'user-agent': userAgent },
    json,
  })
  assert.equal(changed.status, 200)
  const operations = [{ op: 'update', id: made.headers.get('location')?.split('/').at(-1), body: { profile: { bio } } }]
  const again = await world.fetch('/api/users/batch', {
    method: 'POST',
    as: 'ada',
    headers: { 'user-agent': userAgent, 'idempotency-key': 'canary' },
    json: { atomic: true, operations },
  })
  assert.equal(again.status, 200)
  const signedIn = await world.fetch('/api/auth/login', {
    method: 'POST',
    headers: { 'user-agent': userAgent },
    json: { email, password: 'SecurePassword123!' },
  })
  assert.equal(signedIn.status, 200)
}

async function bytesBelow(directory: string): Promise<Map<string, Buffer>> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)))
}

test('the bytes of an embedded directory hold nothing of anybody, the write-ahead log included', async () => {
  await using world = await openWorld({ engine: 'sqlite' })
  await plant(world)

  const files = await bytesBelow(world.settings.dataDirectory)

  assert.ok(
    [...files.keys()].some((file) => file.endsWith('roster.db-wal')),
    'the write-ahead log is there',
  )
  for (const [file, bytes] of files) {
    for (const [field, text] of Object.entries(canaries)) {
      if (field === 'theme') continue
      for (const encoding of ['utf8', 'utf16le', 'base64'] as const) {
        const found = bytes.includes(
          encoding === 'base64' ? Buffer.from(text).toString('base64') : Buffer.from(text, encoding),
        )
        assert.equal(found, false, `${field} lies in ${file} in ${encoding}`)
      }
    }
    assert.equal(bytes.includes('SQLite format 3'), false, `${file} is no plain database`)
  }
})

test('with its key the same embedded directory shows everything that was planted', async () => {
  await using world = await openWorld({ engine: 'sqlite' })
  await plant(world)
  const { file: fileKey } = await openDirectoryKeys(world.settings)

  const connection = openReading(join(world.settings.dataDirectory, 'roster.db'), fileKey)
  const everything = ['users', 'claims', 'activity', 'sessions'].map((table) =>
    JSON.stringify(connection.prepare(`select * from ${table}`).all()),
  )
  connection.close()

  for (const [field, text] of Object.entries(canaries)) {
    assert.ok(
      everything.some((rows) => rows.includes(text)),
      `${field} is there to be found`,
    )
  }
})

test('in PostgreSQL no profile, preference, attribute or detail of activity can be read', async () => {
  await using world = await openWorld({ engine: 'postgres' })
  await plant(world)
  const client = new pg.Client({ connectionString: world.settings.databaseUrl ?? '' })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  const dumps: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from "${name}" t`)
    dumps.push(...rows.map(({ row }) => row))
    for (const { row } of rows)
      for (const [hex] of row.matchAll(/\\x[0-9a-f]+/g)) {
        dumps.push(Buffer.from(hex.slice(2), 'hex').toString('latin1'))
      }
  }
  await client.end()
  const everything = dumps.join('\n')

  const sealed = ['bio', 'location', 'attribute', 'userAgent'] as const
  for (const field of sealed) assert.equal(everything.includes(canaries[field]), false, `${field} can be read`)
  assert.equal(everything.includes('"notifications"'), false, 'preferences can be read')
  assert.ok(everything.includes(canaries.email), 'what is searched lies in clear, so this search can fail')
  const shown = await world.fetch('/api/users?search=zquartzina&fields=profile,attributes', { as: 'ada' })
  const body = await shown.text()
  for (const field of ['bio', 'location', 'attribute'] as const) assert.ok(body.includes(canaries[field]), field)
})

for (const engine of ['sqlite', 'postgres'] satisfies EngineName[]) {
  test(`${engine}: another master key opens nothing`, async () => {
    const place = await openPlace(engine)
    const { openDirectoryFor } = await import('../src/app/directory.ts')
    const { openLog } = await import('../src/app/log.ts')
    const log = openLog({ production: false, logLevel: 'silent' })
    const first = await openDirectoryFor(settingsFrom({ ...place.environment, MASTER_KEY: 'a'.repeat(64) }), { log })
    await settle(first)
    await first.close()

    const wrong = settingsFrom({ ...place.environment, MASTER_KEY: 'b'.repeat(64) })
    await assert.rejects(openDirectoryFor(wrong, { log }), { name: 'WrongMasterKey' })

    const again = await openDirectoryFor(settingsFrom({ ...place.environment, MASTER_KEY: 'a'.repeat(64) }), { log })
    assert.equal(await again.core.directory.users.activeAdmins(), 1)
    await again.close()
    await place.leave()
  })
}
