import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange } from '../../src/http/testing/raw-http.ts'
import { openMailServer } from '../mail-server.ts'
import { until } from '../timing.ts'
import { openWorld, type World } from '../world.ts'

const publicUrl = 'https://directory.example.com/people'
/** As open to what proxies say as settings can make it. */
const settings = { DEVELOPMENT_ON_NETWORK: 'yes', TRUST_PROXY: '127.0.0.1', PUBLIC_URL: publicUrl }

/** Each says in its own way that the request was meant for another host; the first line is the target. */
const poisons: readonly [target: string, ...headers: string[]][] = [
  ['', 'host: evil.example'],
  ['', 'host: directory.example.com:@evil.example'],
  ['', 'host: localhost', 'x-forwarded-host: evil.example', 'x-forwarded-proto: ftp', 'x-forwarded-port: 6666'],
  ['', 'host: localhost', 'forwarded: for=1.2.3.4;host=evil.example;proto=http'],
  ['', 'host: localhost', 'x-host: evil.example', 'x-original-host: evil.example', 'x-forwarded-server: evil.example'],
  [
    '',
    'host: localhost',
    'x-forwarded-prefix: //evil.example',
    'x-original-url: //evil.example/',
    'x-rewrite-url: /evil',
  ],
  ['', 'host: localhost', 'origin: https://evil.example', 'referer: https://evil.example/reset'],
  ['http://evil.example', 'host: evil.example'],
  ['http://evil.example', 'host: localhost'],
]

function post(world: World, [target, ...headers]: readonly string[], path: string, json: object) {
  const body = JSON.stringify(json)
  const head = [
    `POST ${target}${path} HTTP/1.1`,
    ...headers,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  return exchange(world.roster.port, `${head.join('\r\n')}\r\n\r\n${body}`)
}

test('whatever host a request names, mail that it causes links to the public address and nowhere else', async () => {
  await using server = await openMailServer()
  await using world = await openWorld({ settings: { ...settings, SMTP_URL: server.url } })
  const admin = `authorization: Bearer ${await world.token('ada')}`
  const newcomer = { password: 'Lighthouse-Keeper-77!', firstName: 'New', lastName: 'Comer' }

  for (const [n, poison] of poisons.entries()) {
    for (const [path, json, ...more] of [
      ['/api/auth/register', { ...newcomer, email: `a${n}@example.com` }],
      ['/api/users', { ...newcomer, email: `b${n}@example.com` }, admin],
      ['/racknap/api/users/signup', { ...newcomer, email: `c${n}@example.com` }],
      ['/racknap/api/users', { ...newcomer, email: `d${n}@example.com` }, admin],
      ['/api/auth/resend-verification', { email: `b${n}@example.com` }],
      ['/api/auth/forgot-password', { email: `a${n}@example.com` }],
      ['/api/auth/forgot-password', { email: 'grace@example.com' }],
    ] as const) {
      const { status } = await post(world, [...poison, ...more], path, json)
      assert.ok(status === 201 || status === 202, `${poison.join(', ')} ${path} → ${status}`)
    }
    world.tick(61_000)
  }

  await until(async () => (await world.core.directory.mail.counts()).waiting === 0)
  assert.ok(server.received.length >= 3 * poisons.length, `${server.received.length} mails`)
  let links = 0
  for (const { raw, text, html } of server.received) {
    assert.doesNotMatch(raw + text + html, /evil|localhost|127\.0\.0\.1/)
    for (const [link] of `${text} ${html}`.matchAll(/https?:[^\s"<]+/g)) {
      assert.ok(link.startsWith(`${publicUrl}/`), link)
      links += 1
    }
  }
  assert.ok(links >= 3 * 3 * poisons.length, `${links} links`)
})

test('whatever host a request names, what it is shown of the mailbox links to the public address and nowhere else', async () => {
  await using world = await openWorld({ settings })
  await world.fetch('/api/auth/forgot-password', { method: 'POST', json: { email: 'grace@example.com' } })
  await until(async () => (await world.core.directory.mail.counts()).waiting === 0)
  const [mail] = (await world.core.directory.mail.page({ state: null, offset: 0, limit: 1 })).mails

  for (const [target, ...headers] of poisons) {
    const head = [
      `GET ${target}/api/mail/${mail?.id} HTTP/1.1`,
      ...headers,
      `authorization: Bearer ${await world.token('ada')}`,
    ]
    const { status, body } = await exchange(world.roster.port, `${head.join('\r\n')}\r\nconnection: close\r\n\r\n`)
    assert.equal(status, 200)
    assert.ok(body.includes(`${publicUrl}/reset-password#token=`))
    assert.doesNotMatch(body, /evil|localhost|127\.0\.0\.1/)
  }
})
