import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaveMail } from '../leave-mail.ts'
import { openMailServer } from '../mail-server.ts'
import { until } from '../timing.ts'
import { openWorld } from '../world.ts'

const newcomer = { password: 'Lighthouse-Keeper-77!', lastName: 'Comer' }

/** What somebody calls themselves who registers with an address that is not theirs. */
const names = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><a href="https://evil.example">Win</a>',
  'You have won: evil.example',
  'https://evil.example/claim',
  '{{constructor.constructor}} <%= 7*7 %> #{7*7}',
  'Grace =?utf-8?q?=0d=0aBcc:_b@evil.example?=',
  "'; Bcc: b@evil.example;",
  '.',
]

test('what people call themselves puts nothing into the mails of others: no markup, no address, no header', async () => {
  await using server = await openMailServer()
  await using world = await openWorld({ settings: { SMTP_URL: server.url } })

  for (const firstName of ['a\r\nBcc: b@evil.example', 'a\nb', 'a\u2028b', 'a\u0000b']) {
    const json = { ...newcomer, firstName, email: 'refused@example.com' }
    assert.equal((await world.fetch('/api/auth/register', { method: 'POST', json })).status, 400)
  }
  for (const [n, firstName] of names.entries()) {
    const json = { ...newcomer, firstName, email: `n${n}@example.com` }
    assert.equal((await world.fetch('/api/auth/register', { method: 'POST', json })).status, 202)
  }
  await server.until(names.length)

  for (const { to, headers, text, html, raw } of server.received) {
    assert.match(String(to), /^n\d@example\.com$/)
    assert.deepEqual([...headers.keys()].sort(), [
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ])
    assert.match(text, /^Hello,\r\n\r\n/)
    assert.doesNotMatch(withoutChance(raw + text + html), /evil|<script|onerror|Bcc|49|constructor/i)
  }
})

/** Without what is random, or counts up, and so may spell anything: tokens, the id of the message, and the borders of its parts. */
function withoutChance(mail: string): string {
  return mail.replaceAll('=\r\n', '').replace(/token=(3D)?[\w-]+|Message-ID: .*|--_NmP-[\w-]+|127\.0\.0\.1:\d+/g, '')
}

test('facts that were never looked at as they came in do not break out of a mail either', async () => {
  await using server = await openMailServer()
  await using world = await openWorld({ settings: { SMTP_URL: server.url } })
  const sly = '"><script>alert(1)</script>\r\nBcc: b@evil.example\r\n\r\nevil'

  await leaveMail(world.settings, world.core.clock(), [
    { kind: 'invitation', name: sly, facts: { invitedBy: sly } },
    { kind: 'account_locked', name: sly, facts: { ip: sly } },
    { kind: 'verify_email', name: sly, to: 'a@example.com\r\nRCPT TO:<b@evil.example>' },
    { kind: 'verify_email', name: sly, to: 'a@example.com, b@evil.example' },
  ])
  await until(async () => server.received.length >= 2 && (await world.core.directory.mail.counts()).waiting <= 2)

  for (const { to, headers, html } of server.received) {
    assert.equal(to.length, 1)
    assert.equal(to.includes('b@evil.example'), false)
    assert.equal(headers.has('bcc'), false)
    assert.doesNotMatch(html, /<script/)
  }
})
