import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { nicenessOf } from '../../../../test/threads.ts'
import { until } from '../../../../test/timing.ts'
import { limits } from '../../../core/limits.ts'
import { type Connection, openReading, openWriting, usual } from './connection.ts'
import { type JournalLimits, openJournal } from './journal.ts'
import { fileKey, temporaryDirectory } from './test-directory.ts'

const pageBytes = 4_096
const within: JournalLimits = {
  pagesMax: 400,
  pagesCopiedAtOnce: 100,
  bytesKept: 800 * pageBytes,
  pauseMsMax: 60_000,
  waitMsMax: 60_000,
}

test('while one transaction of an import follows the other the journal stays short, and all that they wrote is in the file', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file)
  const { connection, journal } = texts
  // The thread has started when it has copied something.
  write(texts, within.pagesCopiedAtOnce, true)
  await until(() => leftOf(connection) === 0)

  for (let n = 0; n < 300; n += 1) {
    write(texts, 20, true)
    // Not by SQLite itself.
    connection.pragma('wal_autocheckpoint = 0')
  }
  assert.ok((await stat(`${place.file}-wal`)).size < (300 * 20 * pageBytes) / 2)
  await journal.close()
  assert.equal(leftOf(connection), 0)

  assert.equal(connection.prepare('select count(*) from texts').pluck().get(), within.pagesCopiedAtOnce + 300 * 20)
  assert.deepEqual(connection.pragma('integrity_check'), [{ integrity_check: 'ok' }])
})

test('where the thread that copies is slow, as while it starts, it is waited for at twice the length', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file, { ...within, pagesMax: 40, pagesCopiedAtOnce: 10 })

  for (let n = 0; n < 50; n += 1) {
    write(texts, 20, true)
    texts.connection.pragma('wal_autocheckpoint = 0')
  }

  const { size } = await stat(`${place.file}-wal`)
  assert.ok(size < (2 * 40 + 2 * 20) * (pageBytes + 24), `${size / pageBytes} pages`)
})

test('the thread that copies gives way to the writer', {
  skip: process.platform !== 'linux' && 'threads have no priority of their own',
}, async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file)

  write(texts, within.pagesCopiedAtOnce, true)
  await until(() => leftOf(texts.connection) === 0)

  assert.deepEqual([nicenessOf('checkpointer'), nicenessOf('MainThread')], [[limits.niceness], [0]])
})

test('SQLite is one that loses nothing when another thread copies the journal while it begins anew', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file)
  const version = String(texts.connection.prepare('select sqlite_version()').pluck().get())

  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)

  assert.ok(major * 1_000_000 + minor * 1_000 + patch >= 3_051_003, version)
})

test('somebody who reads an older state loses nothing of it, and the journal is short again when they have read', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file)
  const { connection } = texts
  using read = Object.assign(openReading(place.file, fileKey), { [Symbol.dispose]: () => read.close() })
  const count = read.prepare('select count(*) from texts').pluck()
  write(texts, 20, true)
  read.exec('begin')
  assert.equal(count.get(), 20)

  for (let n = 0; n < 100; n += 1) {
    write(texts, 20, true)
  }
  assert.equal(count.get(), 20)
  read.exec('commit')
  for (let n = 0; n < 100; n += 1) {
    write(texts, 20, true)
  }

  assert.equal(count.get(), 201 * 20)
  const [{ log } = { log: -1 }] = connection.pragma('wal_checkpoint(noop)') as { log: number }[]
  assert.ok(log < (201 * 20 * 3) / 4, `${log} pages`)
})

test('only what nobody waits for may be answered before it is on the disk', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file)
  const { connection } = texts
  const [normal, full] = [1, 2]
  const synchronous = () => connection.pragma('synchronous', { simple: true })

  assert.equal(synchronous(), full)
  write(texts, 1, true)
  assert.equal(synchronous(), normal)
  write(texts, 1, false)
  assert.equal(synchronous(), full)
})

test('when an import is over, all of the journal is in the file, and SQLite copies it by itself again', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file, { ...within, pauseMsMax: 20 })
  const { connection } = texts
  const pages = () => connection.pragma('wal_autocheckpoint', { simple: true })

  write(texts, 20, true)
  assert.equal(pages(), 2 * within.pagesMax)
  await until(() => pages() === usual.checkpointPages && leftOf(connection) === 0)
  write(texts, 1, false)
  assert.ok(leftOf(connection) > 0)
})

test('an import of which nothing could be committed is over as well', async () => {
  await using place = await temporaryDirectory()
  await using texts = openTexts(place.file, { ...within, pauseMsMax: 20 })
  const set = (name: string) => texts.connection.pragma(name, { simple: true })

  texts.journal.begin(true)
  assert.deepEqual([set('wal_autocheckpoint'), set('synchronous')], [2 * within.pagesMax, 1])

  await until(() => set('wal_autocheckpoint') === usual.checkpointPages)
  assert.equal(set('synchronous'), 2)
})

function openTexts(file: string, bounds = within) {
  const connection = openWriting(file, fileKey)
  connection.exec('create table texts (text text)')
  const journal = openJournal(connection, { file, fileKey }, bounds)
  return {
    connection,
    journal,
    async [Symbol.asyncDispose]() {
      await journal.close()
      connection.close()
    },
  }
}

/** Pages of the journal that are not in the file. */
function leftOf(connection: Connection): number {
  const [state] = connection.pragma('wal_checkpoint(noop)') as { log: number; checkpointed: number }[]
  return (state?.log ?? 0) - (state?.checkpointed ?? 0)
}

const clock = new Int32Array(new SharedArrayBuffer(4))

/** A page each. */
function write({ connection, journal }: ReturnType<typeof openTexts>, count: number, isPatient: boolean): void {
  journal.begin(isPatient)
  connection
    .transaction(() => {
      const insert = connection.prepare('insert into texts (text) values (?)')
      for (let n = 0; n < count; n += 1) insert.run(['x'.repeat(3_000)])
      // As long as people take to be added, from one group to the next without a pause.
      Atomics.wait(clock, 0, 0, 2)
    })
    .immediate()
  journal.committed(isPatient)
}
