import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import { collect, dial, exchange, readAnswer } from './testing/raw-http.ts'
import { openToyServer, usersContract } from './testing/toys.ts'

const both = [usersContract('root', '/'), usersContract('eg', '/eg')]
const timeouts = { headersMs: 600, requestMs: 900, checkEveryMs: 30 }

test('malformed HTTP is refused in the form of the contract that was addressed, and the connection ends', async () => {
  await using server = await openToyServer(both)
  const head = 'GET /eg/open/x HTTP/1.1\r\nhost: x\r\n'
  const cases: [sent: string, expected: string][] = [
    [`${head}bad header\r\n\r\n`, '400 eg: bad_request'],
    [`${head}a\x00b: c\r\n\r\n`, '400 eg: bad_request'],
    [`${head}a: b\x00c\r\n\r\n`, '400 eg: bad_request'],
    [`${head} folded: x\r\n\r\n`, '400 eg: bad_request'],
    [`${head}content-length: x\r\n\r\n`, '400 eg: bad_request'],
    [`${head}content-length: -1\r\n\r\n`, '400 eg: bad_request'],
    [`${head}content-length: 1\r\ncontent-length: 2\r\n\r\nab`, '400 eg: bad_request'],
    [`${head}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, '400 eg: bad_request'],
    ['GET /eg/open/x HTTP/9.9\r\nhost: x\r\n\r\n', '400 eg: bad_request'],
    ['GET /eg/open/x FTP/1.1\r\nhost: x\r\n\r\n', '400 eg: bad_request'],
    ['GET /eg/open/\x01 HTTP/1.1\r\nhost: x\r\n\r\n', '400 eg: bad_request'],
    ['GET  HTTP/1.1\r\n\r\n', '400 root: bad_request'],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '400 root: bad_request'],
    ['garbage\r\n\r\n', '400 root: bad_request'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400 root: bad_request'],
    ['{"a":1}', '400 root: bad_request'],
    ['CONNECT eg:443 HTTP/1.1\r\nhost: x\r\n\r\n', '400 root: bad_request'],
  ]
  for (const [sent, expected] of cases) {
    const answer = await exchange(server.port, sent)
    assert.equal(`${answer.status} ${answer.body}`, expected, JSON.stringify(sent))
    assert.equal(answer.headers.connection, 'close')
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.equal(Number(answer.headers['content-length']), answer.body.length)
  }
  assert.equal((await server.fetch('/open/x')).status, 200)
  assert.deepEqual(server.faults, [])
})

test('a request without a host is bad, unless it is as old as HTTP/1.0', async () => {
  await using server = await openToyServer(both)
  const answer = await exchange(server.port, 'GET /eg/open/x HTTP/1.1\r\nconnection: close\r\n\r\n')

  assert.equal(`${answer.status} ${answer.body}`, '400 eg: bad_request')
  assert.equal((await exchange(server.port, 'GET /eg/open/x HTTP/1.0\r\n\r\n')).status, 200)
})

test('headers beyond the limit are refused, however they come', async () => {
  await using server = await openToyServer(both)
  const max = limits.headerBytesMax
  const large = [
    `GET /eg/open/x HTTP/1.1\r\nhost: x\r\na: ${'b'.repeat(max)}\r\n\r\n`,
    `GET /eg/open/x HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(max / 4)}\r\n`,
    `GET /eg/open/${'x'.repeat(max)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  ]
  for (const sent of large) {
    const answer = await exchange(server.port, sent)
    assert.equal(`${answer.status} ${answer.body}`, `431 eg: headers_too_large ${max}`)
  }
})

test('a request that asks whether it may go on hears no before it has sent its body', async () => {
  await using server = await openToyServer(both)
  const head = (path: string, more = '') =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-type: application/json\r\n${more}content-length: 7\r\n\r\n`

  const turnedAway = await exchange(server.port, head('/eg/users'))
  const letIn = await exchange(server.port, head('/eg/open'), '{"a":1}')
  const unknown = await exchange(server.port, head('/eg/nope'))
  const tooLarge = await exchange(
    server.port,
    head('/eg/open').replace('length: 7', `length: ${limits.bodyBytesMax + 1}`),
  )

  assert.equal(
    `${turnedAway.status} ${turnedAway.body} ${turnedAway.headers.connection}`,
    '401 eg: unauthenticated close',
  )
  assert.match(letIn.text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  assert.equal(`${unknown.status} ${unknown.headers.connection}`, '404 close')
  assert.equal(tooLarge.status, 413)
})

test('an expectation that nobody knows is not met, and harms nobody', async () => {
  await using server = await openToyServer(both)
  const answer = await exchange(server.port, 'GET /eg/open/x HTTP/1.1\r\nhost: x\r\nexpect: the-moon\r\n\r\n')

  assert.equal(readAnswer(answer.text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')).status, 200)
})

test('a head that comes drop by drop is cut off', async () => {
  await using server = await openToyServer(both, { timeouts })
  const socket = await dial(server.port)
  const received = collect(socket)
  const drops = setInterval(() => socket.write('a: b\r\n'), 20)
  socket.write('GET /eg/open/x HTTP/1.1\r\nhost: x\r\n')

  const answer = readAnswer(await received)
  clearInterval(drops)

  assert.equal(`${answer.status} ${answer.headers.connection}`, '408 close')
  assert.match(answer.body, /request_timeout$/)
})

test('a body that comes drop by drop is cut off, in the form of its contract', async () => {
  await using server = await openToyServer(both, { timeouts })
  const heads = [
    'POST /eg/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n',
    'POST /eg/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  ]
  for (const head of heads) {
    const socket = await dial(server.port)
    const received = collect(socket)
    socket.write(head)
    const drops = setInterval(() => socket.write(head.includes('chunked') ? '1\r\n \r\n' : ' '), 20)

    const answer = readAnswer(await received)
    clearInterval(drops)

    assert.equal(`${answer.status} ${answer.body}`, '408 eg: request_timeout')
  }
  assert.deepEqual(server.faults, [])
})

test('what comes behind a whole request and cannot be read takes nothing from it but the connection', async () => {
  await using server = await openToyServer(both)
  const whole = 'POST /eg/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
  for (const behind of [
    '{"smuggled":1}',
    'GET\r\n\r\n',
    '\x00',
    `GET / HTTP/1.1\r\na: ${'b'.repeat(limits.headerBytesMax)}`,
  ]) {
    const { text } = await exchange(server.port, whole + behind)
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n.*connection: close/is, behind)
    assert.equal(text.split('HTTP/1.1 ').length, 2)
  }
})

test('a broken chunk ends the request in the form of its contract', async () => {
  await using server = await openToyServer(both)
  const answer = await exchange(
    server.port,
    'POST /eg/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  )

  assert.equal(`${answer.status} ${answer.body}`, '400 eg: bad_request')
  assert.deepEqual(server.faults, [])
})
