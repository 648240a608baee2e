import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { system } from '../../../core/actor.ts'
import type { NewUser } from '../../../core/users/user.ts'
import { migrations } from '../../migrations/migrations.ts'
import { userReads } from '../../users.ts'
import { DatabaseUnavailable, type Engine } from '../engine.ts'
import { openIntake } from './frames.ts'
import { everybody, person, temporaryDirectory } from './test-directory.ts'

function add(engine: Engine, user: NewUser) {
  return engine.commit('create-user', { actor: system, user, passwordHash: null }, 1)
}

test('a command beside a running server has the server write, and reads what it wrote', async () => {
  await using directory = await temporaryDirectory()
  await using server = await directory.open()
  await using command = await directory.open({ through: 'any' })
  const heard: string[] = []
  server.onTouched((who) => heard.push(...who))

  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, n) => add(command, person(n))))
  const refused = await add(command, person(1_000, { username: 'person-7' }))

  assert.ok(outcomes.every((outcome) => outcome.ok))
  assert.deepEqual(refused, { ok: false, refusal: { code: 'username_taken' } })
  assert.equal((await command.aside('page-of-users', everybody)).total, 200)
  assert.equal((await userReads(command.here).byId(person(7).id))?.username, 'person-7')
  assert.equal((await userReads(server.here).byId(person(7).id))?.username, 'person-7')
  assert.equal(heard.length, 200)
  assert.equal(command.trustsMemory(), false)
})

test('a fault of the server is told to the command and to nobody else', async () => {
  await using directory = await temporaryDirectory()
  await using server = await directory.open()
  await using command = await directory.open({ through: 'any' })

  await assert.rejects(add(command, null as unknown as NewUser), { name: 'TypeError' })

  assert.equal((await add(command, person(1))).ok, true)
  await server.ping()
  await command.ping()
})

test('a command with no server beside it owns the directory itself', async () => {
  await using directory = await temporaryDirectory()
  await writeFile(join(directory.path, 'control.json'), '{"port":1,"token":"00"}')
  await using command = await directory.open({ through: 'any' })

  assert.equal(command.migrated.length, migrations.length)
  assert.equal((await add(command, person(1))).ok, true)
})

test('a question that cannot be read is the fault of whoever asked, and the server goes on', async () => {
  await using directory = await temporaryDirectory()
  await using server = await directory.open()
  const { port, token } = JSON.parse(await readFile(join(directory.path, 'control.json'), 'utf8'))

  for (const body of [Buffer.from('no'), Buffer.from('\0\0\0\u0001not what v8 writes')]) {
    const asker = connect(port, '127.0.0.1')
    const replies = openIntake(asker)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    asker.write(Buffer.concat([Buffer.from(token, 'hex'), length, body]))
    await replies.frame()
    const reply = (await replies.frame())?.value as { id: number; error: object } | undefined
    if (body.length > 4) assert.deepEqual([reply?.id, typeof reply?.error], [1, 'object'])
    else assert.equal(reply, undefined)
    asker.destroy()
  }

  await using command = await directory.open({ through: 'any' })
  assert.equal((await add(command, person(1))).ok, true)
  await server.ping()
})

test('a caller who does not know the token is not even greeted', async () => {
  await using directory = await temporaryDirectory()
  await using _server = await directory.open()
  const { port } = JSON.parse(await readFile(join(directory.path, 'control.json'), 'utf8'))

  for (const shown of [
    Buffer.alloc(32),
    Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    Buffer.alloc(100_000),
  ]) {
    const stranger = connect(port, '127.0.0.1')
    stranger.on('error', () => {})
    let heard = 0
    stranger.on('data', (bytes) => (heard += bytes.length))
    stranger.write(shown)
    await once(stranger, 'close')
    assert.equal(heard, 0)
  }
})

test('the token is for the eyes of the owner, and is forgotten when it closes', {
  skip: process.platform === 'win32',
}, async () => {
  await using directory = await temporaryDirectory()
  const server = await directory.open()
  const door = join(directory.path, 'control.json')

  assert.equal((await stat(door)).mode & 0o777, 0o600)
  await server.close()
  await assert.rejects(stat(door), { code: 'ENOENT' })
})

test('a command whose server goes away hears of it', async () => {
  await using directory = await temporaryDirectory()
  const server = await directory.open()
  await using command = await directory.open({ through: 'any' })
  await command.ping()

  const answered = add(command, person(1))
  await answered
  await server.close()

  await assert.rejects(add(command, person(2)), DatabaseUnavailable)
  await assert.rejects(command.ping(), DatabaseUnavailable)
})
