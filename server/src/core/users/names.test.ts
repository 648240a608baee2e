import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Flaw } from '../refusals.ts'
import { parseEmail, parseUserId, parseUsername } from './names.ts'
import { canonical, type Parsed, parseText, sortKey } from './text.ts'
import type { Email } from './user.ts'

const flawOf = (parsed: Parsed<unknown>): Flaw['flaw'] | null => ('flaw' in parsed ? parsed.flaw.flaw : null)
const own = 'ada@example.com' as Email

test('addresses that people have are taken as they are, in any script', () => {
  for (const good of [
    'a@b',
    'john.doe+tag@example.com',
    "o'brien@example.co.uk",
    'UPPER@Example.COM',
    'пользователь@пример.рф',
    '用户@例子.公司',
    'josé@exämple.org',
    `${'x'.repeat(64)}@${'y'.repeat(63)}.com`,
  ]) {
    assert.deepEqual(parseEmail(good), { value: good.normalize('NFC') }, good)
  }
  assert.deepEqual(parseEmail('  ada@example.com '), { value: 'ada@example.com' })
  assert.deepEqual(parseEmail('jose\u0301@example.org'), { value: 'josé@example.org' })
})

test('what is no address is refused, and so is what hides in one', () => {
  for (const bad of [
    '',
    'nope',
    '@example.com',
    'ada@',
    'ada@@example.com',
    'a b@example.com',
    'ada@example..com',
    'ada@-example.com',
    'ada@example-.com',
    'ada@example.com.',
    'ada@[127.0.0.1]',
    '"ada"@example.com',
    'ada\u0000@example.com',
    'ada\r\nbcc: x@example.com',
    'ada\u202e@example.com',
    'ada\ud800@example.com',
    `ada@${'y'.repeat(64)}.com`,
    'ada＠example.com',
    'ada\u034f@example.com',
    'ada\ufe0f@example.com',
    'ada\u3164@example.com',
    'ada@exam\u180bple.com',
  ]) {
    assert.equal(flawOf(parseEmail(bad)), 'bad_email', JSON.stringify(bad))
  }
  assert.equal(flawOf(parseEmail(`${'x'.repeat(250)}@example.com`)), 'too_long')
})

test('a username is any short name that shadows neither an id nor an address of somebody else', () => {
  for (const good of ['a', '42', 'ünï', '李小龍', 'a b', 'x'.repeat(64), '\u{1F642}', 'ADA@example.com']) {
    assert.deepEqual(parseUsername(good, own), { value: good }, good)
  }
  for (const [bad, flaw] of [
    ['', 'blank'],
    [' a', 'bad_username'],
    ['a ', 'bad_username'],
    ['\u00a0a', 'bad_username'],
    ['x'.repeat(65), 'too_long'],
    ['grace@example.com', 'bad_username'],
    ['@', 'bad_username'],
    ['550e8400-e29b-41d4-a716-446655440000', 'bad_username'],
    ['550E8400-E29B-41D4-A716-446655440000', 'bad_username'],
    ['a\u0000b', 'forbidden_characters'],
    ['a\nb', 'forbidden_characters'],
    ['a\u202eb', 'forbidden_characters'],
    ['\udc00', 'forbidden_characters'],
  ] as const) {
    assert.equal(flawOf(parseUsername(bad, own)), flaw, JSON.stringify(bad))
  }
  assert.equal(flawOf(parseUsername('ada@example.com', null)), 'bad_username')
})

test('an id is a UUID of any version, in either case', () => {
  const lower = '550e8400-e29b-41d4-a716-446655440000'
  assert.deepEqual(parseUserId(lower.toUpperCase()), { value: lower })
  for (const bad of ['', 'me', lower.slice(1), `${lower}0`, `{${lower}}`, lower.replace('-', ''), `${lower}\n`]) {
    assert.equal(flawOf(parseUserId(bad)), 'bad_id', bad)
  }
})

test('what uniqueness compares is settled by one step', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => canonical(canonical(text)) === canonical(text)))
  for (const one of ['İ', 'ı', 'ſ', 'K', 'ẞ', 'ﬀ', '\u0345', 'Σς', 'ᴮᴵᴳ']) {
    assert.equal(canonical(canonical(one)), canonical(one), one)
  }
  assert.equal(canonical('E\u0301'), canonical('é'))
  assert.notEqual(canonical('mıke'), canonical('mike'))
})

test('sort keys are folded, never longer than a hundred code points, and settled by one step', () => {
  assert.equal(sortKey(null), '')
  assert.equal(sortKey('Ｆｕｌｌ Width'), 'full width')
  assert.equal([...sortKey('\u{1F642}'.repeat(300))].length, 100)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => sortKey(sortKey(text)) === sortKey(text)),
  )
})

test('texts are trimmed and composed, and counted in code points', () => {
  assert.deepEqual(parseText('  e\u0301 ', 1), { value: 'é' })
  assert.deepEqual(parseText('\u{1F642}'.repeat(3), 3), { value: '\u{1F642}'.repeat(3) })
  assert.deepEqual(parseText('\u{1F642}'.repeat(4), 3), { flaw: { flaw: 'too_long', max: 3, length: 4 } })
  assert.deepEqual(parseText('<b>bold</b> & "more"', 100), { value: '<b>bold</b> & "more"' })
})
