import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { system } from '../../src/core/actor.ts'
import { limits } from '../../src/core/limits.ts'
import type { Core, MatchQuestion } from '../../src/core/ports.ts'
import { readFilter } from '../../src/wire/racknap/filter.ts'
import { person } from '../cast.ts'
import { engines, openStoreWorld } from '../place.ts'
import { openWorld } from '../world.ts'
import { everythingStored } from './stored.ts'

/** Texts that mean something to SQL, to patterns, or to full-text queries; to a filter they are texts. */
const spells = [
  ...[
    "' or '1'='1",
    "') or 1=1 --",
    "'; drop table users; --",
    '" or ""="',
    "\\' or 1=1 --",
    "' union select password_hash from credentials --",
  ],
  ...[
    '%',
    '_',
    '%%%',
    '\\',
    '\\%',
    '*',
    'a*',
    '[a-z]',
    '?',
    '"',
    '""',
    'NEAR(a b)',
    'a AND b',
    '{x} : y',
    '-a',
    '^a',
    'col:umn',
  ],
  ...[
    '$1',
    '?1',
    ':name',
    '@name',
    '/*',
    '*/',
    '--',
    ';',
    'null',
    'true',
    '0x00',
    '{{7*7}}',
    '\u2028',
    'ʼ or 1=1',
    '＇ or 1=1',
  ],
]
const holders = spells.map((spell, at) =>
  person({ place: 500 + at, email: null, username: `holder${at}`, firstName: spell, lastName: 'Holder' }),
)
const functions = ['contains', 'startswith', 'endswith']

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

async function found(core: Core, filter: string, question: Partial<MatchQuestion> = {}) {
  const read = readFilter(filter)
  assert.ok('filter' in read, `${filter}: ${'trouble' in read ? read.trouble : ''}`)
  const whole = {
    among: 'everybody',
    where: read.filter,
    order: [],
    skip: 0,
    top: 1_000,
    count: true,
    ...question,
  } as const
  const answer = await core.directory.users.matching(whole)
  assert.ok(answer.ok, filter)
  return answer.value.users
}

for (const engine of engines) {
  test(`${engine}: what would be SQL, a pattern or a query is a text in a filter, and finds whoever has it`, async () => {
    await using world = await openWorld({ engine })
    const { core } = world
    const newcomers = holders.map((user) => ({ user, passwordHash: null }))
    assert.ok((await core.commit('add-people', { actor: system, people: newcomers, onlyIfEmpty: false })).ok)
    const before = await everythingStored(world)

    for (const spell of spells) {
      const eq = await found(core, `firstName eq ${quoted(spell)} and lastName in ('Holder', ${quoted(spell)})`)
      assert.deepEqual(
        eq.map(({ firstName }) => firstName),
        [spell],
      )
      assert.deepEqual(await found(core, `email eq ${quoted(spell)} or username in (${quoted(spell)})`), [])
      for (const name of functions) {
        const some = await found(core, `${name}(firstName,${quoted(spell)})`)
        const expected = holders.filter(({ firstName: text }) => {
          if (name === 'contains') return text?.includes(spell)
          return name === 'startswith' ? text?.startsWith(spell) : text?.endsWith(spell)
        })
        assert.deepEqual(
          some.map(({ firstName }) => firstName),
          expected.map(({ firstName }) => firstName),
          `${name} ${spell}`,
        )
        assert.deepEqual(await found(core, `${name}(email,${quoted(`${spell}${spell}`)})`), [])
      }
    }
    assert.deepEqual(await everythingStored(world), before)
  })
}

test('whatever is sent as a filter is read or refused in a moment, with a character that it has or its end', () => {
  const words = [
    'id',
    'firstName',
    'eq',
    'and',
    'or',
    'not',
    'in',
    '(',
    ')',
    ',',
    "'",
    "''",
    "'a'",
    '5',
    '2026-06-02',
    'null',
    'true',
    'contains(',
    'tolower(',
    ' ',
    '\t',
    '\n',
    '\0',
    '\ud800',
    '𝒜',
    '%',
    '--',
    '$it',
    '/',
    '@p',
  ]
  const hostile = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((some) => some.join('')),
    fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((some) => some.join(' ')),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(...words).chain((word) => fc.integer({ min: 0, max: 2_000 }).map((times) => word.repeat(times))),
  )
  const startedAt = performance.now()
  fc.assert(
    fc.property(hostile, (text) => {
      const read = readFilter(text)
      if ('filter' in read) return
      const { position, trouble } = read
      assert.ok(position >= 1 && position <= [...text].length + 1 && trouble.length < 300, text)
    }),
    { numRuns: 3_000 },
  )
  for (const text of [
    Array(1_000_000).fill('id eq 5').join(' or '),
    '('.repeat(limits.filterBytesMax),
    'not '.repeat(limits.filterBytesMax / 4),
    `firstName eq '${'a'.repeat(5_000_000)}`,
    "'".repeat(1_000_001),
    'tolower('.repeat(500),
    `id in (${'1,'.repeat(2_000)}`,
    `id eq ${'9'.repeat(4_000)}z`,
    `createdAt eq 2026-06-02T10:30:00.${'0'.repeat(4_000)}`,
  ]) {
    assert.ok('trouble' in readFilter(text), text.slice(0, 40))
  }
  assert.ok(performance.now() - startedAt < 20_000)
})

test('the largest filter there is is answered', async () => {
  await using world = await openStoreWorld('sqlite')
  const many = (term: string, by: string) => Array(limits.filterTermsMax).fill(term).join(` ${by} `)
  const deep = (term: string) =>
    `${'not ('.repeat(limits.filterDepthMax / 2)}${term}${')'.repeat(limits.filterDepthMax / 2)}`

  assert.equal((await found(world.core, many("contains(email,'ada')", 'or'))).length, 1)
  assert.equal((await found(world.core, many("contains(email,'ada')", 'and'))).length, 1)
  assert.equal((await found(world.core, many('id gt 0', 'or'))).length, 3)
  assert.equal((await found(world.core, deep('id eq 1'))).length, 1)
  assert.equal((await found(world.core, `contains(firstName,'${'x'.repeat(4_000)}')`)).length, 0)
})
