import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coerceScalars } from './coercion.ts'

test('numbers and booleans become their text, null becomes empty text', () => {
  const sent = { a: 42, b: -0, c: 1e21, d: 1.5, e: true, f: false, g: null, h: 'x', i: '' }

  const coerced = coerceScalars(sent)

  assert.deepEqual(coerced, { a: '42', b: '0', c: '1e+21', d: '1.5', e: 'true', f: 'false', g: '', h: 'x', i: '' })
})

test('lists and objects stay what they are', () => {
  assert.deepEqual(coerceScalars({ a: [1], b: { c: 1 }, d: undefined }), { a: [1], b: { c: 1 }, d: undefined })
})

test('a body that is no object stays what it is', () => {
  for (const body of [null, undefined, 7, true, 'x', [1, null]]) assert.equal(coerceScalars(body), body)
})

test('a key called __proto__ is a key like any other', () => {
  const coerced = coerceScalars(JSON.parse('{"__proto__":{"role":"admin"},"a":1}'))

  assert.deepEqual(Object.keys(coerced as object), ['__proto__', 'a'])
  assert.equal(Object.getPrototypeOf(coerced), Object.prototype)
})
