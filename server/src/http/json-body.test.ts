import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import { isOfType, parseJson } from './json-body.ts'

const parsed = (text: string) => parseJson(Buffer.from(text))

test('JSON is read in UTF-8, with or without a byte order mark', () => {
  for (const [text, expected] of [
    ['{"name":"Åda 李"}', { name: 'Åda 李' }],
    ['\ufeff{"a":1}', { a: 1 }],
    [' [1, null] ', [1, null]],
    ['"text"', 'text'],
    ['{"a":1,"a":2}', { a: 2 }],
  ] as const) {
    assert.deepEqual(parsed(text), { ok: true, value: expected })
  }
})

test('what is no JSON is unreadable', () => {
  const latin1 = Buffer.from('{"a":"\xe4"}', 'latin1')
  const utf16 = Buffer.from('{"a":1}', 'utf16le')
  const cut = Buffer.from('{"a":"€"}').subarray(0, 8)
  const surrogate = Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])
  const texts = [
    ' ',
    '{',
    '{"a":}',
    "{'a':1}",
    '{"a":1,}',
    'undefined',
    'NaN',
    '{"a":1}x',
    '\u0000',
    '"\n"',
    '\ufeff\ufeff1',
    ']',
  ]
  for (const bytes of [latin1, utf16, cut, surrogate, ...texts.map((text) => Buffer.from(text))]) {
    assert.deepEqual(parseJson(bytes), { ok: false, refusal: { code: 'unreadable_json' } }, bytes.toString())
  }
})

test('depth is bounded, whatever the brackets, and those inside strings do not count', () => {
  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
  const max = limits.bodyDepthMax

  assert.equal(parsed(nested(max, '[', ']')).ok, true)
  assert.equal(parsed(`${'{"a":'.repeat(max)}1${'}'.repeat(max)}`).ok, true)
  assert.equal(parsed(JSON.stringify({ a: '['.repeat(1000), b: `\\"${'{'.repeat(1000)}` })).ok, true)
  assert.equal(parsed(`[${'[],'.repeat(1000)}[]]`).ok, true)
  for (const deep of [
    nested(max + 1, '[', ']'),
    `${'{"a":'.repeat(max + 1)}1${'}'.repeat(max + 1)}`,
    '['.repeat(500_000),
  ]) {
    assert.deepEqual(parsed(deep), { ok: false, refusal: { code: 'json_too_deep', max } })
  }
})

test('a key called __proto__ is a key, and nothing inherits from it', () => {
  const body = parsed('{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}')

  assert.ok(body.ok)
  assert.deepEqual(Object.keys(body.value as object), ['__proto__', 'constructor'])
  assert.equal((body.value as { role?: string }).role, undefined)
  assert.equal(({} as { role?: string }).role, undefined)
})

test('a media type is known by its name; of parameters only a charset matters', () => {
  const good = [
    'application/json',
    'Application/JSON',
    ' application/json ; charset=utf-8',
    'application/json;charset="UTF-8"',
  ]
  for (const type of [
    ...good,
    'application/json; charset=utf8',
    'application/json; profile="x"',
    'application/json;',
  ]) {
    assert.equal(isOfType(type, ['application/json']), true, type)
  }
  const bad = [
    '',
    'text/json',
    'application/jsonp',
    'application/json+x',
    'application/json; charset=latin1',
    'json',
    '*/*',
  ]
  for (const type of [undefined, ...bad, 'text/plain; application/json', 'application/json, text/plain', ';']) {
    assert.equal(isOfType(type, ['application/json']), false, type)
  }
})
