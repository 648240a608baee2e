import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { person } from '../../../test/cast.ts'
import type { User } from '../../core/users/user.ts'
import { dateText, presentUser, writePage, writeUser } from './present.ts'

const startedAt = 'Mon Jan 05 2026 09:00:00 GMT+0000 (Coordinated Universal Time)'

test('a user is shown under nine keys in the order of the product', () => {
  const steve = user({ username: 'steve', firstName: 'Steve', lastName: 'Brown', email: 'steve@example.com' })
  const whole = { ...steve, particulars: { ...steve.particulars, redirectUri: 'http://example.com' } }

  assert.deepEqual(Object.entries(presentUser(whole)), [
    ['isActive', true],
    ['username', 'steve'],
    ['id', '01900000-0000-7000-8000-000000000007'],
    ['firstname', 'Steve'],
    ['lastname', 'Brown'],
    ['email', 'steve@example.com'],
    ['redirectUri', 'http://example.com'],
    ['createdAt', startedAt],
    ['updatedAt', startedAt],
  ])
})

test('what a user lacks is left out, a name is empty text', () => {
  const bare = user({ username: 'bare', email: null })

  assert.deepEqual(presentUser(bare), {
    isActive: true,
    username: 'bare',
    id: bare.id,
    firstname: '',
    lastname: '',
    createdAt: startedAt,
    updatedAt: startedAt,
  })
})

test('only who is active shows as active', () => {
  const shown = (['active', 'inactive', 'pending'] as const).map((status) => presentUser(user({ status })).isActive)

  assert.deepEqual(shown, [true, false, false])
})

test('an e-mail stands in for a missing username, an id for both', () => {
  assert.equal(presentUser(user({ username: null, email: 'ada@example.com' })).username, 'ada@example.com')
  assert.equal(presentUser(user({ username: null, email: null })).username, '01900000-0000-7000-8000-000000000007')
})

test('dates are those of Date#toString in UTC', () => {
  const recorded = {
    'Sat Nov 21 2026 21:02:02 GMT+0000 (Coordinated Universal Time)': '2026-11-21T21:02:02.999Z',
    'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)': '1970-01-01T00:00:00.000Z',
    'Sun Mar 01 2026 00:59:59 GMT+0000 (Coordinated Universal Time)': '2026-03-01T00:59:59Z',
    'Fri Dec 31 9999 23:59:59 GMT+0000 (Coordinated Universal Time)': '9999-12-31T23:59:59Z',
  }

  for (const [text, instant] of Object.entries(recorded)) assert.equal(dateText(Date.parse(instant)), text)
})

test('the time zone of the process makes no difference to a date', { timeout: 30_000 }, async () => {
  const script = `
    const { dateText } = await import(${JSON.stringify(import.meta.resolve('./present.ts'))})
    const ms = [0, 951_782_399_000, 1_720_000_000_000, 1_795_294_922_000]
    console.log(JSON.stringify(ms.map((at) => [new Date(at).toString(), dateText(at)])))`
  const datesIn = async (TZ: string) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ },
    })
    return JSON.parse(stdout) as [string, string][]
  }

  const [inUtc, inNewYork] = await Promise.all([datesIn('UTC'), datesIn('America/New_York')])

  for (const [native, ours] of inUtc) assert.equal(ours, native)
  for (const [native] of inNewYork) assert.match(native, /GMT-0[45]00/)
  assert.deepEqual(
    inNewYork.map(([, ours]) => ours),
    inUtc.map(([, ours]) => ours),
  )
})

test('a page is the JSON of its users between two keys', () => {
  const users = [user({ place: 1, username: 'a"b' }), user({ place: 2, lastName: '名' })]

  assert.equal(writePage(users, 4), JSON.stringify({ users: users.map(presentUser), nextKey: 4 }))
  assert.equal(writePage([], 0), '{"users":[],"nextKey":0}')
  assert.equal(writeUser(users[0] as User), writeUser(users[0] as User))
})

function user(facts: Partial<Parameters<typeof person>[0]>): User {
  return { ...person({ place: 7, ...facts }), number: 7 }
}
