import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { system } from '../src/core/actor.ts'
import { form } from '../src/core/form.ts'
import { roles } from '../src/core/permissions.ts'
import type { Core, ListFilter, ListOrder, ListQuestion, Position } from '../src/core/ports.ts'
import { allOf, type Filter, type InstantField } from '../src/core/users/filter.ts'
import { type ListValues, listUsers } from '../src/core/users/list-users.ts'
import { type Email, type NewUser, statuses } from '../src/core/users/user.ts'
import { cast, person, startedAtMs } from './cast.ts'
import { type ModelledFilter, modelledList, modelledPosition } from './list-model.ts'
import { type EngineName, engines, openStoreWorld } from './place.ts'

const names = [
  ...[
    'Ada',
    'ada',
    'ADA',
    'Ädä',
    'A\u0308da\u0308',
    'Zoë',
    'O_Brien',
    '100%',
    'back\\slash',
    "D'Arcy",
    'de la Cruz',
    'Anne-Marie',
  ],
  ...['Straße', 'STRASSE', 'İpek', 'ıpek', 'Ipek', 'ſam', 'ﬁona', 'Ａｄａ', '①one', 'Ǆemal', 'Nguyễn Văn'],
  ...['Анна', 'АННА', 'Ёлка', 'Йод', 'Σίσυφος', 'ΣΊΣΥΦΟΣ', 'Άννα', 'محمد', 'عبد الله', 'דוד', 'בן־גוריון'],
  ...[
    '李',
    '小龍',
    '王小明',
    '田中',
    'さくら',
    'カタカナ',
    'ｶﾅ',
    '김',
    '민수',
    'กมล',
    '𠮷野',
    '\ue000x',
    '𝒜da',
    '🙂',
    'x'.repeat(100),
  ],
] as const

const hour = 3_600_000

/** Instants are few, so that many share one. */
const instants = fc.integer({ min: 0, max: 20 }).map((hours) => startedAtMs + hours * hour)
const name = fc.option(fc.constantFrom(...names), { freq: 5 })

const facts = fc.record({
  firstName: name,
  lastName: name,
  role: fc.constantFrom(...roles),
  status: fc.constantFrom(...statuses),
  emailVerified: fc.boolean(),
  createdAtMs: instants,
  updatedAtMs: instants,
  lastLoginAtMs: fc.option(instants, { freq: 2 }),
  named: fc.constantFrom('by e-mail', 'by username', 'by both'),
  isDeleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})

/** The n-th of the people; which of the cast's ids are taken is none of their business. */
function personOf(n: number, { named, isDeleted, ...rest }: Parameters<Parameters<typeof facts.map>[0]>[0]): NewUser {
  const mark = names[n % names.length]?.replace(/[\s@]/gu, '').slice(0, 20) ?? ''
  const email =
    named === 'by username' ? null : `${n % 3 === 0 ? 'Mail' : 'mail'}${(n * 7) % 97}.${mark}${n}@example.com`
  const username = named === 'by e-mail' ? null : `${mark}_${n}`
  const deletion = isDeleted ? { atMs: startedAtMs, restorable: true } : null
  return { ...person({ place: 1_000 + ((n * 37) % 1_000), email, username }), ...rest, deletion }
}

const people = fc.sample(facts, { numRuns: 160, seed: 1 }).map((some, n) => personOf(n, some))

const seldom = <T>(some: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: some })

const word = fc.oneof(
  fc.constantFrom(...names.flatMap((text) => text.split(/\s+/u))),
  fc
    .tuple(fc.constantFrom(...names, 'mail', 'example.com', '@', '_'), fc.nat(9), fc.integer({ min: 1, max: 4 }))
    .map(([text, from, length]) => [...text.replace(/\s/gu, '')].slice(from, from + length).join(''))
    .filter((text) => text !== ''),
)
const words = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.array(word, { minLength: 1, maxLength: 2 }) },
)

const filters: fc.Arbitrary<ModelledFilter> = fc.record({
  role: seldom(fc.constantFrom(...roles)),
  status: seldom(fc.constantFrom(...statuses)),
  emailVerified: seldom(fc.boolean()),
  createdFromMs: seldom(instants),
  createdToMs: seldom(instants),
  updatedFromMs: seldom(instants),
  updatedToMs: seldom(instants),
  lastLoginFromMs: seldom(instants),
  lastLoginToMs: seldom(instants),
  words,
})

