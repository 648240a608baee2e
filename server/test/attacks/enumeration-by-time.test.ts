import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPasswordHasher } from '../../src/adapters/password-hash.ts'
import { grant } from '../../src/core/outcome.ts'
import { cast } from '../cast.ts'
import { vectors } from '../foreign-hashes.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { logIn } from './doors.ts'

const settings = { GUESSES_PER_ACCOUNT: '1000', GUESSES_PER_ADDRESS: '100000', PUBLIC_URL: 'http://127.0.0.1:3001' }
const newcomer = { password: 'Lighthouse-Keeper-77!', firstName: 'New', lastName: 'Comer' }

/** A request about somebody whom the directory knows, and the same about nobody; `n` makes each one new. */
interface Ways {
  readonly known: (world: World, n: number) => Promise<Response>
  readonly unknown: (world: World, n: number) => Promise<Response>
}

const doors = {
  'a sign-in by e-mail': {
    known: (world) => logIn(world, { email: cast.grace.user.email, password: 'wrong' }),
    unknown: (world, n) => logIn(world, { email: `nobody-${n}@example.com`, password: 'wrong' }),
  },
  'a sign-in by username': {
    known: (world) => logIn(world, { username: cast.grace.user.email, password: 'wrong' }),
    unknown: (world, n) => logIn(world, { username: `nobody-${n}@example.com`, password: 'wrong' }),
  },
  'asking for an account': {
    known: (world) => register(world, { ...newcomer, email: cast.grace.user.email }),
    unknown: (world, n) => register(world, { ...newcomer, email: `nobody-${n}@example.com` }),
  },
} satisfies Readonly<Record<string, Ways>>

type Door = keyof typeof doors

/** What is done for the `n`th sample. */
interface Work {
  readonly known: (n: number) => Promise<unknown>
  readonly unknown: (n: number) => Promise<unknown>
}

for (const door of ['a sign-in by e-mail', 'asking for an account'] as const) {
  test(`${door} takes as long whether the account is known or not`, async () => {
    await using world = await openWorld({ settings })

    await takesAsLong(world, door, 25)
  })
}

for (const engine of engines) {
  test(`${engine}: what is done beside the hashing gives nobody away`, { timeout: 60_000 }, async () => {
    await using world = await openWorld({ engine, settings })
    hashNothing(world)

    for (const door of Object.keys(doors) as Door[]) await takesAsLong(world, door, 200)
  })
}

test('asking for an account waits for the other node no longer if the account is new', async () => {
  await using near = await openWorld({ engine: 'postgres', settings })
  await using _far = await openWorld({ engine: 'postgres', settings, beside: near })
  hashNothing(near)

  await takesAsLong(near, 'asking for an account', 100)
})

test('whom nobody knows, who has no password, and whose hash from elsewhere is cheap, are all verified with as much work', async () => {
  await using hasher = openPasswordHasher()
  const hashed = await hasher.hash('Analytical-Engine-1843')
  assert.ok('hash' in hashed)
  const [[, cheap]] = vectors['passlib, SSHA']
  const stored = { nobody: null, cheap, junk: 'x' }

  for (const [whose, hash] of Object.entries(stored)) {
    await alike(whose, 12, {
      known: () => hasher.verify(hashed.hash, 'wrong'),
      unknown: () => hasher.verify(hash, 'wrong'),
    })
  }
})

/** What a busy machine adds differs from one measurement to the next; what tells somebody apart is there in each of them. */
async function alike(what: string, samples: number, ways: Work): Promise<void> {
  const differences = []
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { known, unknown } = await mediansOf(ways, samples, attempt * 1000)
    if (isAlike(known, unknown)) return
    differences.push(`${known.toFixed(2)} ms for who is known, ${unknown.toFixed(2)} ms for nobody`)
  }
  assert.fail(`${what}: ${differences.join('; ')}`)
}

function takesAsLong(world: World, door: Door, samples: number): Promise<void> {
  const { known, unknown }: Ways = doors[door]
  return alike(door, samples, {
    known: async (n) => (await known(world, n)).text(),
    unknown: async (n) => (await unknown(world, n)).text(),
  })
}

/** Milliseconds. Interleaved, so that whatever else the machine does meets both. */
async function mediansOf(ways: Work, samples: number, from: number): Promise<{ known: number; unknown: number }> {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let n = 0; n < samples; n += 1) {
    for (const whose of n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      const startedAt = performance.now()
      await ways[whose](from + n)
      times[whose].push(performance.now() - startedAt)
    }
  }
  return { known: median(times.known), unknown: median(times.unknown) }
}

/** So that a difference of a fraction of a millisecond is not lost in the noise of argon2. */
function hashNothing({ core }: World): void {
  const passwords = { ...core.passwords, hash: async () => grant('no hash'), verify: async () => grant(false) }
  Object.assign(core, { passwords })
}

/** Milliseconds. What a machine that has other things to do adds is in proportion to what it was asked to do. */
function isAlike(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.25 * Math.max(one, other) + 1
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0
}

function register(world: World, json: object): Promise<Response> {
  return world.fetch('/api/auth/register', { method: 'POST', json })
}
