import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../test/cast.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { system } from '../core/actor.ts'
import type { Core, ListFilter } from '../core/ports.ts'
import type { Changes } from '../core/users/changes.ts'
import { newestFirst, nobodyLeftOut } from '../core/users/list-users.ts'
import type { UserId } from '../core/users/user.ts'
import { pageAside } from './list-aside.ts'
import { isFound } from './search.ts'

/** The first names of whoever a search finds, and that the total agrees. */
async function found(core: Core, search: string, filter: Partial<ListFilter> = {}): Promise<string[]> {
  const words = search.split(' ')
  const { users, total } = await core.directory.users.page({
    filter: { ...nobodyLeftOut, words, ...filter },
    order: newestFirst,
    from: { offset: 0 },
    limit: 100,
    count: true,
  })
  assert.equal(total, users.length, search)
  return users.map(({ firstName }) => firstName ?? '').sort()
}

async function add(core: Core, facts: Parameters<typeof person>[0]): Promise<UserId> {
  const user = person(facts)
  const added = await core.commit('create-user', { actor: system, user, passwordHash: null })
  assert.ok(added.ok)
  return user.id
}

async function change(core: Core, id: UserId, changes: Changes): Promise<void> {
  const changed = await core.commit('update-user', { actor: system, id, changes, versions: null })
  assert.ok(changed.ok)
}

for (const engine of engines) {
  test(`${engine}: whoever was added, renamed or restored is found at once, and nobody by what they are no longer`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world

    const id = await add(core, { place: 10, email: 'grete@example.org', firstName: 'Grete', lastName: 'Hermann' })
    assert.deepEqual(await found(core, 'erma'), ['Grete'])
    assert.deepEqual(await found(core, 'grete@example.org'), ['Grete'])

    await change(core, id, { lastName: 'Henry' })
    assert.deepEqual(await found(core, 'erma'), [])
    assert.deepEqual(await found(core, 'gre henr'), ['Grete'])

    await change(core, id, { email: 'henry@example.net' as never })
    assert.deepEqual(await found(core, 'grete@'), [])
    assert.deepEqual(await found(core, 'henry@example.net'), ['Grete'])

    await core.commit('delete-user', { actor: system, id, versions: null, finality: 'restorable' })
    assert.deepEqual(await found(core, 'gr'), await found(core, 'grace'))
    await core.commit('restore-user', { actor: system, id, retentionMs: 1 })
    assert.deepEqual(await found(core, 'henry'), ['Grete'])
  })

  test(`${engine}: role and status narrow a search, also after they changed`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const id = await add(core, { place: 10, firstName: 'Emmy', lastName: 'Example' })

    assert.deepEqual(await found(core, 'example', { role: 'user' }), ['Emmy', 'Grace'])
    assert.deepEqual(await found(core, 'example', { role: 'user', status: 'inactive' }), [])
    await change(core, id, { role: 'viewer', status: 'inactive' })

    assert.deepEqual(await found(core, 'example', { role: 'user' }), ['Grace'])
    assert.deepEqual(await found(core, 'e', { role: 'viewer' }), ['Emmy', 'Linus'])
    assert.deepEqual(await found(core, 'e', { status: 'inactive' }), ['Emmy'])
    assert.deepEqual(await found(core, 'exa', { role: 'viewer', status: 'active' }), ['Linus'])
  })

  test(`${engine}: a rename that was refused is not found`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const id = await add(core, { place: 10, firstName: 'Emmy' })

    const changes = { firstName: 'Amalie', email: 'grace@example.com' as never }
    const refused = await core.commit('update-user', { actor: system, id, changes, versions: null })

    assert.equal(refused.ok, false)
    assert.deepEqual(await found(core, 'amalie'), [])
    assert.deepEqual(await found(core, 'emmy'), ['Emmy'])
  })

  test(`${engine}: every script and every sign is found as it is`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    for (const [at, firstName] of peculiar.entries()) {
      await add(core, { place: 100 + at, email: null, username: `number${at}`, firstName })
    }

    for (const name of peculiar) {
      const words = name.split(' ')
      const all = [name, ...words, ...words.map((word) => [...word].slice(0, 2).join(''))]
      for (const search of all.filter((one) => one !== '')) await agrees(core, search)
    }
    for (const search of awkward) await agrees(core, search)
  })

  test(`${engine}: a word whose parts all occur, but not in a row, is not found`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    await add(core, { place: 10, firstName: 'abcdxbcde' })
    await add(core, { place: 11, firstName: 'abcde' })

    assert.deepEqual(await found(core, 'abcde'), ['abcde'])
    assert.deepEqual(await found(core, 'bcd'), ['abcde', 'abcdxbcde'])
  })
}

