import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { OpenDirectory } from '../src/app/directory.ts'
import { system } from '../src/core/actor.ts'
import type { MatchOrder, MatchQuestion } from '../src/core/ports.ts'
import { canonical, sortKey } from '../src/core/users/text.ts'
import { type NewUser, statuses, type User } from '../src/core/users/user.ts'
import { type Bounds, usualBounds } from '../src/store/matching-walk.ts'
import { readFilter } from '../src/wire/racknap/filter.ts'
import { cast, person, startedAtMs } from './cast.ts'
import { byCodePoint, type FieldName, holds, type Model, type Named, type Value, written } from './filter-model.ts'
import { engines, openStoreWorld } from './place.ts'

const names = [
  // Folded, three letters each: the key by which it is sorted is cut short.
  `${'ﬃ'.repeat(60)}End`,
  ...['Ada', 'ADA', 'ada', 'Adam', 'Ädä', 'Zoë', "D'Arcy", "O''Brien", '100%', '1000', 'under_score', 'underXscore'],
  ...[
    'back\\slash',
    'back/slash',
    'İpek',
    'ıpek',
    'Ipek',
    'ipek',
    'Straße',
    'STRASSE',
    'strasse',
    'STRAẞE',
    'ſam',
    'Sam',
  ],
  ...[
    'ﬁona',
    'Fiona',
    'Ａｄａ',
    'NahaH\u0331a',
    'AH\u0331med',
    'ah\u0331med',
    'ǅemal',
    'ǆemal',
    'Anne-Marie',
    'de la Cruz',
    'Nguyễn Văn',
  ],
  ...[
    'Ёлка',
    'ёлка',
    'ΣΊΣΥΦΟΣ',
    'Σίσυφος',
    'σίσυφοσ',
    'ᾼδης',
    '李',
    '小龍',
    '王小明',
    'さくら',
    'ｶﾞｷﾞ',
    '김수한무',
    'ㄱㅏ나',
  ],
  ...[
    '𝒜da',
    '\u{1f600}',
    '\ue000x',
    '\uff21x',
    '\u{10400}\u{10401}',
    '\u{10428}x',
    'null',
    'true',
    'a*b',
    'a?b',
    '[ab]',
  ],
] as const

const second = 1_000
const instants = fc.integer({ min: 0, max: 5_999 }).map((ms) => startedAtMs + Math.floor(ms / 250) * 250)

const facts = fc.record({
  firstName: fc.option(fc.constantFrom(...names), { freq: 6 }),
  lastName: fc.option(fc.constantFrom(...names), { freq: 6 }),
  status: fc.constantFrom(...statuses),
  createdAtMs: instants,
  updatedAtMs: instants,
  named: fc.constantFrom('by e-mail', 'by username', 'by both'),
  isDeleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})

