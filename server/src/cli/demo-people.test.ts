import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEmail, parseUsername } from '../core/users/names.ts'
import { parseText } from '../core/users/text.ts'
import { cultures } from './demo-names.ts'
import { type DemoPerson, demoPeople } from './demo-people.ts'

const startAtMs = Date.parse('2030-01-01T12:00:00.000Z')
const count = 200_000
const crowd = [...demoPeople({ seed: 1, count, startAtMs })]

test('the same seed gives the same people, another one others', () => {
  const some = (seed: number) => [...demoPeople({ seed, count: 1000, startAtMs })]

  assert.deepEqual(some(7), some(7))
  assert.notDeepEqual(some(7), some(8))
})

test('no two people share an e-mail or a username, ignoring case', () => {
  assert.equal(crowd.length, count)
  assert.equal(new Set(crowd.map(({ email }) => email.toLowerCase())).size, count)
  assert.equal(new Set(crowd.map(({ username }) => username.toLowerCase())).size, count)
})

test('the directory takes every name, e-mail and username as it is', () => {
  for (const person of crowd) {
    const email = parseEmail(person.email)
    assert.deepEqual(email, { value: person.email })
    assert.deepEqual(parseUsername(person.username, null), { value: person.username })
    assert.deepEqual(parseText(person.firstName, 100), { value: person.firstName })
    assert.deepEqual(parseText(person.lastName, 100), { value: person.lastName })
    assert.match(person.email, /^[a-z]+\.[a-z]+\d*@example\.(com|org|net)$/)
  }
})

test('people write their names in many scripts, and each in one', () => {
  const scripts = [
    'Latin',
    'Cyrillic',
    'Greek',
    'Arabic',
    'Hebrew',
    'Han',
    'Hiragana',
    'Katakana',
    'Hangul',
    'Devanagari',
  ]
  for (const script of scripts) {
    const written = new RegExp(`\\p{Script=${script}}`, 'u')
    const people = shareOf((person) => written.test(person.firstName))
    assert.ok(people > 0.001, `${people} of the people write ${script}`)
  }
  assert.ok(shareOf(({ firstName }) => /\p{M}/u.test(firstName)) > 0.01, 'marks that combine')
  const isLatin = (name: string) => /\p{Script=Latin}/u.test(name)
  assert.ok(crowd.every(({ firstName, lastName }) => isLatin(firstName) === isLatin(lastName)))
  for (const letter of 'äßéñłİıễẹ') {
    assert.ok(shareOf(({ firstName, lastName }) => `${firstName}${lastName}`.includes(letter)) > 0, letter)
  }
})

test('roles and statuses are in proportion, and admins are active', () => {
  assertNear(
    shareOf(({ role }) => role === 'viewer'),
    0.09,
  )
  assertNear(
    shareOf(({ status }) => status === 'active'),
    0.85,
  )
  assertNear(
    shareOf(({ status }) => status === 'inactive'),
    0.05,
  )
  assertNear(
    shareOf(({ status }) => status === 'pending'),
    0.1,
  )
  assert.ok(crowd.every(({ role, status }) => role !== 'admin' || status === 'active'))
})

test('one in a hundred is an admin, at least one and at most fifty', () => {
  for (const [people, admins] of [
    [0, 0],
    [1, 1],
    [99, 1],
    [1000, 10],
    [1050, 11],
    [5000, 50],
    [20_000, 50],
  ] as const) {
    const found = [...demoPeople({ seed: 3, count: people, startAtMs })].filter(({ role }) => role === 'admin')
    assert.equal(found.length, admins, `of ${people}`)
  }
})

test('people came one after the other in the three years before, and signed in after they came', () => {
  let before = Date.parse('2027-01-02T12:00:00.000Z')
  for (const { createdAtMs, lastLoginAtMs, status, emailVerified } of crowd) {
    assert.ok(createdAtMs >= before && createdAtMs < startAtMs)
    assert.ok(lastLoginAtMs === null || (lastLoginAtMs >= createdAtMs && lastLoginAtMs <= startAtMs))
    assert.ok(status !== 'pending' || (lastLoginAtMs === null && !emailVerified))
    before = createdAtMs
  }
  assert.ok(shareOf(({ status, lastLoginAtMs }) => status === 'active' && lastLoginAtMs !== null) > 0.75)
})

test('what people say of themselves fits the directory', () => {
  for (const { profile, preferences } of crowd.slice(0, 5000)) {
    for (const text of Object.values(profile)) assert.deepEqual(parseText(text, 100), { value: text })
    new Intl.DateTimeFormat('en', { timeZone: preferences.timezone ?? 'UTC' })
    assert.match(preferences.language ?? 'en', /^[a-z]{2}$/)
  }
})

test('the shares of the cultures add up to a hundred', () => {
  assert.equal(
    cultures.reduce((sum, { share }) => sum + share, 0),
    100,
  )
})

function shareOf(isMeant: (person: DemoPerson) => boolean): number {
  return crowd.filter(isMeant).length / crowd.length
}

function assertNear(share: number, wanted: number) {
  assert.ok(Math.abs(share - wanted) < 0.005, `${share} is not about ${wanted}`)
}
