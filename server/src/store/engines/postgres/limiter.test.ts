import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RateLimiterRes } from '#rate-limiter-flexible'
import { openWorld } from '../../../../test/postgres-nodes.ts'

const rules = { prefix: 'guesses', points: 25, seconds: 60 }

test('of a hundred attempts at once on two nodes exactly as many pass as there are points', async () => {
  await using world = await openWorld()
  const limiters = [(await world.node()).limiter(rules), (await world.node()).limiter(rules)]

  const attempts = Array.from({ length: 100 }, (_, at) => limiters[at % 2]?.consume('ada@example.com'))
  const outcomes = await Promise.allSettled(attempts)

  const refused = outcomes.filter(({ status }) => status === 'rejected')
  assert.equal(outcomes.length - refused.length, rules.points)
  for (const outcome of refused) assert.ok('reason' in outcome && outcome.reason instanceof RateLimiterRes)
})

test('a point that is given back on one node can be spent on the other', async () => {
  await using world = await openWorld()
  const [here, there] = [(await world.node()).limiter(rules), (await world.node()).limiter(rules)]

  await here.consume('ada', rules.points)
  await assert.rejects(there.consume('ada'))
  await here.reward('ada', 2)

  assert.equal((await there.consume('ada')).remainingPoints, 0)
})

test('limiters with prefixes of their own count apart', async () => {
  await using world = await openWorld()
  const node = await world.node()

  await node.limiter(rules).consume('ada', rules.points)

  const other = await node.limiter({ ...rules, prefix: 'requests' }).consume('ada')
  assert.equal(other.consumedPoints, 1)
})

test('whom a counter is about is not to be read from its table', async () => {
  await using world = await openWorld()
  const node = await world.node()

  await node.limiter(rules).consume('ada@example.com')

  const { rows } = await world.outside.query('select key from rate_limits')
  assert.equal(rows.length, 1)
  assert.doesNotMatch(rows[0].key, /ada|example/)
})
