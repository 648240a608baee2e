import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openRollCall, type RollCall } from './roll-call.ts'

/** Longer than a lease and its margin, and as long as no lease ever runs. */
const longAgoMs = 600

test('a commit is settled at once when no other node was heard of late', async (t) => {
  const roll = listeningFor(t, longAgoMs)

  const commit = roll.expect(1)
  roll.heardOwn(1)

  assert.equal(await isSettled(commit.settled()), true)
})

test('a commit waits for every node that was heard of late, and no longer', async (t) => {
  const roll = listeningFor(t, longAgoMs)
  roll.present('grace')
  roll.present('linus')

  const commit = roll.expect(1)
  roll.heardOwn(1)
  const settled = commit.settled()
  roll.acknowledged(1, 'grace')

  assert.equal(await isSettled(settled), false)
  roll.acknowledged(1, 'linus')
  assert.equal(await isSettled(settled), true)
})

test('a node that stays silent is waited for until its lease has run out', async (t) => {
  const roll = listeningFor(t, longAgoMs)
  roll.present('grace')
  t.mock.timers.tick(400)

  const commit = roll.expect(1)
  roll.heardOwn(1)
  const settled = commit.settled()

  t.mock.timers.tick(99)
  assert.equal(await isSettled(settled), false)
  t.mock.timers.tick(27)
  assert.equal(await isSettled(settled), true)
})

test('a node that says farewell is not waited for', async (t) => {
  const roll = listeningFor(t, longAgoMs)
  roll.present('grace')

  const commit = roll.expect(1)
  roll.heardOwn(1)
  const settled = commit.settled()
  roll.gone('grace')

  assert.equal(await isSettled(settled), true)
})

test('a commit whose own notice is not heard waits for a whole lease from its answer', async (t) => {
  const roll = listeningFor(t, longAgoMs)

  const commit = roll.expect(1)
  t.mock.timers.tick(100)
  const settled = commit.settled()

  t.mock.timers.tick(500)
  assert.equal(await isSettled(settled), false)
  t.mock.timers.tick(26)
  assert.equal(await isSettled(settled), true)
})

test('whoever has just begun to listen waits for nodes that it cannot have heard yet', async (t) => {
  const roll = listeningFor(t, longAgoMs)
  roll.begin()
  t.mock.timers.tick(100)

  const commit = roll.expect(1)
  roll.heardOwn(1)
  const settled = commit.settled()

  t.mock.timers.tick(400)
  assert.equal(await isSettled(settled), false)
  t.mock.timers.tick(26)
  assert.equal(await isSettled(settled), true)
})

test('acknowledgements that come before the answer to COMMIT count', async (t) => {
  const roll = listeningFor(t, longAgoMs)
  roll.present('grace')

  const commit = roll.expect(1)
  roll.heardOwn(1)
  roll.acknowledged(1, 'grace')

  assert.equal(await isSettled(commit.settled()), true)
})

test('an own notice that nobody waits for is told apart', (t) => {
  const roll = listeningFor(t, longAgoMs)

  roll.expect(1).drop()
  roll.expect(2)

  assert.equal(roll.heardOwn(1), false)
  assert.equal(roll.heardOwn(2), true)
  assert.equal(roll.heardOwn(3), false)
})

function listeningFor(t: TestContext, ms: number): RollCall {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 })
  const roll = openRollCall(Date.now)
  roll.begin()
  t.mock.timers.tick(ms)
  return roll
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol('pending')
  const first = await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])
  return first !== pending
}
