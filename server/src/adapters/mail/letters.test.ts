import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Link, LinkId } from '../../core/links/link.ts'
import { type Message, messageKinds } from '../../core/mail/mail.ts'
import type { Email, UserId } from '../../core/users/user.ts'
import { html } from './html.ts'
import { letterWriter } from './letters.ts'
import { plainName, plainTitle } from './words.ts'

const publicUrl = 'https://directory.example.com/people'
const writer = letterWriter({ publicUrl, linkTokens: { token: (purpose, id) => `${purpose}-${id}` } })
const link: Link = {
  id: 'l1' as LinkId,
  purpose: 'invitation',
  userId: 'u1' as UserId,
  email: 'grace@example.com' as Email,
  createdAtMs: 0,
  expiresAtMs: Date.parse('2026-01-12T09:00:00Z'),
  endedAtMs: null,
  invitationId: null,
}
const paths: Partial<Record<Message['kind'], string>> = {
  verify_email: '/verify-email#token=verify_email-l1',
  invitation: '/accept-invitation#token=invitation-l1',
  organization_invitation: '/join-organization#token=organization_invitation-l1',
  reset_password: '/reset-password#token=reset_password-l1',
  confirm_email: '/confirm-email#token=change_email-l1',
}

function messageOf(kind: Message['kind'], facts: object = {}): Message {
  return {
    kind,
    link: 'l1',
    invitedBy: 'Ada',
    organization: 'Acme',
    ip: '203.0.113.7',
    untilMs: 0,
    by: 'owner',
    factor: 'passkey',
    ...facts,
  } as Message
}

for (const kind of messageKinds) {
  test(`${kind} says the same as text and as HTML, and every address in it begins with the public one`, () => {
    const { subject, text, html } = writer.write({ name: 'Grace', message: messageOf(kind) }, link)

    const path = paths[kind]
    const href = `${publicUrl}${path}`
    assert.deepEqual(text.match(/https?:\S+/g), path === undefined ? null : [href])
    assert.deepEqual(html.match(/href="[^"]*"/g), path === undefined ? null : Array(2).fill(`href="${href}"`))
    assert.match(text, /^Hello Grace,\n\n/)
    for (const paragraph of text.split('\n\n').filter((part) => !part.includes(href))) {
      const spoken = paragraph.replace('-- \n', '').trim()
      assert.ok(html.replaceAll('&#39;', "'").includes(`>${spoken}</p>`), `${spoken}\nis not in ${html}`)
    }
    assert.match(subject, /^[A-Z][^\r\n]+directory\.example\.com[^\r\n]*$/)
    assert.equal(writer.subject({ message: messageOf(kind) }), subject)
    assert.doesNotMatch(html, /<script|<img|https?:\/\/(?!directory\.example\.com)|\son\w+=|@import|url\(/)
    assert.doesNotMatch(`${subject}${text}${html}`, /undefined|\bnull\b|\[object/)
  })
}

test('of a name nothing gets into a mail but what a name is made of', () => {
  for (const name of ['Grace', 'María José', "O'Brien", 'Jean-Luc', 'Dr. Grace', '李', 'Ünal', 'Sammy Jr.']) {
    assert.equal(plainName(name), name)
  }
  const tricks = [
    'Win at evil.example',
    'https://evil.example',
    'www.evil.example/x',
    'Grace\r\nBcc: everybody@example.com',
    'Grace\nClick here',
    '<a href="https://evil.example">Grace</a>',
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    'call 0800 123456 now!',
    'a@evil.example',
    'Grace '.repeat(20),
    ' ',
    '',
  ]
  for (const trick of tricks) {
    assert.equal(plainName(trick), null, trick)
    const { subject, text, html } = writer.write(
      { name: trick, message: messageOf('invitation', { invitedBy: trick }) },
      link,
    )
    assert.match(text, /^Hello,\n\nAn administrator has invited you/)
    const said = `${subject}${text}${html}`
    if (trick.trim() !== '') assert.equal(said.includes(trick), false, trick)
    assert.doesNotMatch(said, /evil|Bcc|<script|onerror/)
  }
})

test('of what an organization is called nothing gets into a mail that mail programs make anything of', () => {
  for (const title of ['Acme', 'Ärzte & Söhne', 'Acme Inc.', 'R&D (Berlin), 2', '李宁'])
    assert.equal(plainTitle(title), title)
  for (const trick of [
    'evil.example',
    'Win at www.evil.example',
    'https://evil',
    'a@evil',
    'x\r\nBcc: y',
    '<b>',
    'no!'.repeat(30),
    '',
  ]) {
    assert.equal(plainTitle(trick), null, trick)
    const message = messageOf('organization_invitation', { organization: trick, invitedBy: trick })
    const { subject, text, html } = writer.write({ name: trick, message }, link)
    assert.match(text, /An administrator has invited you to join an organization at /)
    assert.doesNotMatch(`${subject}${text}${html}`, /evil|Bcc|<b>|no!/)
  }
})

test('whatever is put into HTML is escaped, in texts and in attributes', () => {
  const sly = `<b title="a" x='b'>&\``

  assert.equal(
    html`<p title="${sly}">${sly}${[html`<i>${sly}</i>`]}</p>`.html.replaceAll(
      '&#60;b title=&#34;a&#34; x=&#39;b&#39;&#62;&#38;&#96;',
      'safe',
    ),
    '<p title="safe">safe<i>safe</i></p>',
  )
})

test('a mail says until when its link is good', () => {
  const { text } = writer.write({ name: null, message: messageOf('reset_password') }, link)

  assert.match(text, /The link is good until 12 January 2026 at 09:00 UTC, and for one use\./)
})
