import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from './ids.ts'

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const noonMs = Date.parse('2030-01-01T12:00:00.000Z')

test('an id has the form of RFC 9562 and begins with its instant', () => {
  for (const nowMs of [noonMs, noonMs + 20_000, 2 ** 48 - 1]) {
    const id = uuidv7(nowMs)

    assert.match(id, form)
    assert.equal(Number.parseInt(id.replace('-', '').slice(0, 12), 16), nowMs)
  }
})

test('the example of RFC 9562, appendix A.6, comes of its instant and its random bits', () => {
  const bytes = Buffer.from('18c4dc0c0c07398f04c3', 'hex')
  const example = uuidv7(0x017f22e279b0, () => bytes)

  assert.equal(example, '017f22e2-79b0-74c3-98c4-dc0c0c07398f')
})

test('ids ascend within a millisecond, beyond its counter, and when the clock is set back a little', () => {
  const ids: string[] = []
  for (let round = 0; round < 10_000; round += 1) ids.push(uuidv7(noonMs + 100_000))
  for (let round = 0; round < 100; round += 1) ids.push(uuidv7(noonMs + 100_000 - round * 50))
  ids.push(uuidv7(noonMs + 100_100))

  assert.deepEqual(ids, ids.toSorted())
  assert.equal(new Set(ids).size, ids.length)
})

test('a clock set back far is believed', () => {
  uuidv7(noonMs)
  const old = uuidv7(noonMs - 86_400_000)

  assert.equal(Number.parseInt(old.replace('-', '').slice(0, 12), 16), noonMs - 86_400_000)
})

test('ids of any number of processes differ', () => {
  const tails = new Set(Array.from({ length: 100_000 }, (_, round) => uuidv7(noonMs + 1_000_000 + round).slice(19)))

  assert.equal(tails.size, 100_000)
})

test('what is no instant gets no id', () => {
  for (const bad of [-1, 0.5, Number.NaN, 2 ** 48]) assert.throws(() => uuidv7(bad), RangeError)
})
