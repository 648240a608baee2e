import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse, type RunningServer, signIn } from '../src/cli/testing/house.ts'
import { limits } from '../src/core/limits.ts'
import { type Caused, hasten, leaveMail } from './leave-mail.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { settingsFrom } from './place.ts'
import { freshDatabase } from './postgres.ts'
import { until } from './timing.ts'

const caused = (count: number) =>
  Array.from(
    { length: count },
    (_, n): Caused => ({ kind: 'verify_email', to: `n${n}@example.com`, linkGoodForMs: 1e9 }),
  )

/** From the mail of that number on, the server takes what it is sent and does not say so, until it is told to go on. */
function holdBack(server: MailServer, from: number): { held: readonly string[]; goOn(): void } {
  const held: string[] = []
  const told = Promise.withResolvers<void>()
  server.answer.taken = async (raw) => {
    if (server.received.length < from) return
    held.push(/^To: (\S+)/m.exec(raw)?.[1] ?? '')
    await told.promise
  }
  return {
    held,
    goOn() {
      delete server.answer.taken
      told.resolve()
    },
  }
}

/** How often each address got a mail. */
function tally(server: MailServer): Map<string, number> {
  const times = new Map<string, number>()
  for (const { to } of server.received) times.set(String(to), (times.get(String(to)) ?? 0) + 1)
  return times
}

async function sentBy(server: RunningServer): Promise<number> {
  const answer = await fetch(`${server.url}/api/mail?state=sent&limit=1`, { headers: await signIn(server) })
  return ((await answer.json()) as { meta: { total: number } }).meta.total
}

test('a server that is killed with mail in hand loses none, and sends that once more as soon as it starts', async () => {
  await using server = await openMailServer()
  await using house = await openHouse({ SMTP_URL: server.url, RATE_LIMITS: 'off' })
  const settings = settingsFrom({ ...house.environment })
  const doomed = await house.serve()
  const { held, goOn } = holdBack(server, 6)

  await leaveMail(settings, Date.now(), caused(20))
  await until(() => held.length === limits.mailUnderWayMax)
  await doomed.stop('SIGKILL')
  goOn()
  const next = await house.serve()
  await until(async () => (await sentBy(next)) === 20)
  const { code } = await next.stop()

  const times = tally(server)
  assert.equal(times.size, 20)
  assert.deepEqual([...times].filter(([, count]) => count > 1).sort(), held.map((to) => [to, 2]).sort())
  assert.equal(code, 0)
})

test('of two nodes that share one outbox one is killed: the other sends everything, and again only what the dead one had in hand', async () => {
  await using server = await openMailServer()
  await using database = await freshDatabase()
  await using house = await openHouse({ SMTP_URL: server.url, DATABASE_URL: database.url, RATE_LIMITS: 'off' })
  const settings = settingsFrom({ ...house.environment })
  const [doomed, survivor] = [await house.serve(), await house.serve()]
  const { held, goOn } = holdBack(server, 60)

  await leaveMail(settings, Date.now(), caused(200))
  await until(() => held.length === 2 * limits.mailUnderWayMax)
  await doomed.stop('SIGKILL')
  goOn()
  await until(async () => (await sentBy(survivor)) === 200 - limits.mailUnderWayMax)
  await hasten(settings, limits.mailLeaseMs)
  await until(async () => (await sentBy(survivor)) === 200)

  const twice = [...tally(server)].filter(([, count]) => count > 1)
  assert.equal(tally(server).size, 200)
  assert.equal(server.received.length, 200 + limits.mailUnderWayMax)
  assert.ok(twice.every(([to, count]) => count === 2 && held.includes(to)))
})
