import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { settingsFrom } from '../../test/place.ts'
import { until } from '../../test/timing.ts'
import { openDirectoryKeys } from '../app/directory-key.ts'
import { dial } from '../http/testing/raw-http.ts'
import { openWriting } from '../store/engines/sqlite/connection.ts'
import { type House, openHouse, type RunningServer, signIn } from './testing/house.ts'

const production = { NODE_ENV: 'production', MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }

/** A Node that does nothing starts in a twentieth of a second where it has a processor to itself. */
const bareStartsMax = 20

test('the server is ready within a second on an empty directory', async () => {
  // Other tests have the processors as well, so what it may take is stretched as the start of a Node beside it is.
  const measured: { readyMs: number; allowedMs: number }[] = []
  while (measured.length < 5 && !measured.some(({ readyMs, allowedMs }) => readyMs < allowedMs)) {
    const startedAt = performance.now()
    await once(spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' }), 'exit')
    const allowedMs = Math.max(1000, bareStartsMax * (performance.now() - startedAt))
    await using house = await openHouse()
    const server = await house.serve()
    measured.push({ readyMs: Math.round(server.readyMs), allowedMs: Math.round(allowedMs) })
    await server.stop()
  }

  assert.ok(
    measured.some(({ readyMs, allowedMs }) => readyMs < allowedMs),
    JSON.stringify(measured),
  )
})

test('development greets with where it is, who can sign in and how to stop it', async () => {
  await using house = await openHouse()

  const server = await house.serve()
  await server.until(/Ctrl-C/)
  const { out, errors } = await server.stop('SIGINT')

  assert.match(out, new RegExp(`^\\n  Roster is ready at ${server.url.replace('127.0.0.1', 'localhost')}\\n`))
  for (const line of [
    /^ {2}contracts +sudigital +\/$/m,
    /^ +express-gateway +\/express-gateway$/m,
    /^ {2}reference +http:.+\/docs$/m,
    /^ {2}data +.+roster\.db, encrypted$/m,
    /^ {2}test users +admin@sudigital\.com +admin123 +admin$/m,
    /^ +viewer@sudigital\.com +viewer123 +viewer$/m,
    /^ {2}mail +kept in a mailbox, as SMTP_URL is not set: http:.+\/api\/mail, for admins$/m,
  ]) {
    assert.match(out, line)
  }
  assert.equal(errors, '')
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} stops the server in good order: exit code 0, and no journal is left`, async () => {
    await using house = await openHouse()
    const server = await house.serve()
    await signIn(server)

    const { code } = await server.stop(signal)

    assert.equal(code, 0)
    const left = await readdir(house.dataDirectory)
    assert.deepEqual(left.sort(), ['development-master.key', 'directory.key', 'roster.db', 'roster.lock'])
  })
}

test('a second start finds what the first one left', async () => {
  await using house = await openHouse()
  const first = await house.serve()
  const before = await listUsers(first)
  await first.stop()

  const second = await house.serve()

  assert.equal(before.length, 3)
  assert.deepEqual(await listUsers(second), before)
})

test('whatever was answered survives a killed server, and it starts again', async () => {
  await using house = await openHouse()
  const first = await house.serve()
  const created = await post(first, '/api/users', await signIn(first), ada)
  await first.stop('SIGKILL')

  const second = await house.serve()

  assert.equal(created.status, 201)
  assert.ok((await listUsers(second)).includes(ada.email))
})

test('SIGTERM to npm start reaches the server', async () => {
  await using house = await openHouse()
  const server = await house.serve({ command: ['npm', 'start', '--silent'] })

  const { code } = await server.stop('SIGTERM')

  await assert.rejects(fetch(`${server.url}/health/live`))
  assert.equal(existsSync(join(house.dataDirectory, 'roster.db-wal')), false)
  assert.notEqual(code, 1)
})

test('a second signal ends a server at once that waits for its last requests', async () => {
  await using house = await openHouse({ SHUTDOWN_GRACE_SECONDS: '60' })
  const server = await house.serve()
  const socket = await dial(Number(new URL(server.url).port))
  const fields = 'host: localhost\r\nexpect: 100-continue\r\ncontent-type: application/json\r\ncontent-length: 9'
  socket.write(`POST /api/auth/login HTTP/1.1\r\n${fields}\r\n\r\n`)
  const [goOn] = await once(socket, 'data')
  assert.match(String(goOn), /^HTTP\/1\.1 100 /)

  server.child.kill('SIGTERM')
  await until(() => isRefused(fetch(`${server.url}/health/live`)))
  const isOver = await Promise.race([server.ended.then(() => true), pause(500, false)])
  const { code } = await server.stop('SIGTERM')
  socket.destroy()

  assert.equal(isOver, false)
  assert.equal(code, 128 + 15)
})

test('a second server on the same directory refuses in a sentence, and the first goes on', async () => {
  await using house = await openHouse()
  const first = await house.serve()

  const { code, errors, out } = await house.run(['serve'], { settings: { PORT: '0' } })

  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.match(errors, /^Another Roster uses .+: stop it first, or give this one a DATA_DIR of its own\.\n$/)
  assert.equal((await listUsers(first)).length, 3)
})

test('a port that is taken is told in a sentence', async () => {
  await using house = await openHouse()
  await using other = await openHouse()
  const { port } = new URL((await house.serve()).url)

  const { code, errors } = await other.run(['serve'], { settings: { PORT: port } })

  assert.equal(code, 1)
  assert.equal(errors, `Another program listens on port ${port} of 127.0.0.1: stop it, or set PORT to another one.\n`)
})

test('a directory of a newer program, or under another key, is refused in a sentence', async () => {
  await using house = await openHouse(production)
  await house.run(['migrate'])
  const otherKey = await house.run(['serve'], { settings: { MASTER_KEY: Buffer.alloc(32, 8).toString('base64') } })
  await pretendToBeNewer(house)

  const tooNew = await house.run(['serve'])

  assert.equal(otherKey.code, 1)
  assert.match(
    otherKey.errors,
    /^The directory key is wrapped under the master key [0-9a-f]+, [^.]+: give MASTER_KEY [^.]+\.\n$/,
  )
  assert.equal(tooNew.code, 1)
  assert.match(tooNew.errors, /^The database is of schema 999, this program knows \d+: .+\.\n$/)
})

test('production says in JSON lines that it serves, and prints one link for the first admin, who is the last to be made so', async () => {
  await using house = await openHouse(production)
  const server = await house.serve()
  await server.until(/#token=/)
  const link = new URL(/^Whoever opens this link .+: (http\S+)$/m.exec((await server.stop()).out)?.[1] ?? '')
  const anew = await house.serve()
  await anew.until(/#token=/)

  const json = { token: link.hash.slice('#token='.length), email: ada.email, password: ada.password }
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }
  const [first, second] = [
    await fetch(`${anew.url}/api/auth/set-up`, sent),
    await fetch(`${anew.url}/api/auth/set-up`, sent),
  ]
  const { authorization } = await signIn(anew, ada)
  const { code, out, errors } = await anew.stop()
  const later = await house.serve()
  const after = await later.stop()

  assert.equal(link.pathname, '/console/set-up')
  assert.deepEqual([first.status, second.status], [201, 400])
  assert.match(authorization, /^Bearer ey/)
  const entries = out
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('Whoever opens this link'))
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    entries.map(({ level, event }) => `${level} ${event}`),
    ['warn mail-waits', 'info serving', 'warn no-active-admin', 'info stopping', 'info stopped'],
  )
  assert.match(errors, /^Nobody can administer .+ link on standard output, or run `npx roster create-admin`\.\n$/)
  assert.equal(code, 0)
  assert.doesNotMatch(after.out + after.errors, /#token=|Nobody/)
})

test('production with the admin that its settings describe starts without a warning', async () => {
  await using house = await openHouse({ ...production, ADMIN_EMAIL: ada.email, ADMIN_PASSWORD: ada.password })
  const server = await house.serve()

  const { authorization } = await signIn(server, ada)
  const { out, errors } = await server.stop()

  assert.match(authorization, /^Bearer ey/)
  assert.doesNotMatch(out + errors, /no-active-admin|ada@|Nobody/)
})

test('a fault that nobody caught is logged without what it says, and ends the server with exit code 1 in good order', async () => {
  await using house = await openHouse(production)
  // Frames quote the address of the code, so that must not tell it either.
  const message = Buffer.from('ada@example.com').toString('hex')
  const trap = `data:text/javascript,process.on('SIGUSR2',()=>{Promise.reject(new Error(Buffer.from('${message}','hex')))})`
  const launcher = join(import.meta.dirname, '../../bin/roster.mjs')
  const server = await house.serve({ command: [process.execPath, '--import', trap, launcher, 'serve'] })

  const { code, out, errors } = await server.stop('SIGUSR2')

  assert.equal(code, 1)
  assert.match(out, /"event":"uncaught-fault"/)
  assert.match(out, /"event":"stopped"/)
  assert.doesNotMatch(out + errors, /ada@/)
  assert.equal(existsSync(join(house.dataDirectory, 'roster.db-wal')), false)
})

const ada = {
  email: 'ada@example.com',
  password: 'Analytical-Engine-1843!',
  firstName: 'Augusta',
  lastName: 'King',
}

function isRefused(answer: Promise<Response>): Promise<boolean> {
  return answer.then(
    () => false,
    () => true,
  )
}

function post(
  { url }: RunningServer,
  path: string,
  headers: { authorization: string },
  body: object,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** Their e-mail addresses. */
async function listUsers(server: RunningServer): Promise<string[]> {
  const answer = await fetch(`${server.url}/api/users`, {
    headers: await signIn(server),
  })
  const { data } = (await answer.json()) as { data: { email: string }[] }
  return data.map(({ email }) => email)
}

async function pretendToBeNewer({ environment, dataDirectory }: House): Promise<void> {
  const keys = await openDirectoryKeys(settingsFrom({ ...environment }))
  const connection = openWriting(join(dataDirectory, 'roster.db'), keys.file)
  connection.exec(`insert into migrations (number, name, applied_at) values (999, 'later', 0)`)
  connection.close()
}
