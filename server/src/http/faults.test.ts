import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../test/timing.ts'
import { bytes, empty, json, jsonText, stream, text } from './answer.ts'
import { type Contract, get, post, type Route } from './contract.ts'
import { dial, exchange } from './testing/raw-http.ts'
import { echo, openToyServer, toyContract, toyRefusals } from './testing/toys.ts'

const free = { needs: 'nobody', answers: [200] } as const
const at = (handle: Route['handle'], more: Partial<Contract> = {}) =>
  toyContract('eg', '/', [get('/x', handle, free)], more)

class Away extends Error {}

test('a bug is answered without a word about it, and logged with a number that both sides know', async () => {
  const secret = 'ada@example.com'
  const bugs: Route['handle'][] = [
    () => {
      throw new Error(secret)
    },
    () => Promise.reject(new Error(secret)),
    () => Promise.reject(null),
    () => text(200, 'x', { location: `/${secret}\n` }),
    () => undefined as never,
    () => json(200, 1n),
    () => text(99, secret),
  ]
  for (const bug of bugs) {
    await using server = await openToyServer([at(bug)])
    const answer = await server.fetch('/x?email=ada@example.com')
    assert.equal(`${answer.status} ${await answer.text()}`, '500 eg: fault', bug.toString())
    const id = answer.headers.get('x-request-id')
    assert.ok(id)
    assert.equal(JSON.stringify([...answer.headers]).includes(secret), false)
    assert.deepEqual(
      server.faults.map(({ fault: _, ...facts }) => facts),
      [{ event: 'request-failed', requestId: id, contract: 'eg', route: '/x', method: 'GET' }],
    )
    assert.equal((await server.fetch('/nope')).status, 404)
  }
})

test('a caller cannot choose the number of its request', async () => {
  await using server = await openToyServer([at(() => Promise.reject(new Error()))])
  const answer = await server.fetch('/x', { headers: { 'x-request-id': 'chosen', 'request-id': 'chosen' } })

  assert.notEqual(answer.headers.get('x-request-id'), 'chosen')
})

test('a phrasebook that fails is a bug too, and ends nothing', async () => {
  const failing = () => {
    throw new Error()
  }
  const refusals = Object.fromEntries(Object.keys(toyRefusals('eg')).map((code) => [code, failing])) as never
  await using server = await openToyServer([at(() => Promise.reject(new Error()), { refusals })])

  for (const path of ['/x', '/nope', '/%zz']) assert.equal((await server.fetch(path)).status, 500, path)
  for (const head of ['FOO /x HTTP/1.1', 'CONNECT x HTTP/1.1', 'GET /x HTTP/9.9']) {
    assert.equal((await exchange(server.port, `${head}\r\nhost: x\r\n\r\n`)).status, 500, head)
  }
})

test('what we need and cannot reach makes us unavailable, at the door and behind it', async () => {
  const isUnavailable = (thrown: unknown) => thrown instanceof Away
  await using behind = await openToyServer([at(() => Promise.reject(new Away()))], { isUnavailable })
  const contract = toyContract('eg', '/', [get('/x', echo, { needs: 'session', answers: [200] })])
  await using door = await openToyServer([contract], { isUnavailable, authenticate: () => Promise.reject(new Away()) })

  for (const server of [behind, door]) {
    const answer = await server.fetch('/x')
    assert.equal(
      `${answer.status} ${answer.headers.get('retry-after')} ${await answer.text()}`,
      '503 5 eg: unavailable',
    )
    assert.deepEqual(
      server.faults.map(({ event }) => event),
      ['request-unavailable'],
    )
  }
})

test('a caller who goes away in the middle of a body is no fault', async () => {
  await using server = await openToyServer([toyContract('eg', '/', [post('/x', echo, { ...free, body: 'json' })])])
  for (const head of ['content-length: 100', 'transfer-encoding: chunked']) {
    const socket = await dial(server.port)
    socket.write(`POST /x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${head}\r\n\r\n`)
    await pause(30)
    socket.destroy()
  }
  await pause(30)

  assert.deepEqual(server.faults, [])
  assert.equal((await server.fetch('/x')).status, 405)
})

test('a caller who goes away before its answer is no fault', async () => {
  const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const late = async () => {
    reached.resolve()
    await gate.promise
    return text(200, 'late')
  }
  await using server = await openToyServer([at(late)])
  const socket = await dial(server.port)
  socket.write('GET /x HTTP/1.1\r\nhost: x\r\n\r\n')
  await reached.promise
  socket.destroy()
  await pause(30)
  gate.resolve()
  await pause(30)

  assert.deepEqual(server.faults, [])
})

