import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startedAtMs } from '../../test/cast.ts'
import { type Caused, leaveMail } from '../../test/leave-mail.ts'
import { engines, openStoreWorld, settingsFrom } from '../../test/place.ts'
import type { OpenDirectory } from '../app/directory.ts'
import { system } from '../core/actor.ts'
import { houseRule } from '../core/credentials/password-rule.ts'
import { form } from '../core/form.ts'
import { limits } from '../core/limits.ts'
import type { Delivery, Mail, MailState } from '../core/mail/mail.ts'
import { createUser } from '../core/users/create-user.ts'

const hourMs = 3600 * 1000
const greylisted: Delivery = { kind: 'failed', failure: 'smtp_450', isFinal: false, isGeneral: false }
const sent: Delivery = { kind: 'sent', via: 'smtp' }

async function openOutbox(engine: (typeof engines)[number], mails: number) {
  const world = await openStoreWorld(engine)
  const caused = Array.from({ length: mails }, (_, n): Caused => ({ kind: 'reset_password', to: `n${n}@example.com` }))
  await leaveMail(settingsFrom(world.environment), startedAtMs, caused)
  return world
}

async function takeUp({ engine }: OpenDirectory, nowMs: number, room = 100): Promise<readonly Mail[]> {
  const taken = await engine.commit('take-up-mail', { room }, nowMs)
  return taken.value.mails
}

async function settle({ engine }: OpenDirectory, mail: Mail, delivery: Delivery, nowMs: number): Promise<MailState> {
  const settled = await engine.commit('settle-mail', { mail, delivery, chance: 0.5 }, nowMs)
  assert.ok(settled.ok)
  return settled.value.state
}

for (const engine of engines) {
  test(`${engine}: whoever sends is told of mail that a transaction has left, and of none that was taken back with its own`, async () => {
    await using world = await openStoreWorld(engine)
    let told = 0
    world.engine.onMail(() => {
      told += 1
    })
    const create = (email: string) =>
      createUser(world.core, system, form({ email, firstName: 'New', lastName: 'Comer' }), houseRule)

    const [made, refused] = [await create('new@example.com'), await create('NEW@example.com')]
    const toldOfTwo = told
    const [mail] = await takeUp(world, startedAtMs)
    assert.ok(mail)
    await settle(world, mail, { ...greylisted, isFinal: true }, startedAtMs)
    const toldOfWork = told
    const retried = await world.core.commit('retry-mail', { actor: system, id: mail.id })

    assert.deepEqual([made.ok, refused.ok, retried.ok], [true, false, true])
    assert.deepEqual([toldOfTwo, toldOfWork, told], [1, 1, 2])
    assert.equal((await takeUp(world, startedAtMs)).length, 1)
  })

  test(`${engine}: of many who take up mail at once each has other mail, until the lease is over`, async () => {
    await using world = await openOutbox(engine, 60)

    const hauls = await Promise.all(Array.from({ length: 20 }, () => takeUp(world, startedAtMs, 4)))
    const nobody = await takeUp(world, startedAtMs + limits.mailLeaseMs - 1)
    const again = await takeUp(world, startedAtMs + limits.mailLeaseMs)

    const taken = hauls.flat().map(({ id }) => id)
    assert.equal(taken.length, 60)
    assert.equal(new Set(taken).size, 60)
    assert.ok(hauls.every((haul) => haul.length <= 4))
    assert.deepEqual([nobody.length, again.length], [0, 60])
    assert.ok(again.every(({ attempts }) => attempts === 2))
  })

  test(`${engine}: whoever has lost their lease may say that a mail was sent, but not that it failed`, async () => {
    await using world = await openOutbox(engine, 2)
    const [one, other] = await takeUp(world, startedAtMs)
    assert.ok(one && other)
    const laterMs = startedAtMs + limits.mailLeaseMs
    await takeUp(world, laterMs)

    await settle(world, one, greylisted, laterMs)
    assert.equal(await settle(world, one, { ...greylisted, isFinal: true }, laterMs), 'waiting')
    await settle(world, other, sent, laterMs)

    const states = await Promise.all([one, other].map(({ id }) => world.core.directory.mail.byId(id)))
    assert.deepEqual(
      states.map((mail) => [mail?.state, mail?.failure, mail?.dueAtMs]),
      [
        ['waiting', null, laterMs + limits.mailLeaseMs],
        ['sent', null, laterMs + limits.mailLeaseMs],
      ],
    )
    assert.equal((await takeUp(world, laterMs + limits.mailLeaseMs)).length, 1)
  })

  test(`${engine}: of mail in hand what was taken up for the first time is due at once when it is reclaimed, and nothing else`, async () => {
    await using world = await openOutbox(engine, 3)
    const reclaim = () => world.engine.commit('reclaim-mail', {}, startedAtMs)
    const [putOff, done] = await takeUp(world, startedAtMs)
    assert.ok(putOff && done)
    await settle(world, putOff, greylisted, startedAtMs)
    await settle(world, done, sent, startedAtMs)

    await reclaim()
    const again = await takeUp(world, startedAtMs)
    await reclaim()
    const thirdTime = await takeUp(world, startedAtMs)

    assert.deepEqual([again.length, thirdTime.length], [1, 0])
  })

  test(`${engine}: a mail that nobody takes is tried less and less often for three days, and is then dead`, async () => {
    await using world = await openOutbox(engine, 1)
    const triedAt: number[] = []
    let state: MailState = 'waiting'

    for (let nowMs = startedAtMs; state === 'waiting'; ) {
      const [mail] = await takeUp(world, nowMs)
      assert.ok(mail)
      triedAt.push((nowMs - startedAtMs) / hourMs)
      state = await settle(world, mail, greylisted, nowMs)
      const dueAtMs = (await world.core.directory.mail.byId(mail.id))?.dueAtMs ?? 0
      assert.equal((await takeUp(world, dueAtMs - 1)).length, 0)
      nowMs = dueAtMs
    }

    assert.deepEqual(
      triedAt.slice(0, 6).map((hours) => Math.round(hours * 60)),
      [0, 1, 3, 7, 15, 31],
    )
    assert.ok((triedAt.at(-1) ?? 0) > 69 && (triedAt.at(-1) ?? 0) < 72, `the last time after ${triedAt.at(-1)} hours`)
    assert.equal(state, 'dead')
    const { mails } = await world.core.directory.mail.page({ state: 'dead', offset: 0, limit: 10 })
    assert.deepEqual(
      mails.map(({ failure, attempts }) => [failure, attempts]),
      [['smtp_450', triedAt.length]],
    )
  })

  test(`${engine}: what was settled is forgotten after thirty days, and what waits is not`, async () => {
    await using world = await openOutbox(engine, 3)
    const [one, two] = await takeUp(world, startedAtMs, 2)
    assert.ok(one && two)
    await settle(world, one, sent, startedAtMs)
    await settle(world, two, { ...greylisted, isFinal: true }, startedAtMs)

    const early = await world.engine.commit('forget-mail', {}, startedAtMs + limits.mailKeptMs - 1)
    const late = await world.engine.commit('forget-mail', {}, startedAtMs + limits.mailKeptMs)

    assert.deepEqual([early.ok && early.value.forgotten, late.ok && late.value.forgotten], [0, 2])
    assert.deepEqual(await world.core.directory.mail.counts(), { waiting: 1, dead: 0 })
    assert.equal((await world.core.directory.mail.page({ state: null, offset: 0, limit: 10 })).total, 1)
  })
}
