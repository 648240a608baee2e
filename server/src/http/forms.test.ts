import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type from '#typebox'
import { limits } from '../core/limits.ts'
import type { Fault } from '../core/refusals.ts'
import { compileForm, readForm } from './forms.ts'

const closed = { additionalProperties: false }
const person = compileForm(
  Type.Object(
    {
      email: Type.String(),
      firstName: Type.Optional(Type.Union([Type.String({ maxLength: 5 }), Type.Null()])),
      role: Type.Optional(Type.Union([Type.Literal('admin'), Type.Literal('user')])),
      theme: Type.Optional(Type.Enum(['light', 'dark'])),
      status: Type.Optional(Type.Union([Type.Literal('active'), Type.Null()])),
      age: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
      verified: Type.Optional(Type.Boolean()),
      tags: Type.Optional(Type.Array(Type.String({ minLength: 2 }), { maxItems: 2 })),
      attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      profile: Type.Optional(
        Type.Union([
          Type.Object(
            { bio: Type.Optional(Type.String()), links: Type.Object({ home: Type.String() }, closed) },
            closed,
          ),
          Type.Null(),
        ]),
      ),
    },
    closed,
  ),
)

const read = (body: unknown) => readForm(person, body)

test('a well-shaped body lands in the form whole', () => {
  const body = {
    email: 'ada@example.com',
    firstName: null,
    role: 'admin',
    theme: 'dark',
    status: null,
    age: 36,
    verified: false,
    tags: ['ab', 'cd'],
    attributes: { any: [1, { deep: null }] },
    profile: { bio: 'x', links: { home: 'y' } },
  }

  assert.deepEqual(read(body), { values: body, faults: [] })
  assert.deepEqual(read({ email: 'a', profile: null }), { values: { email: 'a', profile: null }, faults: [] })
})

const flaws: [body: object, fault: Fault][] = [
  [{}, { field: 'email', flaw: 'missing' }],
  [{ email: null }, { field: 'email', flaw: 'wrong_type', expected: 'string' }],
  [{ email: 5 }, { field: 'email', flaw: 'wrong_type', expected: 'string' }],
  [{ email: ['a'] }, { field: 'email', flaw: 'wrong_type', expected: 'string' }],
  [
    { email: 'a', firstName: 5 },
    { field: 'firstName', flaw: 'wrong_type', expected: 'string or null' },
  ],
  [
    { email: 'a', firstName: 'abcdef' },
    { field: 'firstName', flaw: 'too_long', max: 5, length: 6 },
  ],
  [
    { email: 'a', role: 'root' },
    { field: 'role', flaw: 'not_one_of', values: ['admin', 'user'] },
  ],
  [
    { email: 'a', role: 5 },
    { field: 'role', flaw: 'not_one_of', values: ['admin', 'user'] },
  ],
  [
    { email: 'a', theme: null },
    { field: 'theme', flaw: 'not_one_of', values: ['light', 'dark'] },
  ],
  [
    { email: 'a', status: 'x' },
    { field: 'status', flaw: 'not_one_of', values: ['active'] },
  ],
  [
    { email: 'a', age: 1.5 },
    { field: 'age', flaw: 'wrong_type', expected: 'integer' },
  ],
  [
    { email: 'a', age: -1 },
    { field: 'age', flaw: 'out_of_range', min: 0, max: 150 },
  ],
  [
    { email: 'a', verified: 'true' },
    { field: 'verified', flaw: 'wrong_type', expected: 'boolean' },
  ],
  [
    { email: 'a', tags: {} },
    { field: 'tags', flaw: 'wrong_type', expected: 'array' },
  ],
  [
    { email: 'a', tags: ['ab', 'cd', 'ef'] },
    { field: 'tags', flaw: 'too_many', max: 2 },
  ],
  [
    { email: 'a', tags: ['ab', 'c'] },
    { field: 'tags.1', flaw: 'too_short', min: 2, length: 1 },
  ],
  [
    { email: 'a', attributes: [] },
    { field: 'attributes', flaw: 'wrong_type', expected: 'object' },
  ],
  [
    { email: 'a', profile: 'x' },
    { field: 'profile', flaw: 'wrong_type', expected: 'object' },
  ],
  [
    { email: 'a', profile: {} },
    { field: 'profile.links', flaw: 'missing' },
  ],
  [
    { email: 'a', profile: { links: { home: 1 } } },
    { field: 'profile.links.home', flaw: 'wrong_type', expected: 'string' },
  ],
  [
    { email: 'a', id: 1 },
    { field: 'id', flaw: 'unknown_field' },
  ],
  [
    { email: 'a', profile: { links: { home: 'x', x: 1 } } },
    { field: 'profile.links.x', flaw: 'unknown_field' },
  ],
]

test('every fault of a body is told at once, by the path of its field', () => {
  for (const [body, fault] of flaws) assert.deepEqual(read(body).faults, [fault], JSON.stringify(body))

  const all = read({ role: 'root', x: 1, firstName: 5, y: 2 })
  assert.deepEqual(
    all.faults.map(({ field, flaw }) => `${field} ${flaw}`),
    ['email missing', 'firstName wrong_type', 'role not_one_of', 'x unknown_field', 'y unknown_field'],
  )
})

test('flawed fields stay out of the values, and their well-shaped neighbours stay in', () => {
  const { values } = read({
    email: 5,
    verified: true,
    profile: { bio: 'x', links: { home: 5 } },
    tags: ['ab', 5],
    x: 1,
  })

  assert.deepEqual(values, { verified: true, profile: { bio: 'x', links: {} } })
})

test('a body that is no object has one fault, and no values', () => {
  for (const body of [undefined, null, [], 'x', 5, true, [{}]]) {
    assert.deepEqual(read(body), { values: {}, faults: [{ field: '', flaw: 'wrong_type', expected: 'object' }] })
  }
})

test('keys that reach for a prototype are unknown fields, and change nothing', () => {
  const body = JSON.parse(
    '{"email":"a","__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}},"toString":1}',
  )

  const form = read(body)

  assert.deepEqual(
    form.faults.map(({ field, flaw }) => `${field} ${flaw}`),
    ['__proto__ unknown_field', 'constructor unknown_field', 'toString unknown_field'],
  )
  assert.equal((form.values as { role?: string }).role, undefined)
  assert.deepEqual(Object.keys(form.values), ['email'])
})

test('a schema that is open leaves unknown keys out without a fault', () => {
  const open = compileForm(Type.Object({ name: Type.Optional(Type.String()) }))

  assert.deepEqual(readForm(open, { name: 'x', id: 1 }), { values: { name: 'x' }, faults: [] })
})

test('a body of nothing but faults is answered shortly', () => {
  const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`${index}${'x'.repeat(200)}`, 1]))

  const { faults } = read(body)

  assert.equal(faults.length, limits.formFaultsMax)
  assert.ok(faults.every(({ field }) => field.length <= 100))
})
