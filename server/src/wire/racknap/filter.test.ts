import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../../core/limits.ts'
import { readFilter } from './filter.ts'

const ada = { kind: 'compare', field: 'firstName', by: 'eq', value: 'Ada' }
const five = { kind: 'compare', field: 'number', by: 'eq', value: 5 }
const active = { kind: 'compare', field: 'status', by: 'eq', value: 'active' }
const an = { kind: 'contains', field: 'email', part: 'an' }

function read(text: string) {
  const read = readFilter(text)
  assert.ok('filter' in read, `${text}: ${'trouble' in read ? read.trouble : ''}`)
  return read.filter
}

test('comparisons bind before not and and or, brackets before all, and a value stands on either side', () => {
  for (const [text, filter] of [
    ["firstName eq 'Ada'", ada],
    ["'Ada' eq firstName", ada],
    ['5 lt id', { ...five, by: 'gt' }],
    ['5 ge id', { ...five, by: 'le' }],
    [
      "firstName eq 'Ada' or id eq 5 and status eq 'active'",
      { kind: 'or', of: [ada, { kind: 'and', of: [five, active] }] },
    ],
    [
      "(firstName eq 'Ada' or id eq 5) and status eq 'active'",
      { kind: 'and', of: [{ kind: 'or', of: [ada, five] }, active] },
    ],
    ["not (id eq 5) and status eq 'active'", { kind: 'and', of: [{ kind: 'not', of: five }, active] }],
    ["not contains(email,'an') or id eq 5", { kind: 'or', of: [{ kind: 'not', of: an }, five] }],
    ["not status in ('active') ", { kind: 'not', of: { kind: 'in', field: 'status', values: ['active'] } }],
    ['not not (id eq 5)', five],
    ["contains(email,'an') eq true", { kind: 'is', of: an, value: true }],
    ["false ne contains(email,'an')", { kind: 'not', of: { kind: 'is', of: an, value: false } }],
    ['id gt 5 eq true', { ...five, by: 'gt' }],
    ['(id eq 5) eq null', { kind: 'constant', value: false }],
    [
      'NOT (id EQ 5) AND True',
      {
        kind: 'and',
        of: [
          { kind: 'not', of: five },
          { kind: 'constant', value: true },
        ],
      },
    ],
    ["\t( ( firstName eq'Ada' ) ) ", ada],
  ] as const) {
    assert.deepEqual(read(text), filter, text)
  }
})

test('values alone are compared as they are read', () => {
  for (const [text, value] of [
    ['null eq null', true],
    ['null ne 5', true],
    ['5 lt null', false],
    ['null ge null', false],
    ['1 eq 1.0', true],
    ["'b' gt 'a'", true],
    ["'\u{1f600}' gt '\uff21'", true],
    ['2026-06-02T10:30:00Z eq 2026-06-02T12:30:00.000+02:00', true],
    ['true ne false', true],
    ["contains(tolower('ADA'),'da')", true],
    ["startswith('Ada',null)", null],
    ["endswith(null,'a')", null],
  ] as const) {
    assert.deepEqual(read(text), { kind: 'constant', value }, text)
  }
})

test('quotes are doubled in a text, and marks are put together as in all that is stored', () => {
  assert.deepEqual(read("lastName eq 'O''Brien'"), { ...ada, field: 'lastName', value: "O'Brien" })
  assert.deepEqual(read("lastName eq ''''"), { ...ada, field: 'lastName', value: "'" })
  assert.deepEqual(read("lastName eq 'Zoe\u0308'"), { ...ada, field: 'lastName', value: 'Zoë' })
  assert.deepEqual(read("toupper(lastName) eq toupper('straße')"), {
    ...ada,
    field: 'lastName',
    inCase: 'upper',
    value: 'STRAßE',
  })
})

test('a date is found by what is shown of it, whatever it is written with', () => {
  const second = Date.parse('2026-06-02T10:30:00Z')
  const from = { kind: 'compare', field: 'createdAtMs', by: 'ge', value: second }
  const to = { ...from, by: 'lt', value: second + 1_000 }
  for (const date of [
    '2026-06-02T10:30:00Z',
    '2026-06-02T10:30Z',
    '2026-06-02t12:30:00.000+02:00',
    '2026-06-02T12:30:00 02:00',
  ]) {
    assert.deepEqual(read(`createdAt eq ${date}`), { kind: 'and', of: [from, to] }, date)
  }
  assert.deepEqual(read('createdAt eq 2026-06-02T10:30:00.5Z'), { kind: 'constant', value: false })
  assert.deepEqual(read('createdAt gt 2026-06-02T10:30:00.5Z'), { ...from, value: second + 1_000 })
  assert.deepEqual(read('createdAt le 2026-06-02T10:30:00.5Z'), to)
  assert.deepEqual(read('updatedAt lt 2026-06-02'), { ...to, field: 'updatedAtMs', value: Date.parse('2026-06-02') })
})

