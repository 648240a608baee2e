import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../../src/core/limits.ts'
import { collect, dial, exchange, readAnswer } from '../../src/http/testing/raw-http.ts'
import { cast } from '../cast.ts'
import { isWithin, msOf, takes } from '../timing.ts'
import { openWorld, type World } from '../world.ts'
import { knock } from './knock.ts'

/** Of a processor, for one request and whatever sends it; a bomb that goes off takes many times as long. */
const cpuMsMax = 600

const megabyte = 1024 * 1024

/** Bodies of up to a megabyte, each made to cost more than it weighs. */
const heavyBodies: Readonly<Record<string, () => string>> = {
  'a tower of lists': () => '['.repeat(megabyte),
  'a tower of objects': () => '{"a":'.repeat(megabyte / 5),
  'a tower that is closed': () => `${'['.repeat(megabyte / 2)}${']'.repeat(megabyte / 2)}`,
  'as deep as may be, and wide': () => `${'['.repeat(31)}${'[],'.repeat(300_000)}[]${']'.repeat(31)}`,
  'many keys': () => `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":0`).join()},"z":0}`,
  'many keys that are numbers': () => `{${Array.from({ length: 70_000 }, (_, n) => `"${n * 7919}":0`).join()},"z":0}`,
  'one key over and over': () => `{${'"email":"a",'.repeat(80_000)}"email":"a"}`,
  'many attributes': () => `{"attributes":{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":0`).join()}}}`,
  'wide attributes': () => `{"attributes":{"a":[${'0,'.repeat(500_000)}0]}}`,
  'many fields that do not exist': () =>
    `{"profile":{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":0`).join()}}}`,
  'a number without end': () => `{"email":${'9'.repeat(megabyte - 20)}}`,
  'a fraction without end': () => `{"email":0.${'3'.repeat(megabyte - 20)}e-99999}`,
  'a text without end': () => `{"email":"${'a'.repeat(megabyte - 20)}"}`,
  'escapes without end': () => `{"email":"${'\\u0000'.repeat(150_000)}"}`,
  'quotes without end': () => `{"email":"${'\\"'.repeat(500_000)}"}`,
  'blanks without end': () => `{${' '.repeat(megabyte - 20)}}`,
  'no JSON at all': () => '\u0001'.repeat(megabyte),
  'half a character at the end': () => `{"email":"${'é'.repeat(500_000)}\ud83d`,
}

/** Texts for fields, each made to cost more than it weighs: by backtracking, by putting marks in order, by being looked up. */
const heavyTexts: readonly string[] = [
  `a${'\u0301\u0327'.repeat(100_000)}`,
  `a${'\u0301\u0327'.repeat(8000)}`,
  `@${'\u0301\u0327'.repeat(100_000)}`,
  `http://a/${'\u0301\u0327'.repeat(8000)}`,
  '\uac00'.repeat(300_000),
  'ﷺ'.repeat(300_000),
  'İ'.repeat(300_000),
  ' '.repeat(900_000),
  `x${' '.repeat(500_000)}x`,
  `${'a'.repeat(64)}@${`${'a'.repeat(61)}.`.repeat(3)}!`,
  `a@${'a-'.repeat(120)}`,
  `${'.'.repeat(250)}@`,
  `${'a.'.repeat(500_000)}@a`,
  `a@${'a.'.repeat(500_000)}!`,
  '@'.repeat(900_000),
  `http://${'a.'.repeat(1000)}\u{1f600}`,
  `http://[${':'.repeat(2000)}`,
  `http://xn--${'a'.repeat(2000)}`,
  `http://${'\uff41'.repeat(2000)}`,
  `http://x/${'%'.repeat(2000)}`,
  `javascript:${'a'.repeat(900_000)}`,
  `${'a+.-'.repeat(200_000)}`,
  'A/'.repeat(400_000),
  `Europe/${'_'.repeat(90)}`,
  `${'0'.repeat(8)}-`.repeat(100_000),
  `2026-01-01T00:00:00.${'9'.repeat(900_000)}Z`,
]

const textFields = [
  'email',
  'username',
  'firstName',
  'avatar',
  'website',
  'linkedin',
  'bio',
  'timezone',
  'language',
  'password',
] as const

test('no body of a megabyte, however it is made, keeps the server busy', { timeout: 120_000 }, async () => {
  await using world = await openWorld({ settings: { GUESSES_PER_ACCOUNT: '1000' } })
  const doors = [
    { method: 'POST', path: '/api/auth/login' },
    { method: 'PATCH', path: '/api/users/me', as: 'grace' },
    { method: 'PATCH', path: '/api/users/me', as: 'ada' },
    { method: 'PUT', path: '/express-gateway/users/grace@example.com', as: 'ada' },
  ] as const

  for (const [name, make] of Object.entries(heavyBodies)) {
    const body = make()
    for (const { method, path, ...who } of doors) {
      const { status, length } = await costOf(world, name, { method, path, body, ...who })
      assert.ok([200, 400, 401, 403].includes(status), `${name}: ${status}`)
      assert.ok(length < 20_000, `${name} is answered with ${length} characters`)
    }
  }
})

