import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { certificate, certificateKey } from '../../../test/certificate.ts'
import { type MailServer, no, openMailServer } from '../../../test/mail-server.ts'
import type { Letter, Mail, MailId } from '../../core/mail/mail.ts'
import type { Email } from '../../core/users/user.ts'
import { givenBack, openSmtp, type Smtp, type SmtpServer, type Timeouts } from './smtp.ts'

const letter: Letter = { subject: 'Grüße', text: 'Hello.\n.\nA line of one dot.\n', html: '<p>Hello.</p>' }
const mail = { id: '019b8d62-7a80-75d9-a082-bee91ea6bd8b' as MailId, createdAtMs: Date.parse('2026-01-05T09:00:00Z') }
const sender = { name: 'Roster', address: 'directory@example.com' }

function smtpOf(
  { port }: Pick<MailServer, 'port'>,
  server: Partial<SmtpServer> = {},
  timeouts?: Timeouts,
): Smtp & Disposable {
  const asked: SmtpServer = { host: '127.0.0.1', port, encrypted: 'where offered', login: null, ...server }
  const smtp = openSmtp(asked, { sender, host: 'directory.example.com', ...(timeouts && { timeouts }) })
  return { ...smtp, [Symbol.dispose]: smtp.close }
}

function send(smtp: Smtp, to = 'grace@example.com', deadline: AbortSignal = new AbortController().signal) {
  return smtp.send({ ...mail, to: to as Email } satisfies Partial<Mail>, letter, deadline)
}

const failed = (failure: string, { isFinal = false, isGeneral = false } = {}) => ({
  kind: 'failed',
  failure,
  isFinal,
  isGeneral,
})

test('a mail is two parts under headers that say where it comes from, when, and that nobody wrote it by hand', async () => {
  await using server = await openMailServer()
  using smtp = smtpOf(server)

  assert.deepEqual(await send(smtp), { kind: 'sent', via: 'smtp' })
  assert.deepEqual(await send(smtp), { kind: 'sent', via: 'smtp' })

  const [one, again] = server.received
  assert.deepEqual([one?.from, one?.to], ['directory@example.com', ['grace@example.com']])
  const headers = Object.fromEntries(one?.headers ?? [])
  const { 'content-type': type, ...others } = headers
  assert.match(type ?? '', /^multipart\/alternative;/)
  assert.deepEqual(others, {
    from: 'Roster <directory@example.com>',
    to: 'grace@example.com',
    subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=',
    date: 'Mon, 05 Jan 2026 09:00:00 +0000',
    'message-id': '<019b8d62-7a80-75d9-a082-bee91ea6bd8b@directory.example.com>',
    'auto-submitted': 'auto-generated',
    'x-auto-response-suppress': 'All',
    'mime-version': '1.0',
  })
  assert.equal(one?.text, 'Hello.\r\n.\r\nA line of one dot.\r\n')
  assert.equal(one?.html, '<p>Hello.</p>')
  assert.equal(again?.headers.get('message-id'), headers['message-id'], 'a second one can be told to be the same')
  assert.equal(server.sessions, 1, 'a connection serves several')
})

test('a mail goes to the one address that is stored, whatever that looks like', async () => {
  await using server = await openMailServer()
  using smtp = smtpOf(server)
  const addresses = ["o'brien+a!#$%&*/=?^_`{|}~-@example.com", 'jürgen@example.com', '李@例え.jp', 'a@b']

  for (const address of addresses) assert.equal((await send(smtp, address)).kind, 'sent', address)
  for (const list of [
    'a@example.com, b@example.com',
    'A <a@example.com>',
    'a@example.com\r\nRCPT TO:<b@example.com>',
  ]) {
    await send(smtp, list)
  }

  assert.deepEqual(
    server.received.slice(0, addresses.length).map(({ to }) => to),
    addresses.map((one) => [one]),
  )
  for (const { to } of server.received.slice(addresses.length)) assert.equal(to.length, 1)
  assert.equal(
    server.received.some(({ to }) => to.includes('b@example.com')),
    false,
  )
})

test('what a server says of a recipient is final or not by its code, and what it says of us is worth another try', async () => {
  await using server = await openMailServer()
  const answers = [
    ['recipient', 550, '5.1.1 no such user', failed('smtp_550', { isFinal: true })],
    ['recipient', 553, 'mailbox name not allowed', failed('smtp_553', { isFinal: true })],
    ['recipient', 450, 'greylisted, come back', failed('smtp_450')],
    ['recipient', 550, '5.7.1 relaying denied', failed('smtp_550')],
    ['recipient', 421, 'too busy', failed('smtp_421', { isGeneral: true })],
    ['data', 552, 'mailbox full', failed('smtp_552', { isFinal: true })],
    ['data', 554, 'looks like spam', failed('smtp_554')],
    ['data', 451, 'try later', failed('smtp_451')],
    ['connect', 554, 'not you', failed('smtp_554', { isGeneral: true })],
  ] as const

  for (const [at, code, words, expected] of answers) {
    server.answer[at] = () => {
      throw no(code, words)
    }
    using fresh = smtpOf(server)
    assert.deepEqual(await send(fresh), expected, `${code} ${words}`)
    delete server.answer[at]
  }

  assert.equal(server.received.length, 0)
  using afterwards = smtpOf(server)
  assert.equal((await send(afterwards)).kind, 'sent')
})