/** The same as the directory is asked. */
function filterOf({ role, status, words, emailVerified, ...ranges }: ModelledFilter): ListFilter {
  const conditions: Filter[] = [
    ...within('createdAtMs', ranges.createdFromMs, ranges.createdToMs),
    ...within('updatedAtMs', ranges.updatedFromMs, ranges.updatedToMs),
    ...within('lastLoginAtMs', ranges.lastLoginFromMs, ranges.lastLoginToMs),
  ]
  if (emailVerified !== null)
    conditions.push({ kind: 'compare', field: 'emailVerified', by: 'eq', value: emailVerified })
  return { role, status, words, where: allOf(conditions) }
}

function within(field: InstantField, fromMs: number | null, toMs: number | null): Filter[] {
  const from: Filter[] = fromMs === null ? [] : [{ kind: 'compare', field, by: 'ge', value: fromMs }]
  return toMs === null ? from : [...from, { kind: 'compare', field, by: 'lt', value: toMs }]
}

const orders: fc.Arbitrary<ListOrder> = fc.record({
  by: fc.constantFrom('createdAt', 'updatedAt', 'lastLoginAt', 'email', 'firstName', 'lastName'),
  direction: fc.constantFrom('asc', 'desc'),
})

const queries = fc.record({
  filter: filters,
  order: orders,
  offset: fc.nat(180),
  limit: fc.integer({ min: 1, max: 100 }),
  count: fc.boolean(),
})

async function openPeopled(engine: EngineName) {
  const world = await openStoreWorld(engine)
  const newcomers = people.map((user) => ({ user, passwordHash: null }))
  const added = await world.core.commit('add-people', { actor: system, people: newcomers, onlyIfEmpty: false })
  assert.ok(added.ok)
  return world
}

const everybody = [...people, ...Object.values(cast).map(({ user }) => user)]
const question = { count: false } as const