test('an answer of any kind arrives as it was made, with the constant headers unless it has its own', async () => {
  async function* chunks() {
    yield 'a,'
    yield Buffer.from('b')
  }
  const cases: [Route['handle'], status: number, type: string | null, body: string, length: string | null][] = [
    [() => json(201, { a: 'é' }), 201, 'application/json; charset=utf-8', '{"a":"é"}', '10'],
    [() => jsonText(200, '{ }'), 200, 'application/json; charset=utf-8', '{ }', '3'],
    [() => text(200, 'é'), 200, 'text/plain; charset=utf-8', 'é', '2'],
    [() => text(200, ''), 200, 'text/plain; charset=utf-8', '', '0'],
    [() => bytes(200, 'image/png', new Uint8Array([65, 66])), 200, 'image/png', 'AB', '2'],
    [() => empty(200), 200, null, '', '0'],
    [() => empty(204), 204, null, '', null],
    [() => empty(304, { etag: '"1"' }), 304, null, '', null],
    [() => stream(200, 'text/csv', chunks()), 200, 'text/csv', 'a,b', null],
  ]
  for (const [handle, status, type, body, length] of cases) {
    await using server = await openToyServer([at(handle)])
    for (const method of ['GET', 'HEAD']) {
      const answer = await server.fetch('/x', { method })
      const { headers } = answer
      assert.deepEqual(
        [answer.status, headers.get('content-type'), await answer.text()],
        [status, type, method === 'GET' ? body : ''],
      )
      assert.equal(headers.get('content-length'), length, `${method} ${handle}`)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.equal(headers.get('vary'), 'Authorization')
      for (const name of ['server', 'x-powered-by', 'x-request-id']) assert.equal(headers.get(name), null)
    }
  }
  await using own = await openToyServer([at(() => text(200, 'x', { 'cache-control': 'private', vary: 'Accept' }))])
  const answer = await own.fetch('/x')
  assert.equal(`${answer.headers.get('cache-control')} ${answer.headers.get('vary')}`, 'private Authorization, Accept')
})

test('a stream is asked for no more than the caller takes, and let go when the caller goes', async () => {
  let made = 0
  let letGo = false
  async function* endless() {
    try {
      for (;;) {
        made += 1
        yield 'x'.repeat(64 * 1024)
      }
    } finally {
      letGo = true
    }
  }
  await using server = await openToyServer([at(() => stream(200, 'text/plain', endless()))])
  const socket = await dial(server.port)
  socket.pause()
  socket.write('GET /x HTTP/1.1\r\nhost: x\r\n\r\n')
  let madeBefore = -1
  await until(async () => {
    madeBefore = made
    await pause(100)
    return made > 0 && made === madeBefore
  })
  assert.ok(made < 1000)
  socket.destroy()
  await until(() => letGo)

  assert.deepEqual(server.faults, [])
})

test('nothing is made of a stream that HEAD asks for', async () => {
  let made = 0
  async function* rows() {
    made += 1
    yield 'x'
  }
  await using server = await openToyServer([at(() => stream(200, 'text/csv', rows()))])

  assert.equal((await server.fetch('/x', { method: 'HEAD' })).status, 200)
  assert.equal(made, 0)
})

test('a stream that breaks is a fault before it began, and a cut connection afterwards', async () => {
  async function* breaking(after: number) {
    for (let count = 0; count < after; count += 1) yield 'x'
    throw new Error('broken')
  }
  await using early = await openToyServer([at(() => stream(200, 'text/plain', breaking(0)))])
  await using late = await openToyServer([at(() => stream(200, 'text/plain', breaking(2)))])

  assert.equal((await early.fetch('/x')).status, 500)
  assert.deepEqual(
    early.faults.map(({ event }) => event),
    ['request-failed'],
  )
  const { text: cut } = await exchange(late.port, 'GET /x HTTP/1.1\r\nhost: x\r\n\r\n')
  assert.match(cut, /^HTTP\/1\.1 200/)
  assert.equal(cut.endsWith('0\r\n\r\n'), false)
  assert.deepEqual(
    late.faults.map(({ event }) => event),
    ['answer-cut-short'],
  )
})
