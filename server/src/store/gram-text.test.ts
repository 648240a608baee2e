import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoPeople } from '../cli/demo-people.ts'
import { gramTextOf } from './gram-text.ts'
import { foldFields, gramsOfUser, type Searched } from './search-terms.ts'

const nobody: Searched = { email: null, username: null, firstName: null, lastName: null }

function assertSame(person: Searched): void {
  const grams = gramTextOf(foldFields(person)).split(' ').sort()
  assert.deepEqual(grams, [...gramsOfUser(person)].sort(), JSON.stringify(person))
}

test('the text holds every gram once, whatever script it is of', () => {
  for (const person of [
    { ...nobody, email: 'ada@example.com', username: 'ada', firstName: 'Ada', lastName: 'Lovelace' },
    { ...nobody, username: 'anna-anna-anna', firstName: 'Anna', lastName: 'Anna' },
    { ...nobody, firstName: 'Ålmer', lastName: 'Palmer' },
    { ...nobody, firstName: 'Łukasz Anna', lastName: '王小明 Li' },
    { ...nobody, email: 'ß@example.com', firstName: '\u{20BB7}\u{20BB8}\u{20BB9}\u{20BBA}' },
    { ...nobody, lastName: 'x' },
    { ...nobody, lastName: '\u{7f}\u{1}\u{1}\u{7f}\u{1}' },
    { ...nobody, username: '王小明' },
    { ...nobody, lastName: '王' },
  ])
    assertSame(person)
  for (const person of demoPeople({ seed: 7, count: 2_000, startAtMs: 0 })) assertSame(person)
})

test('nobody’s text is empty, and a long one has all of its grams as well', () => {
  assert.equal(gramTextOf(nobody), '')
  for (const length of [255, 256, 257, 1_000]) {
    const signs = Array.from({ length }, (_, at) => String.fromCharCode(33 + ((at * at * 7 + at) % 94)))
    assertSame({ ...nobody, username: signs.join('') })
    assertSame({ ...nobody, firstName: `é${signs.join('')}` })
  }
})
