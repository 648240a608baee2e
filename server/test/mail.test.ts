import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../src/core/limits.ts'
import { type Mail, type MailState, messageKinds } from '../src/core/mail/mail.ts'
import { pauseAfter } from '../src/core/mail/settle-mail.ts'
import { type Caused, leaveMail } from './leave-mail.ts'
import { no, openMailServer } from './mail-server.ts'
import { engines } from './place.ts'
import { until } from './timing.ts'
import { openWorld, type World } from './world.ts'

interface Shown {
  readonly id: string
  readonly to: string
  readonly kind: string
  readonly state: string
  readonly via: string | null
  readonly attempts: number
  readonly failure: string | null
  readonly subject: string
  readonly dueAt: string | null
  readonly settledAt: string | null
  readonly text?: string
  readonly html?: string
}

function leave(world: World, ...mails: Caused[]): Promise<void> {
  return leaveMail(world.settings, world.core.clock(), mails)
}

/** The outbox as admins see it, newest first. */
async function outbox(world: World, query = ''): Promise<{ data: Shown[]; meta: { total: number } }> {
  const answer = await world.fetch(`/api/mail${query}`, { as: 'ada' })
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'private, no-cache'])
  return (await answer.json()) as { data: Shown[]; meta: { total: number } }
}

/** Those in the outbox, once it holds of them; no token grows old meanwhile. */
async function untilMails({ core }: World, holds: (mails: readonly Mail[]) => boolean): Promise<readonly Mail[]> {
  let mails: readonly Mail[] = []
  await until(async () => {
    mails = (await core.directory.mail.page({ state: null, offset: 0, limit: 100 })).mails
    return holds(mails)
  })
  return mails
}

async function untilSent(world: World): Promise<Shown[]> {
  await untilMails(world, (mails) => mails.every(({ state }) => state === 'sent'))
  return (await outbox(world, '?limit=100')).data
}

/** Those in the outbox, once none of them is due or under way: then time may pass. */
function atRest(world: World): Promise<readonly Mail[]> {
  const waitsMs = ({ dueAtMs }: Mail) => dueAtMs - world.core.clock()
  const rests = (mail: Mail) => mail.state !== 'waiting' || (waitsMs(mail) > 0 && waitsMs(mail) !== limits.mailLeaseMs)
  return untilMails(world, (mails) => mails.every(rests))
}

async function totalOf({ core }: World, state: MailState): Promise<number> {
  return (await core.directory.mail.page({ state, offset: 0, limit: 1 })).total
}

async function retry(world: World, id = ''): Promise<[number, string]> {
  const answer = await world.fetch(`/api/mail/${id}/retry`, { method: 'POST', as: 'ada' })
  const { data, error } = (await answer.json()) as { data?: { state: string }; error?: { message: string } }
  return [answer.status, data?.state ?? error?.message ?? '']
}

