import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Flaw } from '../refusals.ts'
import { mergePatch } from './merge-patch.ts'
import type { Parsed } from './text.ts'
import type { Json } from './user.ts'
import {
  parseAttributes,
  parseInstant,
  parseLanguage,
  parseName,
  parseProfileField,
  parseTimezone,
  parseUrl,
} from './values.ts'

const flawOf = (parsed: Parsed<unknown>): Flaw['flaw'] | null => ('flaw' in parsed ? parsed.flaw.flaw : null)

test('an address of the web is http or https, whatever else a browser would run', () => {
  for (const good of [
    'http://example.com',
    'https://example.com/a?b#c',
    'HTTPS://EXAMPLE.com',
    'https://例子.公司/路',
  ]) {
    assert.deepEqual(parseUrl(good), { value: good })
  }
  for (const bad of [
    '',
    'example.com',
    '//example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'http://',
    'http:// example.com',
    'http://exa mple.com',
    'https:example.com',
  ]) {
    assert.ok(['bad_url', 'forbidden_characters'].includes(flawOf(parseUrl(bad)) ?? ''), JSON.stringify(bad))
  }
  assert.equal(flawOf(parseUrl(`https://example.com/${'x'.repeat(2048)}`)), 'too_long')
})

test('names are not blank, and at most a hundred code points', () => {
  assert.deepEqual(parseName(' Ada '), { value: 'Ada' })
  assert.equal(flawOf(parseName('   ')), 'blank')
  assert.deepEqual(parseName('李'.repeat(100)), { value: '李'.repeat(100) })
  assert.equal(flawOf(parseName('李'.repeat(101))), 'too_long')
})

test('a biography has lines; everything else has one', () => {
  assert.deepEqual(parseProfileField('bio', 'one\ntwo\tthree'), { value: 'one\ntwo\tthree' })
  assert.equal(flawOf(parseProfileField('bio', 'x'.repeat(501))), 'too_long')
  assert.equal(flawOf(parseProfileField('location', 'one\ntwo')), 'forbidden_characters')
  assert.equal(flawOf(parseProfileField('linkedin', 'javascript:alert(1)')), 'bad_url')
  assert.deepEqual(parseProfileField('linkedin', 'ada-lovelace'), { value: 'ada-lovelace' })
})

test('languages are of ISO 639-1 and time zones of IANA', () => {
  for (const good of ['en', 'de', 'zh', 'yo']) assert.deepEqual(parseLanguage(good), { value: good })
  for (const bad of ['', 'EN', 'en-GB', 'eng', 'xx']) assert.equal(flawOf(parseLanguage(bad)), 'bad_language', bad)
  for (const good of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']) {
    assert.deepEqual(parseTimezone(good), { value: good })
  }
  for (const bad of ['', 'Mars/Base', '+01:00', 'Europe/', '../etc/passwd', 'x'.repeat(10_000)]) {
    assert.equal(flawOf(parseTimezone(bad)), 'bad_timezone', bad.slice(0, 20))
  }
})

test('attributes are bounded in bytes, keys and depth, and hold no text that cannot be kept', () => {
  const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, key) => [`k${key}`, key]))
  const deep = (levels: number): Json => (levels === 0 ? 1 : { a: deep(levels - 1) })
  assert.deepEqual(parseAttributes(many(64)), { value: many(64) })
  assert.equal(flawOf(parseAttributes(many(65))), 'too_many')
  assert.equal(flawOf(parseAttributes({ a: 'é'.repeat(8 * 1024) })), 'too_long')
  assert.equal(flawOf(parseAttributes({ a: deep(8) })), 'too_deep')
  for (const bad of [{ a: '\u0000' }, { 'a\u0000': 1 }, { a: ['\ud800'] }, JSON.parse('{"a":{"__proto__":{}}}')]) {
    assert.equal(flawOf(parseAttributes(bad)), 'forbidden_characters', JSON.stringify(bad))
  }
})

test('instants are days, or days with a time; without an offset in UTC', () => {
  const ms = Date.parse('2026-01-05T09:00:00.000Z')
  for (const good of [
    '2026-01-05T09:00:00.000Z',
    '2026-01-05T09:00',
    '2026-01-05T10:00:00+01:00',
    '2026-01-05T09:00:00Z',
  ]) {
    assert.deepEqual(parseInstant(good), { value: ms }, good)
  }
  assert.deepEqual(parseInstant('2026-01-05'), { value: Date.parse('2026-01-05T00:00:00Z') })
  for (const bad of [
    '',
    'today',
    '2026',
    '2026-1-5',
    '2026-02-30',
    '2026-01-05T25:00',
    '2026-01-05 09:00',
    '1',
    'Mon Jan 05 2026',
  ]) {
    assert.equal(flawOf(parseInstant(bad)), 'bad_instant', bad)
  }
})

test('a merge patch does what its standard says', () => {
  for (const [target, patch, expected] of [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ] as const) {
    assert.deepEqual(mergePatch(target, patch), expected)
  }
  const polluted = mergePatch({}, JSON.parse('{"__proto__":{"admin":true}}') as object)
  assert.equal(({} as { admin?: boolean }).admin, undefined)
  assert.equal((polluted as { admin?: boolean }).admin, undefined)
})
