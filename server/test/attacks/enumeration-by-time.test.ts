import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPasswordHasher } from '../../src/adapters/password-hash.ts'
import { system } from '../../src/core/actor.ts'
import { limits } from '../../src/core/limits.ts'
import { grant } from '../../src/core/outcome.ts'
import { cast, person } from '../cast.ts'
import { vectors } from '../foreign-hashes.ts'
import { invite, revoke } from '../invited.ts'
import { organize } from '../organized.ts'
import { engines } from '../place.ts'
import { setUpApp } from '../second-factors.ts'
import { cpuMsOf, msOf } from '../timing.ts'
import { openWorld, type World } from '../world.ts'
import { logIn } from './doors.ts'

const settings = { GUESSES_PER_ACCOUNT: '1000', GUESSES_PER_ADDRESS: '100000', PUBLIC_URL: 'http://127.0.0.1:3001' }
const newcomer = { password: 'Lighthouse-Keeper-77!', firstName: 'New', lastName: 'Comer' }

/** A request about somebody whom the directory knows, and the same about nobody; `n` makes each one new. */
interface Ways {
  readonly known: (world: World, n: number) => Promise<Response>
  readonly unknown: (world: World, n: number) => Promise<Response>
}

/** As many as there are samples: each is asked about once, as nothing is sent to whoever was sent something a moment ago. */
const samplesMax = 200

function known(status: 'active' | 'pending', n: number): string {
  return `${status}-${n % samplesMax}@example.com`
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
    known: (world, n) => ask(world, 'register', { ...newcomer, email: known('active', n) }),
    unknown: (world, n) => ask(world, 'register', { ...newcomer, email: `newcomer-${n}@example.com` }),
  },
  'asking again for an account': {
    known: (world, n) => ask(world, 'register', { ...newcomer, email: known('pending', n) }),
    unknown: (world, n) => ask(world, 'register', { ...newcomer, email: `another-${n}@example.com` }),
  },
  'forgetting a password': {
    known: (world, n) => ask(world, 'forgot-password', { email: known('active', n) }),
    unknown: (world, n) => ask(world, 'forgot-password', { email: `nobody-${n}@example.com` }),
  },
  'asking to be verified': {
    known: (world, n) => ask(world, 'resend-verification', { email: known('pending', n) }),
    unknown: (world, n) => ask(world, 'resend-verification', { email: `nobody-${n}@example.com` }),
  },
} satisfies Readonly<Record<string, Ways>>

type Door = keyof typeof doors

/** Nothing is hashed for them, so that whatever differs would show. */
const forMail: readonly Door[] = ['forgetting a password', 'asking to be verified']

/** What is done for the `n`th sample. */
interface Work {
  readonly known: (n: number) => Promise<unknown>
  readonly unknown: (n: number) => Promise<unknown>
}

/** By the processor: almost all of it is hashing, and what waits besides is timed where nothing is hashed. */
for (const door of ['a sign-in by e-mail', 'asking for an account'] as const) {
  test(`${door} takes as long whether the account is known or not`, { timeout: 300_000 }, async () => {
    await using world = await openWorld({ settings, hashing: 'each time' })
    await settleMany(world)

    await takesAsLong(world, door, samplesMax, within10Percent, cpuMsOf)
  })
}

for (const engine of engines) {
  test(`${engine}: a mail takes as long to ask for whether there is anybody to be sent it or not`, {
    timeout: 300_000,
  }, async () => {
    await using world = await openWorld({ engine, settings })
    await settleMany(world)

    for (const door of forMail) await takesAsLong(world, door, samplesMax, within10Percent)
  })

  test(`${engine}: what is done beside the hashing gives nobody away`, { timeout: 300_000 }, async () => {
    await using world = await openWorld({ engine, settings })
    hashNothing(world)
    await settleMany(world)

    for (const door of (Object.keys(doors) as Door[]).filter((door) => !forMail.includes(door))) {
      await takesAsLong(world, door, 100, door.startsWith('asking') ? within10Percent : alikeBeside)
    }
  })
}

for (const engine of engines) {
  test(`${engine}: to invite somebody into an organization, and to take that back, takes as long whether they have an account or not`, {
    timeout: 120_000,
  }, async () => {
    await using world = await openWorld({ engine, settings })
    await settleMany(world)
    const { id: organizationId } = await organize(world, 'acme')
    const inviteAndRevoke = async (email: string) => {
      const { id } = await invite(world, { email, organizationId })
      assert.equal((await revoke(world, id)).status, 200)
    }

    const ways: Work = {
      known: async (n) => {
        if (n % 1000 === 0) world.tick(limits.linkRequestsDayMs)
        await inviteAndRevoke(known('active', n))
      },
      unknown: (n) => inviteAndRevoke(`nobody-${n}@example.com`),
    }
    await alike('an invitation', 24, ways, alikeBeside)
  })

  test(`${engine}: who has a second factor is told apart by nothing but the answer to the right password`, {
    timeout: 120_000,
  }, async () => {
    await using world = await openWorld({ engine, settings })
    await setUpApp(world, 'linus')
    hashNothing(world)
    const { email } = cast.linus.user
    const ask = async (path: string, json: object) => (await world.fetch(path, { method: 'POST', json })).text()
    const alone = '/service-module/api/auth/token'

    await alike(
      'a wrong password',
      60,
      {
        known: () => ask('/api/auth/login', { email, password: 'wrong' }),
        unknown: (n) => ask('/api/auth/login', { email: `nobody-${n}@example.com`, password: 'wrong' }),
      },
      alikeBeside,
    )
    await alike(
      'the right one, where nothing else is taken',
      60,
      {
        known: () => ask(alone, { email, password: right }),
        unknown: () => ask(alone, { email, password: 'wrong' }),
      },
      alikeBeside,
    )
  })
}