for (const engine of engines) {
  test(`${engine}: mail of every kind is sent once, soon after another process left it, and its words are shown to nobody`, async () => {
    await using server = await openMailServer()
    const settings = { SMTP_URL: server.url, MAIL_FROM: 'Our people <people@example.com>' }
    await using world = await openWorld({ engine, settings })

    await leave(world, ...messageKinds.map((kind): Caused => ({ kind })))
    const mails = await untilSent(world)

    assert.deepEqual(new Set(mails.map(({ kind }) => kind)), new Set(messageKinds))
    assert.equal(server.received.length, messageKinds.length)
    for (const { from, to, headers, text, html } of server.received) {
      const sent = mails.find(({ subject }) => subject === headers.get('subject'))
      assert.deepEqual([from, to], ['people@example.com', ['grace@example.com']])
      assert.deepEqual([sent?.via, sent?.attempts, sent?.failure], ['smtp', 1, null])
      assert.match(headers.get('message-id') ?? '', new RegExp(`^<${sent?.id}@`))
      for (const [address] of `${text}${html}`.matchAll(/https?:\/\/[^\s"<]+/g)) {
        assert.ok(address.startsWith(`${world.roster.publicUrl}/`), address)
      }
      const one = await (await world.fetch(`/api/mail/${sent?.id}`, { as: 'ada' })).text()
      assert.doesNotMatch(one, /"text"|"html"|token=/)
    }
    const figures = await (await world.fetch('/metrics', { as: 'ada' })).text()
    assert.match(figures, new RegExp(`^roster_mail_sent_total ${messageKinds.length}$`, 'm'))
    assert.match(figures, /^roster_mail_waiting 0$/m)
  })

  test(`${engine}: what a mail server does not take for now is tried until it does, and then no more`, async () => {
    await using server = await openMailServer()
    await using world = await openWorld({ engine, settings: { SMTP_URL: server.url } })

    await server.stop()
    await leave(world, ...Array.from({ length: 6 }, (): Caused => ({ kind: 'reset_password' })))
    await untilMails(world, (mails) => mails.some(({ failure }) => failure === 'no_connection'))
    await server.start()
    let [greeted, offered] = [0, 0]
    server.answer.recipient = () => {
      greeted += 1
      if (greeted % 2 === 1) throw no(450, 'greylisted')
    }
    server.answer.data = (_, hangUp) => {
      offered += 1
      if (offered > 3) return
      hangUp()
      throw no(451)
    }
    const failures = new Set<string | null>()
    for (let sent = 0; sent < 6; sent = await totalOf(world, 'sent')) {
      for (const { failure } of await atRest(world)) failures.add(failure)
      world.tick(pauseAfter(5, 1))
    }

    const ids = server.received.map(({ headers }) => headers.get('message-id'))
    assert.equal(new Set(ids).size, 6, 'nothing is lost')
    assert.equal(ids.length, 6, 'and nothing comes twice')
    assert.deepEqual(failures, new Set([null, 'no_connection', 'smtp_450']))
  })

  test(`${engine}: what is refused for good is dead until an admin has it tried again`, async () => {
    await using server = await openMailServer()
    await using world = await openWorld({ engine, settings: { SMTP_URL: server.url } })
    const words = 'grace@example.com is not known here, canary-4711'
    server.answer.recipient = (address) => {
      if (address.startsWith('nobody')) throw no(550, `5.1.1 <${address}> ${words}`)
      if (address.startsWith('greylisted')) throw no(450, words)
    }

    await leave(
      world,
      { kind: 'already_registered', to: 'nobody@example.com' },
      { kind: 'password_was_reset', to: 'greylisted@example.com' },
      { kind: 'reset_password', linkGoodForMs: 0 },
    )
    await untilMails(world, (mails) => mails.every(({ failure }) => failure !== null))
    const { data: first } = await outbox(world)
    assert.deepEqual(
      first.map(({ kind, state, failure }) => [kind, state, failure]).sort(),
      [
        ['already_registered', 'dead', 'smtp_550'],
        ['password_was_reset', 'waiting', 'smtp_450'],
        ['reset_password', 'dead', 'link_over'],
      ],
      'and what nobody can follow is not sent',
    )
    const counts = await world.core.directory.mail.counts()
    assert.deepEqual(counts, { waiting: 1, dead: 1 }, 'nor counted as something to look after')

    const idOf = (kind: string) => first.find((mail) => mail.kind === kind)?.id ?? ''
    const [refused, greylisted, over] = ['already_registered', 'password_was_reset', 'reset_password'].map(idOf)
    const onlyDead = 'Only mail that was given up is tried again'
    assert.deepEqual(await retry(world, over), [409, 'The link in this mail is over; have a new one sent'])
    assert.deepEqual(await retry(world, greylisted), [409, onlyDead])
    assert.equal((await retry(world, '01900000-0000-7000-8000-0000000000ff'))[0], 404)
    server.answer.recipient = (address) => {
      if (address.startsWith('greylisted')) throw no(450, words)
    }
    assert.deepEqual(await retry(world, refused), [200, 'waiting'])
    await until(async () => (await totalOf(world, 'sent')) === 1)
    assert.deepEqual(await retry(world, refused), [409, onlyDead])
    const activity = await (await world.fetch('/api/users/me/activity', { as: 'grace' })).text()
    assert.match(activity, /"type":"mail_retried"/)
    assert.doesNotMatch(world.logged.join('') + JSON.stringify(first), /canary-4711/)

    assert.match(world.logged.join(''), /mail-given-up.*smtp_550/)
    assert.match(world.logged.join(''), /info +mail-not-needed.*link_over/)
    assert.doesNotMatch(world.logged.join(''), /@example/)
  })

  test(`${engine}: in development without a mail server mail goes no further than a mailbox, which only admins open`, async () => {
    await using world = await openWorld({ engine })

    await leave(world, { kind: 'reset_password' }, { kind: 'password_was_reset' })
    const mails = await untilSent(world)

    assert.deepEqual(new Set(mails.map(({ via }) => via)), new Set(['mailbox']))
    for (const { id, kind, subject } of mails) {
      const answer = await world.fetch(`/api/mail/${id}`, { as: 'ada' })
      const { data } = (await answer.json()) as { data: Shown }
      assert.deepEqual([answer.headers.get('cache-control'), data.subject], ['no-store', subject])
      assert.match(data.text ?? '', /^Hello Grace,/)
      const token = /#token=(\S+)/.exec(data.text ?? '')?.[1] ?? null
      assert.equal(token !== null, kind === 'reset_password')
      if (token !== null) assert.ok(world.core.linkTokens.read('reset_password', token))
      assert.match(data.html ?? '', /^<!doctype html>/)
      for (const as of ['grace', 'linus'] as const) {
        assert.equal((await world.fetch(`/api/mail/${id}`, { as })).status, 403)
      }
    }
    assert.equal((await world.fetch('/api/mail?state=lost&page=0', { as: 'ada' })).status, 400)
    assert.deepEqual((await outbox(world, '?state=sent&limit=1&page=2')).data, mails.slice(1))
  })
}

test('in production without a mail server mail waits where admins see it, and is not sent when it has waited too long', async () => {
  await using server = await openMailServer()
  const settings = { NODE_ENV: 'production', MASTER_KEY: 'ab'.repeat(32), RATE_LIMITS: 'on' }
  await using world = await openWorld({ settings })

  const longAgo = world.core.clock() - limits.mailTriedForMs
  await leaveMail(world.settings, longAgo, [{ kind: 'password_was_reset' }, { kind: 'reset_password' }])
  const figures = await (await world.fetch('/metrics', { as: 'ada' })).text()
  const { data } = await outbox(world, '?state=waiting')
  const one = await (await world.fetch(`/api/mail/${data[0]?.id}`, { as: 'ada' })).text()
  await world.roster.close()
  await using next = await openWorld({ settings: { ...settings, SMTP_URL: server.url }, beside: world })
  const mails = await untilMails(next, (all) => all.every(({ state }) => state !== 'waiting'))

  assert.match(figures, /^roster_mail_waiting 2$/m)
  assert.deepEqual(
    data.map(({ attempts, via, failure }) => [attempts, via, failure]),
    Array(2).fill([0, null, null]),
  )
  assert.doesNotMatch(one, /"text"|token=/)
  assert.match(world.logged.join(''), /mail-waits/)
  assert.deepEqual(
    mails.map(({ state, failure }) => [state, failure]),
    Array(2).fill(['dead', 'too_late']),
  )
  assert.equal(server.sessions, 0)
})

test('mail that has waited too long holds up none that is new, however much of it there is', async () => {
  await using server = await openMailServer()
  await using world = await openWorld({ settings: { SMTP_URL: server.url } })
  const stale = Array.from({ length: 400 }, (): Caused => ({ kind: 'password_was_reset' }))

  await leaveMail(world.settings, world.core.clock() - limits.mailTriedForMs, stale)
  await leave(world, { kind: 'email_was_changed' })
  await until(async () => (await totalOf(world, 'sent')) === 1)

  assert.deepEqual([server.received.length, await totalOf(world, 'dead')], [1, stale.length])
})

for (const engine of engines) {
  test(`${engine}: a node that stops gives back what the mail server has not taken, and the next one sends it at once`, async () => {
    await using server = await openMailServer()
    const asked = Promise.withResolvers<void>()
    const never = Promise.withResolvers<void>()
    server.answer.recipient = () => {
      asked.resolve()
      return never.promise
    }
    const settings = { SMTP_URL: server.url, SHUTDOWN_GRACE_SECONDS: '0' }
    await using world = await openWorld({ engine, settings })
    await leave(world, { kind: 'password_was_reset' }, { kind: 'email_was_changed' })
    await asked.promise
    const json = { email: 'grace@example.com' }
    const answer = await world.fetch('/api/auth/forgot-password', { method: 'POST', json })
    assert.equal(answer.status, 202, 'no answer waits for a mail server')

    await world.roster.close()
    server.answer.recipient = () => {}
    await using next = await openWorld({ engine, beside: world })
    const mails = await untilSent(next)
    never.resolve()

    const first = mails.filter(({ kind }) => kind !== 'reset_password')
    assert.deepEqual(
      first.map(({ attempts }) => attempts),
      [2, 2],
    )
    assert.equal(server.received.length, 3)
  })
}

test('two nodes share one outbox: of two hundred mails each is sent by one of them, once', async () => {
  await using server = await openMailServer()
  await using one = await openWorld({ engine: 'postgres', settings: { SMTP_URL: server.url } })
  await using other = await openWorld({ engine: 'postgres', beside: one })

  await leave(
    one,
    ...Array.from({ length: 200 }, (_, n): Caused => ({ kind: 'verify_email', to: `n${n}@example.com` })),
  )
  await server.until(200)
  await until(async () => (await totalOf(one, 'sent')) === 200)

  assert.equal(server.received.length, 200)
  assert.equal(new Set(server.received.map(({ to }) => String(to))).size, 200)
  const sent = await Promise.all(
    [one, other].map(async (node) => {
      const figures = await (await node.fetch('/metrics', { as: 'ada' })).text()
      return Number(/^roster_mail_sent_total (\d+)$/m.exec(figures)?.[1])
    }),
  )
  assert.equal((sent[0] ?? 0) + (sent[1] ?? 0), 200)
  assert.ok(Math.min(...sent) > 0, `both had a part in it: ${sent.join(' and ')}`)
})
