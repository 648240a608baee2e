import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Flaw } from '../refusals.ts'
import type { Parsed } from '../users/text.ts'
import type { Email, Username } from '../users/user.ts'
import { houseRule, type PasswordRule, parseGivenPassword, parseNewPassword, ruleInForce } from './password-rule.ts'

const nobody = {}
const isCommon = (password: string) => password.toLowerCase() === 'p@ssword1'

const read = (password: string, person: Parameters<typeof parseNewPassword>[2] = nobody) =>
  parseNewPassword(password, houseRule, person, isCommon)
const lacksOf = (parsed: Parsed<unknown>) =>
  'flaw' in parsed && parsed.flaw.flaw === 'weak_password' ? parsed.flaw.lacks : null
const flawOf = (parsed: Parsed<unknown>): Flaw['flaw'] | null => ('flaw' in parsed ? parsed.flaw.flaw : null)

test('the new passwords that the house documents are good ones', () => {
  for (const sample of ['SecurePassword123!', 'NewSecurePassword123!'])
    assert.deepEqual(read(sample), { value: sample })
})

test('a weak password is told everything that it lacks', () => {
  assert.deepEqual(lacksOf(read('aaaaaaaa')), ['upper', 'digit', 'symbol'])
  assert.deepEqual(lacksOf(read('AAAAAAA1')), ['lower', 'symbol'])
  assert.deepEqual(lacksOf(read('P@ssword1')), ['uncommon'])
  assert.deepEqual(lacksOf(read('пароль-Пароль1')), null, 'letters of any script have case')
  assert.deepEqual(lacksOf(read('Ab1 Ab1 Ab1')), ['symbol'], 'a space is no symbol')
})

test('a password does not hold the name of its person, in whatever case', () => {
  const person = {
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'countess@example.com' as Email,
    username: 'enchantress' as Username,
  }
  for (const personal of ['xLOVELACEx-1', 'Countess#1815', 'my-Enchantress-1']) {
    assert.deepEqual(lacksOf(read(personal, person)), ['impersonal'], personal)
  }
  assert.deepEqual(read('Canada-2026!', person), { value: 'Canada-2026!' }, 'three letters say nothing about a person')
})

test('length is counted in code points of the composed text, and nothing longer than the limit is looked at', () => {
  assert.deepEqual(flawOf(read('Aa1!567')), 'too_short')
  assert.deepEqual(read('Aa1!567e\u0301'), { value: 'Aa1!567é' })
  const longest = `Aa1!${'\u{1F642}'.repeat(252)}`
  assert.deepEqual(read(longest), { value: longest })
  assert.equal(flawOf(read(`${longest}x`)), 'too_long')
  assert.equal(flawOf(read('A'.repeat(10_000_000))), 'too_long')
})

test("with the house's rule for a floor a door asks for whatever either of the two asks", () => {
  const looser: PasswordRule = { lengthMin: 1, fourKinds: false, uncommon: false, impersonal: false }
  const stricter: PasswordRule = { ...houseRule, lengthMin: houseRule.lengthMin + 2 }
  const mixed: PasswordRule = { ...looser, lengthMin: 10, uncommon: true }

  for (const rule of [looser, stricter, mixed, houseRule]) {
    assert.deepEqual(ruleInForce(rule, { houseFloorEverywhere: false }), rule)
  }
  const floor = (rule: PasswordRule) => ruleInForce(rule, { houseFloorEverywhere: true })
  assert.deepEqual(floor(looser), houseRule)
  assert.deepEqual(floor(houseRule), houseRule)
  assert.deepEqual(floor(stricter), stricter)
  assert.deepEqual(floor(mixed), { ...houseRule, lengthMin: 10 })
})

test('where that is all that is asked, a password is not the name of its person, however it is written', () => {
  const rule: PasswordRule = { ...houseRule, fourKinds: false, impersonal: 'as a whole' }
  const person = {
    firstName: 'Jonathan',
    lastName: 'Doe',
    email: 'jonathan@example.com' as Email,
    username: 'first.mate' as Username,
  }
  const judge = (password: string) => parseNewPassword(password, rule, person, isCommon)

  for (const name of ['jonathan', 'JonathanDoe', 'jonathan_doe', 'Jonathan@example.com', 'First-Mate'])
    assert.deepEqual(lacksOf(judge(name)), ['impersonal'], name)
  for (const good of ['secure_password', 'temporary_password', 'jonathan-does', '--------'])
    assert.deepEqual(judge(good), { value: good })
})

test('a password that proves who somebody is is taken as typed, within the limit', () => {
  assert.deepEqual(parseGivenPassword(' spaces stay '), { value: ' spaces stay ' })
  assert.deepEqual(parseGivenPassword(''), { value: '' })
  assert.equal(flawOf(parseGivenPassword('a\0b')), 'forbidden_characters')
  assert.equal(flawOf(parseGivenPassword('\ud800')), 'forbidden_characters')
  assert.equal(flawOf(parseGivenPassword('x'.repeat(257))), 'too_long')
})
