import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { settingsFrom } from '../../test/place.ts'
import { freshDatabase } from '../../test/postgres.ts'
import { openDirectoryFor } from '../app/directory.ts'
import { readImport } from '../app/import-lines.ts'
import { openLog } from '../app/log.ts'
import { system } from '../core/actor.ts'
import type { Core } from '../core/ports.ts'
import { importUsers } from '../core/users/import-users.ts'
import { nobodyLeftOut } from '../core/users/list-users.ts'
import { demoPeople } from './demo-people.ts'
import { type House, openHouse } from './testing/house.ts'

const launcher = join(import.meta.dirname, '../../bin/roster.mjs')

/** Dozens of transactions, and as many progress notes as there can be. */
const peopleInFile = 500
const linesAtOnce = ['--lines-at-once', '5']
const badLines = [100, 200, 300, 400, 500]

const startAtMs = Date.UTC(2026, 0, 1)
/** More than what a file is known by. */
const many = [...demoPeople({ seed: 7, count: 1_501, startAtMs })].map((person, at) => {
  const { createdAtMs, lastLoginAtMs, status, ...facts } = person
  const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`
  const instants = {
    createdAt: new Date(createdAtMs).toISOString(),
    ...(lastLoginAtMs !== null && { lastLoginAt: new Date(lastLoginAtMs).toISOString() }),
  }
  const role = badLines.includes(at + 1) ? 'boss' : person.role
  return JSON.stringify({ ...facts, ...instants, id, role, status: status === 'pending' ? 'active' : status })
})
const lines = many.slice(0, peopleInFile)

test('an import that is killed again and again, while it adds people and while it makes indexes, goes on where it was', async () => {
  await using house = await openHouse()
  const file = join(house.dataDirectory, '../people.ndjson')
  const refused = join(house.dataDirectory, '../refused.ndjson')
  await writeFile(file, lines.join('\n'))
  const words = ['import', file, '--errors', refused, ...linesAtOnce]

  await killed(house, words, /^\d+ lines$/m)
  await killed(house, words, /Makes the indexes/)
  const last = await house.run([...words, '--json'])

  assert.deepEqual(sum(last.out), { added: 495, refused: 5, wentOnBehind: 500 })
  assert.deepEqual(await linesIn(refused), badLines)
  assert.deepEqual(await everything(house), await expected())
  const again = await house.run(['import', file, '--json'])
  assert.deepEqual(sum(again.out), { added: 0, refused: 500 }, 'an import that ended begins anew')
})

test('a server makes the indexes that a killed import owes, and a command beside it goes on where that was', async () => {
  await using house = await openHouse()
  const file = join(house.dataDirectory, '../people.ndjson')
  const refused = join(house.dataDirectory, '../refused.ndjson')
  await writeFile(file, lines.join('\n'))
  const words = ['import', file, '--errors', refused, ...linesAtOnce]

  await killed(house, words, /^\d+ lines$/m)
  const server = await house.serve()
  await killed(house, words, /^\d+ lines$/m)
  const last = await house.run([...words, '--json'])
  const { out } = await server.stop()

  assert.partialDeepStrictEqual(sum(last.out), { added: 495, refused: 5 })
  assert.match(out, /unfinished-import-indexed/)
  assert.deepEqual(await linesIn(refused), badLines)
  assert.deepEqual(await everything(house), await expected())
})

test('on PostgreSQL an import that is killed goes on where it was, and not with another file', async () => {
  await using database = await freshDatabase()
  await using house = await openHouse({ DATABASE_URL: database.url })
  const file = join(house.dataDirectory, '../people.ndjson')
  await writeFile(file, many.slice(0, 1_500).join('\n'))

  await killed(house, ['import', file], /^[5-9]\d\d lines$/m)
  await writeFile(file, many.slice(0, 1_500).with(400, '{}').join('\n'))
  const another = await house.run(['import', file])
  await writeFile(file, many.join('\n'))
  const last = await house.run(['import', file, '--json'])

  assert.equal(another.code, 2)
  assert.partialDeepStrictEqual(sum(last.out), { added: 1_496, refused: 5 })
})

/** Runs a command until it says so on standard error, and gives it no time for anything else. */
async function killed(house: House, words: readonly string[], when: RegExp): Promise<void> {
  const child = spawn(process.execPath, [launcher, ...words], { env: { ...house.environment } })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
    if (when.test(errors)) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL', errors)
}

function sum(out: string): object {
  const { added, refused, wentOnBehind } = JSON.parse(out)
  return { added, refused, ...(wentOnBehind !== undefined && { wentOnBehind }) }
}

async function linesIn(file: string): Promise<number[]> {
  const told = (await readFile(file, 'utf8')).trimEnd().split('\n')
  return told.map((line) => JSON.parse(line).line)
}

/** What lists, searches and totals say of a directory. */
async function everything(house: House): Promise<object> {
  await using directory = await open(house)
  return await described(directory.core)
}

function open(house: House) {
  const log = openLog({ logLevel: 'error', production: false }, { ownFaults: [], out: { write: () => true } })
  return openDirectoryFor(settingsFrom({ ...house.environment }), { log })
}

let known: Promise<object> | null = null

/** The same of one that was given the same people by as many transactions as it takes. */
function expected(): Promise<object> {
  known ??= (async () => {
    await using house = await openHouse()
    await using directory = await open(house)
    const input = (async function* () {
      yield Buffer.from(lines.join('\n'))
    })()
    for await (const { lines: some } of readImport(input, 'ndjson')) {
      const imported = await importUsers(directory.core, system, some)
      assert.ok(imported.ok)
    }
    return await described(directory.core)
  })()
  return known
}

async function described({ directory }: Core): Promise<object> {
  const orders: Record<string, unknown> = {}
  for (const by of ['createdAt', 'updatedAt', 'lastLoginAt', 'email', 'firstName', 'lastName', 'number'] as const) {
    const { users, total } = await directory.users.page({
      filter: nobodyLeftOut,
      order: { by, direction: 'asc' },
      from: { offset: 0 },
      limit: peopleInFile,
      count: true,
    })
    orders[by] = { total, people: users.map(({ id, number }) => `${number} ${id}`) }
  }
  const searches: Record<string, unknown> = {}
  for (const word of ['a', 'an', 'maria', 'example.net', '李', 'ov', 'zzq']) {
    const { users, total } = await directory.users.page({
      filter: { ...nobodyLeftOut, words: [word] },
      order: { by: 'email', direction: 'asc' },
      from: { offset: 0 },
      limit: 100,
      count: true,
    })
    searches[word] = { total, people: users.map(({ id }) => id) }
  }
  return { orders, searches, admins: await directory.users.activeAdmins() }
}