test('asking for an account waits for the other node no longer if the account is new', async () => {
  await using near = await openWorld({ engine: 'postgres', settings })
  await using _far = await openWorld({ engine: 'postgres', settings, beside: near })
  hashNothing(near)
  await settleMany(near)

  await takesAsLong(near, 'asking for an account', 100, alikeBeside)
})

test('whom nobody knows, who has no password, and whose hash from elsewhere is cheap, are all verified with as much work', async () => {
  await using hasher = openPasswordHasher()
  const hashed = await hasher.hash('Analytical-Engine-1843')
  assert.ok('hash' in hashed)
  const [[, cheap]] = vectors['passlib, SSHA']
  const stored = { nobody: null, cheap, junk: 'x' }

  for (const [whose, hash] of Object.entries(stored)) {
    const ways = {
      known: () => hasher.verify(hashed.hash, 'wrong'),
      unknown: () => hasher.verify(hash, 'wrong'),
    }
    await alike(whose, 12, ways, alikeBeside, cpuMsOf)
  }
})

/** What a busy machine adds differs from one measurement to the next; what tells somebody apart is there in each of them. */
async function alike(what: string, samples: number, ways: Work, isAlike: Alike, measure = msOf): Promise<void> {
  const differences = []
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { known, more } = await timesOf(ways, samples, attempt * 1000, { isAlike, measure })
    if (isAlike(known, known - more)) return
    differences.push(`${known.toFixed(2)} ms for who is known, ${more.toFixed(2)} ms more than for nobody`)
  }
  assert.fail(`${what}: ${differences.join('; ')}`)
}

function takesAsLong(world: World, door: Door, samples: number, isAlike: Alike, measure = msOf): Promise<void> {
  const { known, unknown }: Ways = doors[door]
  const ways = {
    known: async (n: number) => {
      if (n % 1000 === 0) world.tick(limits.linkRequestsDayMs)
      return (await known(world, n)).text()
    },
    unknown: async (n: number) => (await unknown(world, n)).text(),
  }
  return alike(door, samples, ways, isAlike, measure)
}

/**
 * Medians in milliseconds: for who is known, and how much more that is than for nobody right before or after. Which of the two comes first is
 * left to chance, as mail goes out every so many requests and would meet one of them more often in any order that repeats. No more of them
 * than it takes to be sure.
 */
async function timesOf(
  ways: Work,
  samples: number,
  from: number,
  { isAlike, measure }: { isAlike: Alike; measure: typeof msOf },
): Promise<{ known: number; more: number }> {
  const known: number[] = []
  const more: number[] = []
  for (let n = 0; n < samples; n += 1) {
    const ms = { known: 0, unknown: 0 }
    for (const whose of Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      ms[whose] = await measure(() => ways[whose](from + n))
    }
    known.push(ms.known)
    more.push(ms.known - ms.unknown)
    const isTimeToLook = n + 1 >= firstLook && (n + 1) % looksApart === 0
    if (isTimeToLook && areSurelyAlike(median(known), more, isAlike)) break
  }
  return { known: median(known), more: median(more) }
}

const firstLook = 24
const looksApart = 12
/** Standard deviations between a median and the ends of its span: 99 of 100 lie within. */
const deviations = 2.58

/** Whether they would be alike, too, if the difference were as great as it can be, either way. */
function areSurelyAlike(known: number, more: readonly number[], isAlike: Alike): boolean {
  return spanOfMedian(more).every((end) => isAlike(known, known - end))
}

/** The ranks between which the true median lies, whatever the times are distributed like: those of a coin that is thrown as often. */
function spanOfMedian(times: readonly number[]): readonly [number, number] {
  const sorted = times.toSorted((one, other) => one - other)
  const reach = Math.ceil((deviations * Math.sqrt(times.length)) / 2)
  const middle = times.length >> 1
  return [sorted[middle - reach] ?? Number.NEGATIVE_INFINITY, sorted[middle + reach] ?? Number.POSITIVE_INFINITY]
}

const right = 'the right one'

/** So that a difference of a fraction of a millisecond is not lost in the noise of argon2. Everybody has the same password. */
function hashNothing({ core }: World): void {
  const verify: typeof core.passwords.verify = async (hash, password) => grant(hash !== null && password === right)
  Object.assign(core, { passwords: { ...core.passwords, hash: async () => grant('no hash'), verify } })
}

/** Whether two medians in milliseconds tell nobody apart. */
type Alike = (one: number, other: number) => boolean

const within10Percent: Alike = (one, other) => Math.abs(one - other) < 0.1 * Math.max(one, other)

/** Of what goes on beside work that takes many times as long. What a machine that has other things to do adds is in proportion to what it was asked to do. */
const alikeBeside: Alike = (one, other) => Math.abs(one - other) < 0.25 * Math.max(one, other) + 1

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0
}

function ask(world: World, what: string, json: object): Promise<Response> {
  return world.fetch(`/api/auth/${what}`, { method: 'POST', json })
}

async function settleMany({ core }: World): Promise<void> {
  for (const [kind, status] of (['active', 'pending'] as const).entries()) {
    const people = Array.from({ length: samplesMax }, (_, n) => ({
      user: person({ place: 10_000 * (kind + 1) + n, email: known(status, n), status }),
      passwordHash: 'no hash',
    }))
    await core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  }
}