const peculiar = [
  'Ägnes',
  'Weiß',
  'İpek',
  'Ｆｕｌｌ',
  'Jose\u0301',
  'Ὀδυσσεύς',
  'ΝΙΚΟΣ',
  'Соловьёв',
  'فاطمة الزهراء',
  'אברהם',
  'लक्ष्मी',
  '欧阳修',
  'さくら',
  'ｶﾞｷﾞ',
  '김수한무',
  'สมชาย',
  'မောင်',
  '\u{20BB7}\u{20BB8}田',
  '\u{1F469}\u{200D}\u{1F52C}',
  '100% sure',
  '100 percent',
  'under_score',
  'underXscore',
  'say "hello"',
  "O'Brien",
  'a*b',
  'axb',
  'NEAR OR AND NOT',
  'col:umn',
  '-minus',
  'back\\slash',
  '{brace}',
  '(paren)',
  '^caret',
  'NULL',
]

const awkward = ['%', '_', '"', '""', "'", "''", '*', 'a*', '-', ':', 'NOT', 'near(', '{', '\\', '\\%', 'x%', '100%']

/** The index finds whomever the definition finds. */
async function agrees(core: Core, search: string): Promise<void> {
  const asked = { words: search.split(' '), role: null, status: null }
  const { users } = await core.directory.users.page({
    filter: nobodyLeftOut,
    order: newestFirst,
    from: { offset: 0 },
    limit: 100,
    count: false,
  })
  const expected = users.filter((user) => isFound(asked, user)).map(({ firstName }) => firstName ?? '')
  assert.deepEqual(await found(core, search), expected.sort(), search)
}

test('whoever stands at the far end of the order is found without reading the texts of everybody before them', async () => {
  await using world = await openStoreWorld('sqlite')
  const { core, engine } = world
  const names = Array.from({ length: 6_000 }, (_, at) => (at < 5_700 ? `Anna ${at}` : `Zoe ${at}`))
  const people = names.map((firstName, at) => ({
    user: person({ place: at + 10, email: `p${at}@example.net`, firstName }),
    passwordHash: null,
  }))
  for (let from = 0; from < people.length; from += 1_000) {
    const some = people.slice(from, from + 1_000)
    assert.ok((await core.commit('add-people', { actor: system, people: some, onlyIfEmpty: false })).ok)
  }
  let texts = 0
  const { search } = engine.here.dialect
  const counting: typeof search = {
    ...search,
    texts(queries, ids) {
      texts += ids.length
      return search.texts(queries, ids)
    },
  }
  const queries = { ...engine.here, dialect: { ...engine.here.dialect, search: counting } }

  const { users, total } = await pageAside(queries, {
    filter: { ...nobodyLeftOut, words: ['zoe'] },
    order: { by: 'firstName', direction: 'asc' },
    from: { offset: 0 },
    limit: 20,
    count: true,
    known: null,
  })

  assert.equal(total, 300)
  assert.deepEqual(
    users.map(({ firstName }) => firstName),
    names.slice(5_700, 5_720),
  )
  assert.ok(texts > 0 && texts < 3_000, `${texts} texts were read on the way`)
})
