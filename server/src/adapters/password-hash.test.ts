import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'node:test'
import * as argon2 from '@node-rs/argon2'
import { nicenessOf } from '../../test/threads.ts'
import { cpuMsOf, isWithin } from '../../test/timing.ts'
import { isOwnHash, openPasswordHasher, type PasswordHasher } from './password-hash.ts'

const ours = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/

const unknownForms = [
  '',
  'secret',
  '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhW',
  '$argon2id$',
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$',
  '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA',
  '$argon2id$v=19$m=19456,t=2,p=1$!!!!!!!!!!!!!!!!!!!!!!$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=99$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=19$m=0,t=0,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
]

test('a password is hashed by argon2id with 19 MiB in two passes, and salted', async () => {
  await using hasher = openPasswordHasher()

  const [one, other] = [hashOf(await hasher.hash('correct horse')), hashOf(await hasher.hash('correct horse'))]

  assert.match(one, ours)
  assert.notEqual(one, other)
  assert.deepEqual(await hasher.verify(one, 'correct horse'), { matches: true })
  assert.deepEqual(await hasher.verify(one, 'Correct horse'), { matches: false })
  assert.equal(isOwnHash(one), true)
})

test('passwords are told apart beyond their 72nd byte', async () => {
  await using hasher = openPasswordHasher()
  for (const [one, other] of [
    [`${'a'.repeat(72)}b`, `${'a'.repeat(72)}c`],
    [`${'ж'.repeat(255)}a`, `${'ж'.repeat(255)}b`],
    ['a\0b', 'a\0c'],
  ] as const) {
    const hash = hashOf(await hasher.hash(one))
    assert.deepEqual(await hasher.verify(hash, other), { matches: false })
    assert.deepEqual(await hasher.verify(hash, one), { matches: true })
  }
})

test('nobody’s hash and a hash of unknown form match nothing', async () => {
  await using hasher = openPasswordHasher()
  for (const hash of [null, ...unknownForms]) {
    assert.deepEqual(await hasher.verify(hash, 'secret'), { matches: false }, String(hash))
  }
})

test('an unknown account costs as much as a known one', async () => {
  await using hasher = openPasswordHasher()
  const hash = hashOf(await hasher.hash('correct horse'))

  const told: string[] = []
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { known, nobody, malformed } = await mediansOf(hasher, hash)
    if ([nobody, malformed].every((other) => Math.abs(other / known - 1) < 0.25)) return
    told.push(`${known} ms for who is known, ${nobody} ms for nobody, ${malformed} ms for an unknown form`)
  }
  assert.fail(told.join('; '))
})

/** By the processor, as a busy machine gives other turns to each of them; less work would show in each measurement. */
async function mediansOf(hasher: PasswordHasher, hash: string) {
  const times = { known: [] as number[], nobody: [] as number[], malformed: [] as number[] }
  for (let round = 0; round < 15; round += 1) {
    const unknownForm = unknownForms[round % unknownForms.length] ?? ''
    times.known.push(await cpuMsOf(() => hasher.verify(hash, 'a wrong guess')))
    times.nobody.push(await cpuMsOf(() => hasher.verify(null, 'a wrong guess')))
    times.malformed.push(await cpuMsOf(() => hasher.verify(unknownForm, 'a wrong guess')))
  }
  return { known: median(times.known), nobody: median(times.nobody), malformed: median(times.malformed) }
}

test('a hash with other parameters matches, and is none of ours', async () => {
  await using hasher = openPasswordHasher()
  const weaker = await argon2.hash('correct horse', { memoryCost: 8192, timeCost: 1 })
  const dearer = await argon2.hash('correct horse', { memoryCost: 65_536, timeCost: 3, parallelism: 4 })

  for (const hash of [weaker, dearer]) {
    assert.deepEqual(await hasher.verify(hash, 'correct horse'), { matches: true })
    assert.equal(isOwnHash(hash), false)
  }
  for (const hash of unknownForms) assert.equal(isOwnHash(hash), false, hash)
})

test('whoever finds the line full is sent away at once, and everybody in it is served', async () => {
  await using hasher = openPasswordHasher({ running: 1, waiting: 2 })

  const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((password) => hasher.hash(password)))

  const busy = answers.map((answer) => 'busyForSeconds' in answer)
  assert.deepEqual(busy, [false, false, false, true, true])
  assert.deepEqual(answers[3], { busyForSeconds: 1 })
  assert.match(hashOf(await hasher.hash('f')), ours)
})

test('a fault in one place of the line does not hold up the next', async () => {
  await using hasher = openPasswordHasher({ running: 1, waiting: 2 })

  const faulty = hasher.hash(undefined as unknown as string)
  const next = hasher.hash('b')

  await assert.rejects(faulty)
  assert.match(hashOf(await next), ours)
})

test('closing serves those in line and takes nobody else', async () => {
  const hasher = openPasswordHasher({ running: 1 })
  const answers = [hasher.hash('a'), hasher.hash('b')]
  let served = 0
  for (const answer of answers) answer.then(() => (served += 1))

  await hasher.close()

  assert.equal(served, 2)
  assert.ok('busyForSeconds' in (await hasher.hash('c')))
})

test('the event loop goes on while passwords are hashed', async () => {
  await using hasher = openPasswordHasher({ running: 1 })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()

  await Promise.all(Array.from({ length: 20 }, () => hasher.hash('correct horse')))

  delay.disable()
  assert.ok(
    isWithin(delay.percentile(50), 10e6),
    `half of the delays are under 10 ms, not ${delay.percentile(50) / 1e6}`,
  )
})

function hashOf(answer: Awaited<ReturnType<ReturnType<typeof openPasswordHasher>['hash']>>): string {
  assert.ok('hash' in answer)
  return answer.hash
}

function median(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

test('the threads that hash give way to the event loop', {
  skip: process.platform !== 'linux' && 'threads have no priority of their own',
}, async () => {
  await using hasher = openPasswordHasher()
  await hasher.hash('correct horse')

  assert.deepEqual(nicenessOf('libuv-worker'), [10])
  assert.deepEqual(nicenessOf('MainThread'), [0])
})
