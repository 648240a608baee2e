import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { logIn } from './doors.ts'

const allowed = 3
const settings = {
  GUESSES_PER_ADDRESS: String(allowed),
  GUESSES_PER_ACCOUNT: '1000',
  DEVELOPMENT_ON_NETWORK: 'yes',
}
const behindProxy = { ...settings, TRUST_PROXY: '127.0.0.1' }

/** Other spellings, and other addresses, of one caller; what a proxy would add comes last. */
const sameCaller: Readonly<Record<string, readonly string[]>> = {
  'addresses in one /64': [
    '2001:db8:7:1::1',
    '2001:db8:7:1:ffff:ffff:ffff:ffff',
    '2001:DB8:7:1:0:0:0:2',
    '2001:0db8:0007:0001::3',
    '[2001:db8:7:1::4]:4711',
    '2001:db8:7:1::192.0.2.1',
  ],
  'spellings of one IPv4 address': [
    '192.0.2.7',
    '::ffff:192.0.2.7',
    '::FFFF:c000:207',
    '0:0:0:0:0:ffff:192.0.2.7',
    '192.0.2.7:5555',
    '[::ffff:192.0.2.7]:80',
  ],
  'what a caller puts before the address that the proxy adds': [
    '192.0.2.8',
    '10.0.0.1, 192.0.2.8',
    'a, 192.0.2.8',
    '127.0.0.1, 192.0.2.8',
    ' , ,192.0.2.8',
    '203.0.113.9,203.0.113.10, 192.0.2.8',
    `${'203.0.113.1, '.repeat(50)}192.0.2.8`,
  ],
  'junk, behind which the proxy answers for the caller': ['a', 'unknown', '_hidden', '', '256.1.1.1', '1.2.3', '::g'],
}

for (const engine of engines) {
  test(`${engine}: a caller runs out of guesses, whatever it makes of its address`, async () => {
    await using world = await openWorld({ engine, settings: behindProxy })

    for (const [games, addresses] of Object.entries(sameCaller)) {
      const statuses = []
      for (const address of addresses) statuses.push(await guess(world, { 'x-forwarded-for': address }))
      assert.deepEqual(
        statuses,
        addresses.map((_, n) => (n < allowed ? 401 : 429)),
        games,
      )
    }
    assert.equal(await guess(world, { 'x-forwarded-for': '2001:db8:7:2::1' }), 401)
    assert.equal(await guess(world, { 'x-forwarded-for': '192.0.2.9' }), 401)
  })
}

test('where no proxy is trusted, no header says where a caller is', async () => {
  await using world = await openWorld({ settings })
  const headers = [
    { 'x-forwarded-for': '192.0.2.1' },
    { 'x-forwarded-for': 'a' },
    { forwarded: 'for=192.0.2.3' },
    { 'x-real-ip': '192.0.2.4' },
    { 'true-client-ip': '192.0.2.5' },
    { 'cf-connecting-ip': '192.0.2.6' },
    { 'x-client-ip': '192.0.2.7' },
    { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' },
  ]

  const statuses = []
  for (const header of headers) statuses.push(await guess(world, header as Record<string, string>))

  assert.deepEqual(
    statuses,
    headers.map((_, n) => (n < allowed ? 401 : 429)),
  )
})

test('a proxy that is not among the trusted ones is not believed', async () => {
  await using world = await openWorld({ settings: { ...settings, TRUST_PROXY: '10.0.0.0/8,::2' } })

  const statuses = []
  for (let n = 0; n < 5; n += 1) statuses.push(await guess(world, { 'x-forwarded-for': `192.0.2.${n}` }))

  assert.deepEqual(statuses, [401, 401, 401, 429, 429])
})

test('the documented limits go by the same address as guesses do', async () => {
  await using world = await openWorld({
    settings: { ...behindProxy, GUESSES_PER_ADDRESS: '1000', RATE_LIMITS: 'on', RATE_LIMIT_AUTH: '2' },
  })

  for (const [games, addresses] of Object.entries(sameCaller)) {
    const statuses = []
    for (const address of addresses) statuses.push(await guess(world, { 'x-forwarded-for': address }))
    assert.deepEqual(
      statuses,
      addresses.map((_, n) => (n < 2 ? 401 : 429)),
      games,
    )
  }
})

test('bad tokens are counted by address, and a good one from there waits with them', async () => {
  await using world = await openWorld({
    settings: { ...behindProxy, RATE_LIMITS: 'on', RATE_LIMIT_FAILED_AUTHENTICATION: '3' },
  })
  const token = await world.token('grace')
  const ask = async (bearer: string, address: string) => {
    const headers = { authorization: `Bearer ${bearer}`, 'x-forwarded-for': address }
    return (await world.fetch('/api/users/me', { headers })).status
  }

  for (const address of ['2001:db8:9:1::1', '2001:db8:9:1::2', '2001:db8:9:1:f::3']) await ask('junk', address)

  assert.equal(await ask(token, '2001:db8:9:1::4'), 429)
  assert.equal(await ask(token, '2001:db8:9:2::4'), 200)
})

async function guess(world: World, headers: Record<string, string>): Promise<number> {
  const answer = await logIn(world, { email: 'grace@example.com', password: 'wrong' }, headers)
  await answer.text()
  return answer.status
}
