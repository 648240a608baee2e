import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLimiter } from './limiter.ts'

const rules = { prefix: 'knocks', points: 3, seconds: 60 }

test('a flood from ever new addresses is counted in bounded memory, and the latest of them are still held back', async () => {
  const limiter = openLimiter(rules, 100)
  const held = () => limiter.dump().storage.length

  for (let n = 0; n < 500; n += 1) await assert.rejects(limiter.consume(`too-much-${n}`, 4))
  for (let n = 0; n < 1_000; n += 1) await limiter.consume(`address-${n}`)
  await assert.rejects(limiter.consume('address-999', 3), { consumedPoints: 4 })
  await limiter.penalty('guessed-at', 5)

  assert.equal(held(), 100)
  assert.equal((await limiter.get('address-901'))?.consumedPoints, 1)
  assert.equal(await limiter.get('address-900'), null, 'whose window began first made room')
  assert.equal((await limiter.reward('guessed-at', 1)).consumedPoints, 4)
})

test('whose window has begun anew is not the first to make room', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const limiter = openLimiter(rules, 3)
  await limiter.consume('returning')
  await limiter.consume('gone')
  t.mock.timers.tick(rules.seconds * 1000)

  await limiter.consume('new')
  await limiter.consume('returning', 2)
  for (const key of ['a', 'b']) await limiter.consume(key)

  assert.equal((await limiter.get('returning'))?.consumedPoints, 2)
  assert.equal(await limiter.get('new'), null)
})
