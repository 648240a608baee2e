import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from '../core/outcome.ts'
import { refuse } from '../core/outcome.ts'
import { text } from './answer.ts'
import { type Phrasebook, phrase } from './phrasebook.ts'

const book = {
  user_not_found: ({ wanted }) => text(404, `User not found: ${wanted}`),
  last_admin: () => text(409, 'last admin'),
} satisfies Partial<Phrasebook>

test('a refusal is worded by its own facts', () => {
  assert.deepEqual(phrase(book, { code: 'user_not_found', wanted: 'x' }).body, 'User not found: x')
})

test('a call whose refusals are not all in the book does not compile', () => {
  const known: Outcome<null, 'user_not_found' | 'last_admin'> = refuse({ code: 'last_admin' })
  const wider = refuse({ code: 'email_taken' }) as Outcome<null, 'last_admin' | 'email_taken'>

  assert.equal(known.ok || phrase(book, known.refusal).status, 409)
  // @ts-expect-error: the book has no phrase for `email_taken`
  assert.throws(() => wider.ok || phrase(book, wider.refusal))
})
