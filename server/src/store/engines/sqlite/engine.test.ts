import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { system } from '../../../core/actor.ts'
import type { NewUser } from '../../../core/users/user.ts'
import { userReads } from '../../users.ts'
import { DatabaseTooNew, DatabaseUnavailable, type Engine } from '../engine.ts'
import { openWriting, WrongKey } from './connection.ts'
import { DirectoryInUse } from './lock.ts'
import { everybody, person, temporaryDirectory } from './test-directory.ts'

function add(engine: Engine, user: NewUser) {
  return engine.commit('create-user', { actor: system, user, passwordHash: null }, 1)
}

async function total(engine: Engine): Promise<number> {
  return (await engine.aside('page-of-users', everybody)).total ?? 0
}

test('many who write at once are all kept, in the order in which they asked', async () => {
  await using directory = await temporaryDirectory()
  {
    await using engine = await directory.open()
    const outcomes = await Promise.all(Array.from({ length: 1_000 }, (_, n) => add(engine, person(n))))
    assert.deepEqual(
      outcomes.map((outcome) => outcome.ok && outcome.value.number),
      Array.from({ length: 1_000 }, (_, n) => n + 1),
    )
  }

  await using reopened = await directory.open()

  assert.equal(await total(reopened), 1_000)
})

test('a refused transaction leaves nothing behind, and its neighbours stay', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()

  const outcomes = await Promise.all([
    add(engine, person(1, { username: 'ada' })),
    add(engine, person(2, { email: 'grace@example.org', username: 'ADA' })),
    add(engine, person(3, { email: 'grace@example.org', username: 'grace' })),
  ])

  assert.deepEqual(
    outcomes.map((outcome) => outcome.ok || outcome.refusal.code),
    [true, 'username_taken', true],
  )
  assert.equal(await total(engine), 2)
})

test('a fault rejects its own caller and nobody else', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()

  const outcomes = await Promise.allSettled([
    add(engine, person(1)),
    add(engine, { ...person(2), version: 'one' as unknown as number }),
    add(engine, null as unknown as NewUser),
    add(engine, person(3)),
  ])

  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  )
  assert.equal(await total(engine), 2)
})

test('an acknowledged write is seen at once by whoever reads, here and aside', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()
  const users = userReads(engine.here)

  for (let n = 1; n <= 50; n += 1) {
    await add(engine, person(n))
    assert.equal((await users.byId(person(n).id))?.number, n)
    assert.equal(await total(engine), n)
  }
})

test('whoever remembers users hears of a change before it is answered, and of no change that was refused', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()
  const heard: string[] = []
  engine.onTouched((who) => heard.push(...who))

  await add(engine, person(1)).then(() => assert.deepEqual(heard, [person(1).id]))
  await add(engine, person(2, { username: 'person-1' }))

  assert.deepEqual(heard, [person(1).id])
  assert.equal(engine.trustsMemory(), true)
})

test('the request thread cannot write', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()
  const { here } = engine

  assert.throws(() => here.query(here.sql.insertInto('facts').values({ name: 'a', value: 'b' })), /readonly/)
})

test('another key does not open the file', async () => {
  await using directory = await temporaryDirectory()
  await (await directory.open()).close()

  await assert.rejects(directory.open({ fileKey: Buffer.alloc(32, 8) }), WrongKey)
  await (await directory.open()).close()
})

test('a database of a newer program is refused and left as it is', async () => {
  await using directory = await temporaryDirectory()
  await (await directory.open()).close()
  const connection = openWriting(directory.file, Buffer.alloc(32, 7))
  connection.exec(`insert into migrations (number, name, applied_at) values (1000, 'future', 0)`)
  connection.close()

  await assert.rejects(directory.open(), DatabaseTooNew)
  await assert.rejects(directory.open({ through: 'any' }), DatabaseTooNew)
})

test('a directory has one owner at a time', async () => {
  await using directory = await temporaryDirectory()
  const owner = await directory.open()

  await assert.rejects(directory.open(), DirectoryInUse)
  await owner.close()
  await (await directory.open()).close()
})

test('opening says which steps of the schema it took', async () => {
  await using directory = await temporaryDirectory()
  const engines = [await directory.open()]
  await engines[0]?.close()
  engines.push(await directory.open())
  await engines[1]?.close()

  assert.equal(engines[0]?.migrated[0]?.name, 'directory')
  assert.deepEqual(engines[1]?.migrated, [])
})

test('closing keeps what was accepted, takes no more and leaves no journal', async () => {
  await using directory = await temporaryDirectory()
  const engine = await directory.open()

  const accepted = Promise.all(Array.from({ length: 300 }, (_, n) => add(engine, person(n))))
  const closed = engine.close()
  await assert.rejects(add(engine, person(1_000)), DatabaseUnavailable)
  await closed

  assert.equal((await accepted).length, 300)
  await assert.rejects(engine.ping(), DatabaseUnavailable)
  await assert.rejects(total(engine), DatabaseUnavailable)
  assert.deepEqual(await readdir(directory.path), ['roster.db', 'roster.lock'])
  await using reopened = await directory.open()
  assert.equal(await total(reopened), 300)
})

test('nothing that is written lies on the disk in clear', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()
  const canary = 'canary-in-the-directory'

  await add(engine, person(1, { email: `${canary}@example.org`, username: canary, firstName: canary }))

  const files = (await readdir(directory.path)).filter((name) => name.startsWith('roster.db'))
  assert.deepEqual(files, ['roster.db', 'roster.db-shm', 'roster.db-wal'])
  for (const name of files) assert.equal(bytesOf(`${directory.path}/${name}`).includes(canary), false, name)
  assert.equal(bytesOf(directory.file).includes('SQLite format'), false)
  assert.equal((await userReads(engine.here).byClaim('username', canary))?.firstName, canary)
})

test('a process keeps others out of its directory, and when it is killed loses nothing that it acknowledged', async () => {
  await using directory = await temporaryDirectory()
  const script = fileURLToPath(new URL('./test-doomed-process.ts', import.meta.url))
  const doomed = spawn(process.execPath, [script, directory.path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(doomed, 'exit')
  let printed = ''
  for await (const chunk of doomed.stdout) {
    if (printed === '') await assert.rejects(directory.open(), DirectoryInUse)
    printed += chunk
    if (printed.split('\n').length > 500) doomed.kill('SIGKILL')
  }
  const [, signal] = await exit

  await using engine = await directory.open()

  const acknowledged = printed.split('\n').slice(0, -1).map(Number)
  const users = userReads(engine.here)
  const kept = await Promise.all(acknowledged.map((n) => users.byId(person(n).id)))
  assert.equal(signal, 'SIGKILL')
  assert.ok(acknowledged.length >= 500)
  assert.equal(kept.indexOf(null), -1)
})

test('a limiter counts up to its points', async () => {
  await using directory = await temporaryDirectory()
  await using engine = await directory.open()
  const limiter = engine.limiter({ prefix: 'test', points: 1, seconds: 60 })

  await limiter.consume('ada')

  await assert.rejects(limiter.consume('ada'))
  await limiter.consume('grace')
})

/** Read by another process: closing a file gives up the locks that this one holds on it (POSIX). */
function bytesOf(file: string): Buffer {
  const copy = 'process.stdout.write(require("node:fs").readFileSync(process.argv[1]))'
  return execFileSync(process.execPath, ['-e', copy, file], { maxBuffer: 64 * 1024 * 1024 })
}
