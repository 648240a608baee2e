import assert from 'node:assert/strict'
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { inClear } from '../../../../test/files-in-clear.ts'
import { system } from '../../../core/actor.ts'
import type { ErasureId } from '../../../core/erasures/erasure.ts'
import { type Cleaned, clean } from './cleaning.ts'
import { openReading, openWriting } from './connection.ts'
import type { SqliteEngine } from './engine.ts'
import { fileKey, person, temporaryDirectory } from './test-directory.ts'

/** A file without a cipher, so that its pages can be read as they are. */
async function openPlain() {
  const directory = await mkdtemp(join(tmpdir(), 'roster-cleaning-'))
  const file = join(directory, 'plain.db')
  const connection = new Database(file)
  for (const pragma of ['journal_mode = wal', 'synchronous = off', 'secure_delete = on']) connection.pragma(pragma)
  connection.exec(`create virtual table search_grams using fts5 (
    grams, content='', contentless_delete=1, detail=column, tokenize='ascii'
  )`)
  return {
    connection,
    file,
    async [Symbol.asyncDispose]() {
      connection.close()
      await rm(directory, { recursive: true })
    },
  }
}

async function lies(file: string, text: string): Promise<boolean> {
  return (await readFile(file)).includes(text)
}

function stepsOf(connection: Database, ...steps: Parameters<typeof clean>[1][]): Cleaned[] {
  return steps.map((step) => clean(connection, step))
}

test('the index of the search keeps what was deleted until its segments are merged, and the journal until it is emptied', async () => {
  await using plain = await openPlain()
  const { connection, file } = plain
  const insert = connection.prepare('insert into search_grams (rowid, grams) values (?, ?)')
  for (let number = 1; number <= 40; number += 1)
    insert.run([number, `common gram${number} ${number === 20 ? 'zqxcanary' : ''}`])
  stepsOf(connection, 'empty-journal')
  connection.exec('delete from search_grams where rowid = 20')
  stepsOf(connection, 'empty-journal')
  assert.equal(await lies(file, 'zqxcanary'), true, 'only marked')

  assert.deepEqual(stepsOf(connection, 'begin-merging', 'merge', 'merge').slice(-1), ['done'])

  const reader = new Database(file, { readonly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from search_grams').get()
  connection.exec(`insert into search_grams (rowid, grams) values (99, 'later')`)
  assert.deepEqual(stepsOf(connection, 'empty-journal'), ['not_now'], 'somebody reads an older state')
  reader.exec('commit')
  reader.close()
  assert.deepEqual(stepsOf(connection, 'empty-journal'), ['done'])
  assert.equal((await readFile(`${file}-wal`)).length, 0)
  assert.equal(await lies(file, 'zqxcanary'), false)
})

test('what cells that moved to another page have left is gone once the file is written anew', async () => {
  await using plain = await openPlain()
  const { connection, file } = plain
  leaveCells(connection)
  stepsOf(connection, 'empty-journal')
  assert.ok((await cellsLeft(file)) > 0, 'overwriting what is deleted is not enough')

  assert.deepEqual(stepsOf(connection, 'rewrite', 'empty-journal'), ['done', 'done'])

  assert.equal(await cellsLeft(file), 0)
})

test('a large file is written anew when it is opened the next time and nobody else has it open, if that is owed', async () => {
  await using directory = await temporaryDirectory()
  const { file } = directory
  const key = Buffer.concat([Buffer.from('raw:'), fileKey])
  const openLarge = () => directory.open({ rewrittenBytesMax: 0 })
  const owed = (engine: SqliteEngine) => engine.aside('unfinished-erasures', { beforeMs: Date.now(), limit: 10 })
  const left = async () => {
    await copyFile(file, `${file}.copy`)
    return cellsIn(inClear(`${file}.copy`, key))
  }
  await using filled = await openLarge()
  await filled.commit('create-user', { actor: system, user: person(1), passwordHash: null }, 1)
  await filled.close()
  const connection = openWriting(file, fileKey)
  leaveCells(connection)
  connection.close()

  await using nothingOwed = await openLarge()
  await nothingOwed.commit(
    'erase-user',
    { actor: system, id: person(1).id, erasureId: 'an erasure' as ErasureId, versions: null, cause: 'asked' },
    2,
  )
  await nothingOwed.commit('note-swept', { userIds: [person(1).id] }, 3)
  const cleaned = await nothingOwed.beginCleaning()(new AbortController().signal)
  const reader = openReading(file, fileKey)
  reader.prepare('select count(*) from users').get()
  await nothingOwed.close()
  await using besideReader = await openLarge()
  const owedBeside = await owed(besideReader)
  await besideReader.close()
  reader.close()
  const leftBefore = await left()
  await using anew = await openLarge()
  const owedAnew = await owed(anew)
  await anew.close()

  assert.equal(cleaned, 'when_opened')
  assert.deepEqual([owedBeside.length, leftBefore > 0], [1, true], 'whoever reads keeps the file')
  assert.deepEqual([owedAnew, await left()], [[], 0])
  assert.deepEqual(
    (await readdir(directory.path)).filter((name) => name.includes('.new')),
    [],
  )
})

const keyOf = (at: number) => `person-${((at * 7919) % 6000).toString().padStart(4, '0')}`

/** Makes a table in which pages overflow, and deletes some of its rows. */
function leaveCells(connection: Database): void {
  connection.exec('create table people (id text primary key, about text) without rowid')
  const insert = connection.prepare('insert into people values (?, ?)')
  const fill = connection.transaction(() => {
    for (let at = 0; at < 6000; at += 1) insert.run([keyOf(at), 'x'.repeat((at * 31) % 480)])
  })
  fill.immediate()
  connection.exec(`delete from people where substr(id, -1) in ('0', '5')`)
}

async function cellsLeft(file: string): Promise<number> {
  return cellsIn(await readFile(file))
}

function cellsIn(bytes: Buffer): number {
  const gone = Array.from({ length: 1200 }, (_, at) => `person-${(at * 5).toString().padStart(4, '0')}`)
  const found = new Set(bytes.toString('latin1').match(/person-\d{4}/g))
  return gone.filter((key) => found.has(key)).length
}