for (const engine of engines) {
  test(`${engine}: rows, order and total of hundreds of lists are those of the model`, async () => {
    await using world = await openPeopled(engine)

    await fc.assert(
      fc.asyncProperty(queries, async ({ filter: modelled, order, offset, limit, count }) => {
        const filter = filterOf(modelled)
        const expected = modelledList(everybody, modelled, order)
        const { page } = world.core.directory.users

        const byOffset = await page({ ...question, filter, order, from: { offset }, limit, count })
        const before = offset === 0 ? null : await positionBefore(world.core, { filter, order, offset })
        const byPosition = await page({ ...question, filter, order, from: { after: before }, limit, count })

        const rows = expected.slice(offset, offset + limit).map(({ id }) => id)
        for (const answer of offset <= expected.length ? [byOffset, byPosition] : [byOffset]) {
          assert.deepEqual(
            answer.users.map(({ id }) => id),
            rows,
          )
          assert.equal(answer.total, count ? expected.length : null)
          assert.equal(answer.totalIsExact, true)
          assert.equal(answer.next !== null, offset + limit < expected.length)
        }
      }),
      { numRuns: 200 },
    )
  })

  test(`${engine}: whoever stays as they are is shown once, whatever comes and goes between two pages`, async () => {
    for (const [seed, order] of fc.sample(orders, { numRuns: 4, seed: 7 }).entries()) {
      await using world = await openPeopled(engine)
      const seen: string[] = []
      const changed = new Set<string>()
      const upheavals = fc.sample(fc.tuple(fc.nat(), fc.constantFrom('add', 'rename', 'delete')), { numRuns: 36, seed })

      let cursor = ''
      do {
        const listed = await listUsers(
          world.core,
          system,
          asked({ limit: '13', cursor, sort: order.by, order: order.direction }),
        )
        assert.ok(listed.ok)
        seen.push(...listed.value.items.map(({ id }) => id))
        cursor = listed.value.cursor?.next ?? ''
        for (const upheaval of upheavals.splice(0, 3)) changed.add(await upset(world.core, ...upheaval))
      } while (cursor !== '')

      const unchanged = modelledList(everybody, {}, order).filter(({ id }) => !changed.has(id))
      assert.deepEqual(
        seen.filter((id) => !changed.has(id)),
        unchanged.map(({ id }) => id),
      )
    }
  })

  test(`${engine}: a cursor that was forged, cut, altered, or given out elsewhere or for another list is refused`, async () => {
    await using world = await openStoreWorld(engine)
    await using foreign = await openStoreWorld(engine, { keys: 'of its own' })
    const list = { sort: 'email', order: 'asc', role: 'user', limit: '1' }
    const cursorOf = async (core: Core, values: Partial<ListValues>) => {
      const listed = await listUsers(core, system, asked({ ...values, cursor: '' }))
      return (listed.ok && listed.value.cursor?.next) || assert.fail('there is no second page')
    }
    for (const { core } of [world, foreign]) {
      const user = person({ place: 50, email: 'zoe@example.com' })
      await core.commit('create-user', { actor: system, user, passwordHash: null })
    }
    const cursor = await cursorOf(world.core, list)

    const taken = await listUsers(world.core, system, asked({ ...list, limit: '5', cursor }))
    assert.deepEqual(taken.ok && taken.value.items.map(({ email }) => email), ['zoe@example.com'])
    assert.doesNotMatch(Buffer.from(cursor, 'base64url').toString('latin1'), /grace|example/)
    const last = cursor.at(-1) === 'A' ? 'B' : 'A'
    for (const bad of [
      'x',
      '%',
      ' ',
      '0'.repeat(100_000),
      cursor.slice(0, -4),
      cursor.slice(0, -1) + last,
      `${cursor}A`,
      `${cursor}=`,
      Buffer.from(JSON.stringify({ after: { key: 'a', id: cast.ada.user.id }, page: 2 })).toString('base64url'),
      await cursorOf(foreign.core, list),
    ]) {
      await assertRefused(world.core, { ...list, cursor: bad }, 'bad_cursor')
    }
    for (const other of [
      { order: 'desc' },
      { sort: 'firstName' },
      { role: 'viewer' },
      { search: 'zoe' },
      { emailVerified: 'true' },
    ]) {
      await assertRefused(world.core, { ...list, ...other, cursor }, 'bad_cursor')
    }
    await assertRefused(world.core, { ...list, cursor, page: '2' }, 'not_together')
  })
}

function asked(values: Partial<ListValues>) {
  return form<ListValues>(values)
}

async function assertRefused(core: Core, values: Partial<ListValues>, flaw: string) {
  const listed = await listUsers(core, system, asked(values))
  assert.ok(!listed.ok && listed.refusal.code === 'invalid', JSON.stringify(values))
  assert.deepEqual(
    listed.refusal.faults.map((fault) => [fault.field, fault.flaw]),
    [['cursor', flaw]],
  )
}

/** Where the row before `offset` stands; null when there is none. */
async function positionBefore(
  { directory }: Core,
  { filter, order, offset }: Pick<ListQuestion, 'filter' | 'order'> & { offset: number },
): Promise<Position | null> {
  const from = { offset: offset - 1 }
  const { users, next } = await directory.users.page({ ...question, filter, order, from, limit: 1 })
  const [user] = users
  return next ?? (user === undefined ? null : modelledPosition(user, order))
}

let newcomers = 0

/** Answers the id of whoever was added, renamed or deleted. */
async function upset(core: Core, which: number, what: 'add' | 'rename' | 'delete'): Promise<string> {
  const user = people[which % people.length] ?? assert.fail()
  const { id } = user
  if (what === 'add') {
    newcomers += 1
    const added = {
      ...user,
      ...person({ place: 3_000 + newcomers, email: `new${newcomers}@example.com` }),
      firstName: user.firstName,
    }
    await core.commit('create-user', { actor: system, user: { ...added, deletion: null }, passwordHash: null })
    return added.id
  }
  if (what === 'rename') {
    const changes = {
      firstName: 'Renamed',
      lastName: names[which % names.length] ?? null,
      email: `r${which}@example.com` as Email,
    }
    await core.commit('update-user', { actor: system, id, changes, versions: null })
  } else {
    await core.commit('delete-user', { actor: system, id, versions: null, finality: 'restorable' })
  }
  return id
}