test('what is wrong is said in words, with the character it is about', () => {
  for (const [text, position, words] of [
    ['', 1, /missing; here it ends/],
    ['   ', 4, /missing/],
    ['firstName eq', 13, /value or a condition is missing/],
    ["firstName eq 'Ada", 14, /no closing quote/],
    ["firstName eq 'Ada''", 14, /no closing quote/],
    ["firstName like 'Ada'", 11, /After a field comes eq, .*“like”/],
    ["id eq 5 and (firstName = 'Ada')", 24, /After a field comes eq, .*“=”/],
    ["status eq 'active' && id eq 5", 20, /After a condition comes and, .*“&&”/],
    ['status eq active', 11, /no field “active”.*single quotes/],
    ['contains(email,ada)', 16, /no field “ada”.*single quotes/],
    ['status eq "active"', 11, /single quotes/],
    ['status eq ‘active’', 11, /single quotes/],
    ['firstName', 1, /condition is needed.*a field/],
    ["'\u{1f600}' eq surname", 8, /no field “surname”; there are id, username, email/],
    ["firstname eq 'Ada'", 1, /no field “firstname”/],
    ["passwordHash eq 'x'", 1, /no field “passwordHash”/],
    ["a\0\u001b\ud800b eq 'x'", 1, /no field “a\ufffd\ufffd\ufffdb”/],
    ["profile/city eq 'x'", 1, /no field “profile\/city”/],
    ["__proto__ eq 'x'", 1, /no field “__proto__”/],
    ["substringof('a',email)", 1, /no function “substringof”/],
    ["id eq '5'", 7, /a number, .* a text/],
    ['email eq 5', 10, /Texts stand in single quotes/],
    ['5 eq email', 1, /a text, .* a number/],
    ["createdAt gt '2026-06-02'", 14, /without quotes/],
    ['createdAt gt 2026-13-02', 14, /“2026-13-02” is no date/],
    ['createdAt gt 2026-02-30T00:00:00Z', 14, /is no date/],
    ["createdAt in (2026-06-02, 'x')", 27, /a date, .* a text/],
    ['firstName eq lastName', 14, /not with another field/],
    ['contains(id, 5)', 10, /looks in a text/],
    ["contains('a', email)", 15, /not for what another field holds/],
    ["contains(email 'a')", 16, /“,” is missing/],
    ["contains(email, 'a'", 20, /“\)” is missing/],
    ["tolower(id) eq 'a'", 9, /take a text/],
    ["tolower(toupper(email)) eq 'a'", 9, /not in both/],
    ['tolower(email)', 1, /condition is needed/],
    ['id in 5', 7, /“\(” is missing/],
    ['id in ()', 8, /missing/],
    ['5 in (5)', 1, /the name of a field/],
    ['id in (id)', 8, /values in it only/],
    ["not firstName eq 'Ada'", 5, /in brackets/],
    ['id eq 5)', 8, /“\)”/],
    ['(id eq 5', 9, /to close a bracket/],
    ['(id eq 5) gt true', 14, /neither is greater/],
    ['(id eq 5) eq 5', 14, /compared with true, false or null/],
    ["1 eq 'a'", 6, /a text, .* a number/],
    ["firstName eq 'a\0b'", 14, /character in it that no text has/],
    ["firstName eq 'a\ud800'", 14, /character in it that no text has/],
    ['id eq 5\nor id eq 6', 8, /separated by blanks/],
  ] as const) {
    const read = readFilter(text)
    assert.ok('trouble' in read, text)
    assert.match(read.trouble, words, text)
    assert.equal(read.position, position, `${text}: ${read.trouble}`)
  }
})

test('terms, depth and length have limits, and whatever goes beyond them is refused at once', () => {
  const { filterTermsMax, filterDepthMax, filterBytesMax } = limits
  const terms = (n: number) => Array.from({ length: n }, () => 'id eq 5').join(' or ')
  const values = (n: number) => `id in (${Array.from({ length: n }, (_, at) => at).join(',')})`
  const deep = (n: number) => `${'('.repeat(n)}id eq 5${')'.repeat(n)}`
  const long = (n: number) => `email eq '${'é'.repeat((n - 11) / 2)}'`
  for (const text of [terms(filterTermsMax), values(filterTermsMax), deep(filterDepthMax), long(filterBytesMax - 1)])
    read(text)

  const startedAt = performance.now()
  for (const [text, position] of [
    [terms(filterTermsMax + 1), terms(filterTermsMax).length + 8],
    [values(filterTermsMax + 1), values(filterTermsMax).length + 1],
    [deep(filterDepthMax + 1), filterDepthMax + 1],
    [`${'not '.repeat(filterDepthMax + 1)}(id eq 5)`, filterDepthMax * 4 + 1],
    [`${'tolower('.repeat(500)}email`, filterDepthMax * 8 + 1],
    ['('.repeat(filterBytesMax), filterDepthMax + 1],
    [long(filterBytesMax + 1), 9 + (filterBytesMax - 10) / 2 + 2],
    [Array(1_000_000).fill('id eq 5').join(' and '), filterBytesMax + 1],
    ["'".repeat(filterBytesMax - 1), 1],
    [`email eq ${"'a".repeat(2_000)}`, 13],
    [`(id eq 5)${' eq true'.repeat(500)}`, 9 + 8 * 99 + 2],
  ] as const) {
    const read = readFilter(text)
    assert.equal('position' in read && read.position, position, text.slice(0, 40))
  }
  assert.ok(performance.now() - startedAt < 1_000)
})