test('a server that is away, silent or breaks off has not taken the mail, and takes it once it is back', async () => {
  await using server = await openMailServer()
  using smtp = smtpOf(server, {}, { connectMs: 300, silenceMs: 300 })
  const general = { isGeneral: true }

  await server.stop()
  assert.deepEqual(await send(smtp), failed('no_connection', general))
  await server.start()
  const hung = Promise.withResolvers<void>()
  server.answer.connect = () => hung.promise
  assert.deepEqual(await send(smtp), failed('timeout', general))
  delete server.answer.connect
  server.answer.recipient = () => hung.promise
  assert.deepEqual(await send(smtp), failed('timeout', general))
  delete server.answer.recipient
  server.answer.data = async () => {
    await server.stop()
    throw no(451)
  }
  assert.deepEqual(await send(smtp), failed('no_connection', general))
  delete server.answer.data
  await server.start()

  assert.equal((await send(smtp)).kind, 'sent')
  assert.equal(server.received.length, 1)
  hung.resolve()
})

test('a deadline breaks off what takes too long, and what we break off ourselves is given back', async () => {
  await using server = await openMailServer()
  using smtp = smtpOf(server)
  const hung = Promise.withResolvers<void>()
  server.answer.data = () => hung.promise
  const ending = new AbortController()

  const late = await send(smtp, 'grace@example.com', AbortSignal.timeout(100))
  setTimeout(() => ending.abort(givenBack), 100)
  const back = await send(smtp, 'grace@example.com', ending.signal)
  hung.resolve()

  assert.deepEqual(late, failed('timeout', { isGeneral: true }))
  assert.deepEqual(back, { kind: 'given_back' })
})

/** Only for now: other tests run in this process as well. */
function vouchFor(one: string): Disposable {
  const others = getCACertificates('default')
  setDefaultCACertificates([...others, one])
  return { [Symbol.dispose]: () => setDefaultCACertificates(others) }
}

test('a password goes encrypted to a server that shows who it is, or nowhere', async () => {
  const seen: string[] = []
  const withLogin = {
    key: certificateKey,
    cert: certificate,
    disabledCommands: [],
    onAuth: ({ username = '', password = '' }, _session, done) => {
      seen.push(`${username}:${password}`)
      done(null, password === 'right' ? { user: username } : {})
    },
  } satisfies Parameters<typeof openMailServer>[0]
  await using offering = await openMailServer(withLogin)
  await using atOnce = await openMailServer({ ...withLogin, secure: true })
  await using plain = await openMailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
  const login = { user: 'roster', password: 'right' }
  const asked = { host: 'localhost', encrypted: 'by starttls', login } as const
  const noTls = failed('no_tls', { isGeneral: true })

  using strange = smtpOf(offering, asked)
  assert.deepEqual(await send(strange), noTls, 'nobody vouches for the certificate')
  using unoffered = smtpOf(plain, asked)
  assert.deepEqual(await send(unoffered), noTls, 'the server does not encrypt')
  assert.deepEqual(seen, [])
  using contented = smtpOf(offering)
  assert.equal((await send(contented)).kind, 'sent', 'who asks for no encryption takes what there is')

  using _ = vouchFor(certificate)
  using known = smtpOf(offering, asked)
  using knownAtOnce = smtpOf(atOnce, { ...asked, encrypted: 'at once' })
  using wrong = smtpOf(offering, { ...asked, login: { user: 'roster', password: 'wrong' } })
  using another = smtpOf(offering, { ...asked, host: '127.0.0.1' })

  assert.equal((await send(known)).kind, 'sent')
  assert.equal((await send(knownAtOnce)).kind, 'sent')
  assert.deepEqual(await send(wrong), failed('sign_in_refused', { isGeneral: true }))
  assert.deepEqual(await send(another), noTls, 'the certificate is for another name')
  const took = [...offering.received, ...atOnce.received].map(({ secure, user }) => ({ secure, user }))
  assert.deepEqual(
    took,
    [null, 'roster', 'roster'].map((user) => ({ secure: true, user })),
  )
  assert.deepEqual(seen, ['roster:right', 'roster:right', 'roster:wrong'])
  assert.equal(await known.trouble(), null)
  assert.equal(await wrong.trouble(), 'sign_in_refused')
})