test('no text in a field keeps the server busy, whoever sends it', { timeout: 120_000 }, async () => {
  await using world = await openWorld({ settings: { GUESSES_PER_ACCOUNT: '1000' } })
  const person = { email: 'p@example.com', password: 'short', firstName: 'P', lastName: 'Q' }
  const doors: ((text: string) => { method: string; path: string; as?: 'ada' | 'grace'; json: object })[] = [
    (text) => ({ method: 'POST', path: '/api/auth/login', json: { email: text, password: 'x' } }),
    (text) => ({ method: 'POST', path: '/api/auth/login', json: { username: text, password: text } }),
    (text) => ({ method: 'POST', path: '/api/auth/refresh', json: { refreshToken: text } }),
    (text) => ({ method: 'POST', path: '/api/auth/register', json: { ...person, email: text, firstName: text } }),
    (text) => ({ method: 'PATCH', path: '/api/users/me', as: 'grace', json: fieldsOf(text) }),
    (text) => ({
      method: 'PUT',
      path: '/api/users/me/password',
      as: 'grace',
      json: { currentPassword: 'x', newPassword: text },
    }),
    (text) => ({
      method: 'PUT',
      path: '/express-gateway/users/grace@example.com',
      as: 'ada',
      json: gatewayFieldsOf(text),
    }),
  ]

  await world.core.passwords.common()

  for (const text of heavyTexts) {
    for (const door of doors) {
      const { json, ...sent } = door(text)
      const { status } = await costOf(world, JSON.stringify(text.slice(0, 40)), { ...sent, body: JSON.stringify(json) })
      assert.ok([400, 401, 413].includes(status), `${sent.method} ${sent.path}: ${status}`)
    }
  }
  assert.doesNotMatch(world.logged.join(''), / error /)
})

/** What weighs most in a batch: faults by the thousand, and texts that are dear to read. */
const heavyOperations: Readonly<Record<string, () => object[]>> = {
  'keys that nobody knows': () =>
    Array(1000).fill(Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`k${n}`, 0]))),
  'marks in rows as long as may be': () =>
    Array(120).fill({ avatar: `http://a/${`${'\u0301\u0327'.repeat(15)}a`.repeat(500)}` }),
  'time zones that do not exist': () => Array(1000).fill({ preferences: { timezone: `Europe/${'x'.repeat(80)}` } }),
  'addresses that are none': () =>
    Array(1000).fill({ username: `a@${'a-'.repeat(100)}`, avatar: 'http://['.padEnd(1000, ':') }),
}

test('no batch keeps the server busy that does nothing', async () => {
  await using world = await openWorld()
  const id = cast.grace.user.id

  for (const [name, make] of Object.entries(heavyOperations)) {
    const operations = make().map((body) => ({ op: 'update', id, body }))
    for (const atomic of [true, false]) {
      const body = JSON.stringify({ atomic, operations })
      const sent = { method: 'POST', path: '/api/users/batch', as: 'grace', body } as const
      const { status } = await costOf(world, name, sent, 1200)
      assert.equal(status, atomic ? 409 : 200, name)
    }
  }
})

/** Tables as large as may be, each made to cost more than it weighs. */
const heavyTables: Readonly<Record<string, string>> = {
  'commas without end': ','.repeat(limits.invitationBatchBytesMax - 10),
  'lines without end': '\n'.repeat(limits.invitationBatchBytesMax - 10),
  'blanks without end': ' '.repeat(limits.invitationBatchBytesMax - 10),
  'quotes without end': '"'.repeat(limits.invitationBatchBytesMax - 10),
  'lines in quotes': `"${'\n'.repeat(8000)}",`.repeat(60),
  'empty quotes': '"",'.repeat(170_000),
  'addresses that are none': `${`a@${'a-'.repeat(120)}`}\n`.repeat(1000),
  'marks in rows as long as may be': `${`${'\u0301\u0327'.repeat(15)}a`.repeat(80)}\n`.repeat(100),
}

test('no table keeps the server busy', async () => {
  await using world = await openWorld()
  const path = '/api/invitations/batch?dryRun=true'

  for (const [name, lines] of Object.entries(heavyTables)) {
    const sent = { method: 'POST', path, as: 'ada', type: 'text/csv', body: `email\n${lines}` } as const
    const { status } = await costOf(world, name, sent)
    assert.ok([200, 400].includes(status), `${name}: ${status}`)
  }
})