const people: NewUser[] = fc.sample(facts, { numRuns: 130, seed: 3 }).map(({ named, isDeleted, ...rest }, n) => {
  const mark = (names[n % names.length] ?? '').replace(/[\s@\\[\]/?*"]/gu, '').slice(0, 12)
  const email = named === 'by username' ? null : `${mark.replace(/[^\p{L}\p{M}\p{N}]/gu, '')}.P${n}@Example.com`
  const username = named === 'by e-mail' ? null : `${n % 2 === 0 ? mark : mark.toUpperCase()}_${n}`
  const deletion = isDeleted ? { atMs: startedAtMs, restorable: true } : null
  return { ...person({ place: 1_000 + n, email, username }), ...rest, deletion }
})

/** Each way of looking, although there are few people: as if everything took long, but for one of them. */
const hasty: Readonly<Record<string, Partial<Bounds>>> = {
  'as usual': {},
  'walking along the numbers': { entriesFirst: 0, entries: 0, entriesAtWorst: 0, sorted: 0 },
  'following what knows the order': {
    entriesFirst: 0,
    entries: 0,
    walkedFirst: 0,
    followedFirst: 2,
    passed: 0,
  },
  'gathering at worst': {
    entriesFirst: 0,
    entries: 0,
    walkedFirst: 0,
    followedFirst: 1,
    sorted: 0,
    passed: 1e9,
  },
}

for (const engine of engines) {
  describe(`${engine}: filters`, () => {
    let world: OpenDirectory
    let everybody: User[] = []

    before(async () => {
      world = await openStoreWorld(engine)
      const newcomers = people.map((user) => ({ user, passwordHash: null }))
      assert.ok((await world.core.commit('add-people', { actor: system, people: newcomers, onlyIfEmpty: false })).ok)
      everybody = await numbered()
    })
    after(() => world.close())

    /** Everybody who is to be found, as they were put in, with the numbers they were given. */
    async function numbered(): Promise<User[]> {
      const found = await world.core.directory.users.matching(asked({ top: 1_000 }))
      assert.ok(found.ok)
      const live = [...Object.values(cast).map(({ user }) => user), ...people].filter(
        ({ deletion }) => deletion === null,
      )
      const numbers = new Map(found.value.users.map(({ id, number }) => [id, number]))
      assert.deepEqual([...numbers.keys()].sort(), live.map(({ id }) => id).sort())
      return live
        .map((user) => ({ ...user, number: numbers.get(user.id) ?? assert.fail() }))
        .sort((a, b) => a.number - b.number)
    }

    async function matching(question: Partial<MatchQuestion>, bounds: Partial<Bounds> = {}) {
      const found = await world.engine.aside('matching-users', {
        ...asked(question),
        bounds: { ...usualBounds, ...bounds },
      })
      assert.ok(found.ok)
      return found.value
    }

    test('a table of filters finds whom a look at everybody finds', async () => {
      assert.ok(table.length >= 80)
      let found = 0
      for (const model of table) {
        const { users, total, totalIsExact } = await matching({ where: read(written(model)), top: 1_000, count: true })
        const expected = everybody.filter((user) => holds(model, user) === true)
        assert.deepEqual(idsOf(users), idsOf(expected), written(model))
        assert.deepEqual([total, totalIsExact], [expected.length, true], written(model))
        found += expected.length > 0 && expected.length < everybody.length ? 1 : 0
      }
      assert.ok(found > table.length / 2, 'most of them find some and not all')
    })

    test('rows and order of any filter are those of a look at everybody, whichever way is taken', async () => {
      await fc.assert(
        fc.asyncProperty(questions, async ({ model, order, skip, top, count, way }) => {
          const question = { where: read(written(model)), order, skip, top, count }
          const matches = everybody.filter((user) => holds(model, user) === true).sort(inTurn(order))

          const { users, total } = await matching(question, hasty[way])

          assert.deepEqual(idsOf(users), idsOf(matches.slice(skip, skip + top)), `${way}: ${written(model)}`)
          assert.equal(total, count ? matches.length : null)
        }),
        { numRuns: engine === 'sqlite' ? 500 : 200 },
      )
    })

    test('what nobody finds in time is given up', async () => {
      const where = read("contains(firstName,'no')")
      const bounds = { ...usualBounds, ...hasty['walking along the numbers'], ms: -1 }
      const found = await world.engine.aside('matching-users', { ...asked({ where }), bounds })
      assert.deepEqual(found, { ok: false, refusal: { code: 'filter_too_slow' } })
    })
  })
}

function asked(question: Partial<MatchQuestion>): MatchQuestion {
  return { among: 'everybody', where: null, order: [], skip: 0, top: 50, count: false, ...question }
}

function read(text: string) {
  const read = readFilter(text)
  assert.ok('filter' in read, `${text}: ${'trouble' in read ? read.trouble : ''}`)
  return read.filter
}

function idsOf(users: readonly User[]): string[] {
  return users.map(({ id }) => id)
}

function inTurn(order: readonly MatchOrder[]) {
  return (one: User, other: User): number => {
    for (const { by, direction } of [...order, { by: 'number', direction: 'asc' } as const]) {
      const [a, b] = [keyOf(one, by), keyOf(other, by)]
      const turn = typeof a === 'number' && typeof b === 'number' ? a - b : byCodePoint(String(a), String(b))
      if (turn !== 0) return direction === 'asc' ? turn : -turn
    }
    return 0
  }
}

function keyOf(user: User, by: MatchOrder['by']): string | number {
  switch (by) {
    case 'email':
    case 'firstName':
    case 'lastName':
      return sortKey(user[by])
    case 'username':
      return user.username === null ? '' : canonical(user.username)
    default:
      return user[by]
  }
}

// ── filters to try ────────────────────────────────────────────────────────────────────────────────────────────────────

function field(name: FieldName, of: Named['function'] = null): Named {
  return { name, function: of }
}

const parts = [
  ...names,
  'a',
  'A',
  'da',
  'AD',
  'ss',
  'ß',
  'SS',
  '\u0331',
  'h',
  'H',
  'AH',
  'haH',
  'ahaH',
  '%',
  '_',
  '\\',
  "'",
  "''",
  '*',
  '?',
  '[',
  '-',
  ' ',
  'la',
  'd',
]

const table: Model[] = [
  ...names
    .slice(0, 30)
    .map((value): Model => ({ is: 'compare', field: field('firstName'), by: 'eq', value, flipped: false })),
  ...names.slice(14).map(
    (value): Model => ({
      is: 'compare',
      field: field('lastName', 'tolower'),
      by: 'eq',
      value: value.toLowerCase(),
      flipped: true,
    }),
  ),
  ...parts
    .filter((_, at) => at % 4 === 0)
    .map((part): Model => ({ is: 'part', by: 'contains', field: field('lastName'), part })),
  ...parts
    .filter((_, at) => at % 4 === 1)
    .map((part): Model => ({ is: 'part', by: 'startswith', field: field('email'), part })),
  ...parts
    .filter((_, at) => at % 4 === 2)
    .map(
      (part): Model => ({ is: 'part', by: 'endswith', field: field('firstName', 'toupper'), part: part.toUpperCase() }),
    ),
  ...parts
    .filter((_, at) => at % 4 === 3)
    .map((part): Model => ({ is: 'not', a: { is: 'part', by: 'contains', field: field('username'), part } })),
  ...(['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const).flatMap((by): Model[] => [
    { is: 'compare', field: field('firstName'), by, value: null, flipped: false },
    { is: 'compare', field: field('email'), by, value: 'sam.p', flipped: false },
    { is: 'compare', field: field('lastName'), by, value: '\uff21x', flipped: true },
    { is: 'compare', field: field('id'), by, value: 17, flipped: false },
    { is: 'compare', field: field('id'), by, value: 17.5, flipped: false },
    { is: 'compare', field: field('id'), by, value: -1e300, flipped: false },
    { is: 'compare', field: field('status'), by, value: 'inactive', flipped: false },
    { is: 'compare', field: field('createdAt'), by, value: new Date(startedAtMs + 2 * second), flipped: false },
    { is: 'compare', field: field('updatedAt'), by, value: new Date(startedAtMs + 2 * second + 500), flipped: true },
  ]),
  { is: 'in', field: field('firstName'), values: ['Ada', null, 'nobody'] },
  { is: 'in', field: field('email'), values: ['ADA.p0@EXAMPLE.com', 'ada@example.com', 'grace@example.com'] },
  { is: 'in', field: field('id'), values: [1, 2, 2.5, 1e20, 99] },
  { is: 'in', field: field('createdAt'), values: [new Date(startedAtMs), new Date(startedAtMs + second)] },
  { is: 'part', by: 'contains', field: field('firstName'), part: null },
  { is: 'outcome', ne: false, value: null, a: { is: 'part', by: 'contains', field: field('firstName'), part: 'a' } },
  { is: 'outcome', ne: true, value: true, a: { is: 'part', by: 'contains', field: field('firstName'), part: 'a' } },
  // A mark that follows is joined to the small letter only.
  { is: 'part', by: 'contains', field: field('lastName'), part: 'End' },
  { is: 'part', by: 'contains', field: field('firstName'), part: 'ahaH' },
  { is: 'part', by: 'contains', field: field('lastName'), part: 'haH' },
  { is: 'part', by: 'startswith', field: field('firstName'), part: 'NahaH' },
  { is: 'constant', value: true },
  { is: 'constant', value: null },
]

const fields = fc.oneof(
  fc.record<Named>({
    name: fc.constantFrom('firstName', 'lastName'),
    function: fc.constantFrom(null, null, 'tolower', 'toupper'),
  }),
  fc.record<Named>({
    name: fc.constantFrom('username', 'email', 'status'),
    function: fc.constantFrom(null, 'toupper'),
  }),
)

const operators = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le')
const texts = fc.oneof(
  fc.constantFrom<string>(
    ...parts,
    ...statuses,
    ...people.flatMap(({ email, username }) => [email ?? 'x', username ?? 'x']),
  ),
  fc
    .tuple(
      fc.constantFrom(...parts, ...people.map(({ email }) => email ?? 'x')),
      fc.nat(8),
      fc.integer({ min: 1, max: 5 }),
    )
    .map(([text, from, length]) => [...text].slice(from, from + length).join('')),
)
const anyCase = fc
  .tuple(texts, fc.constantFrom('as it is', 'lower', 'upper'))
  .map(([text, to]) => (to === 'lower' ? text.toLowerCase() : to === 'upper' ? text.toUpperCase() : text))
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { freq: 8 })
const dates = fc.integer({ min: -1_000, max: 7_000 }).map((ms) => new Date(startedAtMs + Math.floor(ms / 500) * 500))
const numbers = fc.oneof(fc.integer({ min: -2, max: 140 }), fc.constantFrom(2.5, 1e20, -1e300, 2 ** 53))

function comparisons(of: fc.Arbitrary<Named>, value: fc.Arbitrary<Value>): fc.Arbitrary<Model> {
  return fc.oneof(
    fc.record({ is: fc.constant('compare' as const), field: of, by: operators, value, flipped: fc.boolean() }),
    fc.record({ is: fc.constant('in' as const), field: of, values: fc.array(value, { minLength: 1, maxLength: 4 }) }),
  )
}

const leaves: fc.Arbitrary<Model> = fc.oneof(
  comparisons(fields, orNull(anyCase)),
  comparisons(fc.constant(field('id')), orNull(numbers)),
  comparisons(fc.constantFrom(field('createdAt'), field('updatedAt')), orNull(dates)),
  fc.record({
    is: fc.constant('part' as const),
    by: fc.constantFrom('contains', 'startswith', 'endswith'),
    field: fields,
    part: orNull(anyCase),
  }),
  fc.record({ is: fc.constant('constant' as const), value: fc.constantFrom(true, false, null) }),
)

const { model: models } = fc.letrec<{ model: Model }>((tie) => ({
  model: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.record({ is: fc.constantFrom('and', 'or'), a: tie('model'), b: tie('model') }),
    fc.record({ is: fc.constant('and' as const), a: leaves, b: leaves }),
    fc.record({ is: fc.constant('not' as const), a: tie('model') }),
    fc.record({
      is: fc.constant('outcome' as const),
      a: tie('model'),
      ne: fc.boolean(),
      value: fc.constantFrom(true, false, null),
    }),
  ) as fc.Arbitrary<Model>,
}))

const orders: fc.Arbitrary<MatchOrder[]> = fc.array(
  fc.record({
    by: fc.constantFrom('number', 'username', 'email', 'firstName', 'lastName', 'status', 'createdAtMs', 'updatedAtMs'),
    direction: fc.constantFrom('asc', 'desc'),
  }),
  { maxLength: 2 },
)

const questions = fc.record({
  model: models,
  order: fc.oneof(fc.constant([]), orders),
  skip: fc.oneof(fc.constant(0), fc.nat(60)),
  top: fc.oneof(fc.constantFrom(0, 1, 1_000), fc.nat(30)),
  count: fc.boolean(),
  way: fc.constantFrom(...Object.keys(hasty)),
})
