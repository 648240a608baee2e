import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atHome, loopbackOnly } from './guards.ts'
import { exchange } from './testing/raw-http.ts'
import { openToyServer, usersContract } from './testing/toys.ts'

const forwarding = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-anything',
  'x-real-ip',
]

test('a server that expects no proxy turns away what one sent on, in the form of the contract', async () => {
  await using server = await openToyServer([usersContract('eg', '/')], { guard: atHome })
  for (const name of forwarding) {
    for (const path of ['/open/x', '/users', '/nope']) {
      const answer = await server.fetch(path, { headers: { [name]: '' } })
      assert.equal(`${answer.status} ${await answer.text()}`, '403 eg: forbidden_origin', `${name} ${path}`)
    }
  }
  assert.equal((await server.fetch('/open/x', { headers: { origin: 'http://evil.example' } })).status, 200)
})

test('a server for this machine alone answers to no name but its own, whoever else resolves to it', async () => {
  await using server = await openToyServer([usersContract('eg', '/')], { guard: atHome })
  const status = async (host: string) =>
    (await exchange(server.port, `GET /open/x HTTP/1.1\r\nconnection: close\r\nhost: ${host}\r\n\r\n`)).status

  for (const host of ['localhost:3001', '127.0.0.1:3001', '[::1]:3001']) assert.equal(await status(host), 200, host)
  for (const host of ['evil.example', 'evil.example:3001', 'localhost.evil.example', 'evil.localhost', '10.0.0.1']) {
    assert.equal(await status(host), 403, host)
  }
})

test('a loopback port answers programs on this machine, and no web page', async () => {
  await using server = await openToyServer([usersContract('eg', '/')], { guard: loopbackOnly })
  const status = async (...fields: string[]) => {
    const head = ['GET /open/x HTTP/1.1', 'connection: close', ...fields, '', ''].join('\r\n')
    return (await exchange(server.port, head)).status
  }

  for (const host of ['localhost', 'LOCALHOST:9876', '127.0.0.1', '127.0.0.1:9876', '[::1]', '[::1]:9876']) {
    assert.equal(await status(`host: ${host}`), 200, host)
    assert.equal(await status(`host: ${host}`, 'sec-fetch-site: none'), 200)
    assert.equal(await status(`host: ${host}`, 'sec-fetch-site: same-origin'), 200)
  }
  for (const host of [
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.localhost',
    '0.0.0.0',
    '[::]',
    '10.0.0.1',
    'localhost:',
    'localhost@evil',
    '127.1',
  ]) {
    assert.equal(await status(`host: ${host}`), 403, host)
  }
  const fields = [
    'origin: null',
    'origin: http://localhost',
    'sec-fetch-site: cross-site',
    'sec-fetch-site: same-site',
    'sec-fetch-site: x',
  ]
  for (const field of [...fields, ...forwarding.map((name) => `${name}: 127.0.0.1`)]) {
    assert.equal(await status('host: localhost', field), 403, field)
  }
})

test('only this machine is this machine', () => {
  for (const peer of [null, '10.0.0.1', '2001:db8::1', '128.0.0.1']) {
    assert.deepEqual(loopbackOnly({ headers: { host: 'localhost' }, peer }), { code: 'forbidden_origin' })
  }
})
