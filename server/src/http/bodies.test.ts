import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import { exchange } from './testing/raw-http.ts'
import { openToyServer, seen, usersContract } from './testing/toys.ts'

const contracts = [usersContract('eg', '/')]
const json = { 'content-type': 'application/json' }

test('JSON reaches the handler parsed, and as it came', async () => {
  await using server = await openToyServer(contracts)
  for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON']) {
    const answer = await server.fetch('/open', { method: 'POST', body: '{"a":"é"}', headers: { 'content-type': type } })
    const { body, bytes } = await seen(answer)
    assert.deepEqual(body, { a: 'é' })
    assert.equal(bytes, Buffer.from('{"a":"é"}').toString('hex'))
  }
})

test('a merge-patch route reads both names of the same thing, other routes plain JSON only', async () => {
  await using server = await openToyServer(contracts)
  const send = (method: string, type: string) =>
    server.fetch('/users/x', { as: 'ada', method, body: '{}', headers: { 'content-type': type } })

  assert.equal((await send('PATCH', 'application/merge-patch+json')).status, 200)
  assert.equal((await send('PATCH', 'application/json')).status, 200)
  const put = await send('PUT', 'application/merge-patch+json')
  assert.equal(`${put.status} ${await put.text()}`, '415 eg: unsupported_media_type application/json')
})

test('another media type is refused, one that is no media type too', async () => {
  await using server = await openToyServer(contracts)
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
    '/',
    ';',
    '"',
    'application/json, text/plain',
    'application/json; charset=iso-8859-1',
  ]
  for (const type of types) {
    const answer = await server.fetch('/open', { method: 'POST', body: '{}', headers: { 'content-type': type } })
    assert.equal(`${answer.status} ${await answer.text()}`, '415 eg: unsupported_media_type application/json', type)
  }
  const untyped = await exchange(
    server.port,
    'POST /open HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}',
  )
  assert.equal(untyped.status, 415)
  const packed = await server.fetch('/open', {
    method: 'POST',
    body: '{}',
    headers: { ...json, 'content-encoding': 'gzip' },
  })
  assert.equal(packed.status, 415)
})

test('no body is no body, whatever type it claims', async () => {
  await using server = await openToyServer(contracts)
  for (const headers of ['', 'content-type: application/json\r\n', 'content-type: text/plain\r\n']) {
    for (const length of ['', 'content-length: 0\r\n']) {
      const answer = await exchange(
        server.port,
        `POST /open HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}${length}\r\n`,
      )
      assert.deepEqual(
        [answer.status, JSON.parse(answer.body).body, JSON.parse(answer.body).bytes],
        [200, undefined, null],
      )
    }
  }
})

test('a body where none is wanted is not looked at', async () => {
  await using server = await openToyServer(contracts)
  const requests = [
    'GET /open/x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n{',
    'DELETE /users/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n{',
    'DELETE /users/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\ncontent-length: 1\r\n\r\n{',
  ]
  for (const request of requests) {
    const [first, second] = (await exchange(server.port, request.repeat(2))).text.split(/(?=HTTP\/1\.1 )/)
    assert.match(first ?? '', /^HTTP\/1\.1 200 .*"bytes":null/s)
    assert.match(second ?? '', /^HTTP\/1\.1 200 /)
  }
})

test('what is no JSON is refused before the handler sees it', async () => {
  await using server = await openToyServer(contracts)
  for (const [body, expected] of [
    ['{', '400 eg: unreadable_json'],
    [Buffer.from('{"a":"\xff"}', 'latin1'), '400 eg: unreadable_json'],
    ['\ufeff{"a":1}', '200'],
    ['[['.repeat(limits.bodyDepthMax), `400 eg: json_too_deep ${limits.bodyDepthMax}`],
    [`${'['.repeat(500_000)}${']'.repeat(500_000)}`, `400 eg: json_too_deep ${limits.bodyDepthMax}`],
    [`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`, `400 eg: json_too_deep ${limits.bodyDepthMax}`],
    ['{"__proto__":{"role":"admin"}}', '200'],
  ] as const) {
    const answer = await server.fetch('/open', { method: 'POST', body, headers: json })
    assert.equal(`${answer.status} ${await answer.text()}`.slice(0, expected.length), expected)
  }
  assert.equal(({} as { role?: string }).role, undefined)
})

test('a body beyond the limit is refused, whether its length is told, hidden or a lie', async () => {
  await using server = await openToyServer(contracts)
  const max = limits.bodyBytesMax
  const head = 'POST /open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  const expected = `413 eg: body_too_large ${max}`

  const told = await server.fetch('/open', { method: 'POST', body: ' '.repeat(max + 1), headers: json })
  assert.equal(`${told.status} ${await told.text()}`, expected)
  for (const pieces of [
    [`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(17)}0\r\n\r\n`],
    [`${head}transfer-encoding: chunked\r\n\r\n`, ...Array.from({ length: 17 }, () => chunk)],
    [`${head}content-length: ${max + 1}\r\n\r\n{}`],
    [`${head}content-length: 99999999999\r\n\r\n{}`],
  ]) {
    const answer = await exchange(server.port, ...pieces)
    assert.equal(`${answer.status} ${answer.body}`, expected)
  }
  const fits = await server.fetch('/open', { method: 'POST', body: `"${' '.repeat(max - 2)}"`, headers: json })
  assert.equal(fits.status, 200)
})

test('a caller whose body is too large can go on with the connection', async () => {
  await using server = await openToyServer(contracts)
  const max = limits.bodyBytesMax
  const first = `POST /open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${max * 2}\r\n\r\n${' '.repeat(max * 2)}`

  const { text } = await exchange(server.port, first, 'GET /open/again HTTP/1.1\r\nhost: x\r\n\r\n')

  assert.match(text, /^HTTP\/1\.1 413 .*HTTP\/1\.1 200 .*"again"/s)
})

test('a caller who goes on and on after the answer is cut off', async () => {
  await using server = await openToyServer(contracts)
  const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`
  const pieces = Array.from({ length: 24 }, () => chunk)

  const answer = await exchange(
    server.port,
    'POST /users HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n',
    ...pieces,
  )

  assert.equal(answer.status, 401)
})

test('a route may set a limit of its own, and take any media type as bytes', async () => {
  await using server = await openToyServer(contracts)
  const send = (body: string) =>
    server.fetch('/bytes', { method: 'POST', body, headers: { 'content-type': 'image/png' } })

  assert.equal((await seen(await send('0123456789'))).bytes, Buffer.from('0123456789').toString('hex'))
  const large = await send('0123456789a')
  assert.equal(`${large.status} ${await large.text()}`, '413 eg: body_too_large 10')
})