test('no header and no target of a request keeps the server busy', async () => {
  await using world = await openWorld({ settings: { DEVELOPMENT_ON_NETWORK: 'yes', TRUST_PROXY: '127.0.0.1' } })
  const authorization = `Bearer ${await world.token('grace')}`
  const headers: Record<string, string>[] = [
    { authorization, 'if-none-match': '"a",'.repeat(3700) },
    { authorization, 'if-none-match': `"${'a'.repeat(14_000)}` },
    { authorization, 'if-match': `${'W/"a" '.repeat(2000)}` },
    { authorization, 'x-forwarded-for': '::1,'.repeat(3500) },
    { authorization, 'x-forwarded-for': `${'1'.repeat(14_000)}` },
    { authorization, 'user-agent': 'x'.repeat(14_000) },
    { authorization: `Bearer ${' '.repeat(14_000)}x` },
    { authorization: `Bearer ${'a.'.repeat(4000)}` },
    { authorization: `Bearer ${Buffer.from('{"alg":"EdDSA","kid":"'.padEnd(5000, '[')).toString('base64')}.a.b` },
    ...Array.from({ length: 1 }, () => Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`x-${n}`, 'y']))),
  ]
  for (const more of headers) {
    const heard = await timed(JSON.stringify(more).slice(0, 80), () =>
      knock(world.roster.port, { method: 'GET', path: '/api/users/me', headers: more }),
    )
    assert.ok([200, 401, 431].includes(heard.status), String(heard.status))
  }

  for (const target of [
    `/${'a/'.repeat(7000)}`,
    `/api/users/${'%F0%9F%98%80'.repeat(1100)}`,
    `/${'..%2f'.repeat(2800)}`,
    `/?${'a'.repeat(1e6)}`,
  ]) {
    const { status } = await timed(target.slice(0, 40), () =>
      exchange(world.roster.port, `GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`),
    )
    assert.ok([400, 401, 404, 414, 431].includes(status), `${target.slice(0, 40)}: ${status}`)
  }
})

test('ten megabytes are refused unread, and neither they nor a trickle hold others up', async () => {
  await using world = await openWorld()
  const { port } = world.roster
  const head = 'POST /api/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
  const slow = await Promise.all(Array.from({ length: 100 }, () => dial(port)))
  for (const socket of slow) socket.write(`${head}content-length: 1000\r\n\r\n{`)

  const told = await exchange(port, `${head}content-length: ${10 * megabyte}\r\n\r\n{`)
  assert.equal(told.status, 413)
  const socket = await dial(port)
  const answer = collect(socket, 500)
  socket.write(`${head}transfer-encoding: chunked\r\n\r\n`)
  for (let n = 0; n < 40 && socket.writable; n += 1) socket.write(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
  assert.equal(readAnswer(await answer).status, 413)

  for (let n = 0; n < 5; n += 1) {
    const lookUp = async () => assert.equal((await world.fetch('/api/users/me', { as: 'grace' })).status, 200)
    await takes({ msMax: 1000 }, () => msOf(lookUp))
    for (const one of slow) one.write(' ')
  }
  for (const one of slow) one.destroy()
})

function fieldsOf(text: string): object {
  const fields = Object.fromEntries(textFields.map((field) => [field, text.slice(0, 30_000)]))
  const { website, linkedin, bio, timezone, language, password: _, ...plain } = fields
  return { ...plain, username: text, profile: { website, linkedin, bio }, preferences: { timezone, language } }
}

function gatewayFieldsOf(text: string): object {
  const short = text.slice(0, 100_000)
  return { firstname: short, lastname: short, email: short, redirectUri: short }
}

interface Sent {
  readonly method: string
  readonly path: string
  readonly as?: 'ada' | 'grace'
  readonly body: string
  /** Of the body; JSON unless said. */
  readonly type?: string
}

async function costOf(world: World, name: string, sent: Sent, maxMs = cpuMsMax) {
  const { method, path, as, body, type = 'application/json' } = sent
  const authorization = as && `Bearer ${await world.token(as)}`
  const headers = { 'content-type': type, ...(authorization && { authorization }) }
  const heard = await timed(
    `${name} to ${path}`,
    () => knock(world.roster.port, { method, path, headers, body }),
    maxMs,
  )
  return { status: heard.status, length: heard.body.length }
}

/** By the time that processors spent, which does not depend on what else the machine does. */
async function timed<Told>(name: string, ask: () => Promise<Told>, maxMs = cpuMsMax): Promise<Told> {
  const before = process.cpuUsage()
  const told = await ask()
  const { user, system } = process.cpuUsage(before)
  const cpuMs = (user + system) / 1000
  assert.ok(isWithin(cpuMs, maxMs), `${name} cost ${cpuMs} ms`)
  return told
}
