import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { limits } from '../../src/core/limits.ts'
import { canonical } from '../../src/core/users/text.ts'
import { cast } from '../cast.ts'
import { outbox } from '../outbox.ts'
import { engines } from '../place.ts'
import { openWorld, type World } from '../world.ts'
import { bystandersPassword, settleBystanders } from './bystanders.ts'
import { logIn } from './doors.ts'

const password = 'Lighthouse-Keeper-77!'
const person = { password, firstName: 'New', lastName: 'Comer', status: 'active' }

/** Spellings of one name, all of which are the same name. */
const alike = [
  ['josé@example.com', 'jose\u0301@example.com', 'JOSÉ@example.com', 'JOSE\u0301@EXAMPLE.COM', ' josé@example.com '],
  ['kelvin@example.com', '\u212aelvin@example.com', 'KELVIN@example.com'],
  ['ångström@example.com', '\u212bngström@example.com', 'A\u030angstro\u0308m@example.com'],
  ['straße@example.com', 'STRAẞE@example.com', 'strasse@example.com', 'STRASSE@example.com', 'ſtraſſe@example.com'],
  ['νίκος@example.com', 'ΝΊΚΟΣ@example.com', 'νίκοσ@example.com'],
  ['пример@пример.рф', 'ПРИМЕР@ПРИМЕР.РФ'],
] as const

/** Spellings that look or sound like the first one, and are another name or none. */
const unlike = [
  ['mike@example.com', 'mıke@example.com', 'MİKE@example.com', 'mike\u0307@example.com'],
  ['sam@example.com', 'ѕam@example.com', 'sаm@example.com', '\uff53am@example.com'],
  [
    'bigbird@example.com',
    'ᴮᴵᴳᴮᴵᴿᴰ@example.com',
    'big\u200bbird@example.com',
    'bigbird\uff20example.com',
    'big.bird@example.com',
  ],
  [
    'eve@example.com',
    'eve@example.com.',
    'eve@exаmple.com',
    'eve@\uff45xample.com',
    'eve@example\u3002com',
    '"eve"@example.com',
  ],
  ['anna@bücher.example', 'anna@xn--bcher-kva.example', 'anna@bu\u0308cher.example.'],
] as const

for (const engine of engines) {
  test(`${engine}: a name is taken in each of its spellings, and found by each of them, as it was first typed`, async () => {
    await using world = await openWorld({ engine })

    for (const [first, ...others] of alike) {
      const made = await create(world, { ...person, email: first })
      assert.equal(made.status, 201, first)
      const { data } = (await made.json()) as { data: { id: string; email: string } }
      assert.equal(data.email, first)

      for (const other of others) {
        assert.equal((await create(world, { ...person, email: other })).status, 409, other)
        const signedIn = await logIn(world, { email: other, password })
        assert.equal(signedIn.status, 200, other)
        const { data: session } = (await signedIn.json()) as { data: { user: { id: string; email: string } } }
        assert.deepEqual([session.user.id, session.user.email], [data.id, first])
      }
    }
  })

  test(`${engine}: mail goes to the address as it is kept, whatever spelling asks for it, and to none that looks like it`, async () => {
    await using world = await openWorld({ engine })
    for (const [first, ...others] of [...alike, ...unlike]) {
      assert.equal((await create(world, { ...person, email: first })).status, 201, first)
      for (const email of others) {
        world.tick(limits.linkRequestsApartMs)
        await world.fetch('/api/auth/forgot-password', { method: 'POST', json: { email } })
      }
    }

    const mailed = (await outbox(world)).map(({ to }) => to)

    assert.deepEqual(
      mailed,
      alike.flatMap(([first, ...others]) => others.map(() => first)),
    )
  })

  test(`${engine}: nobody signs in to, registers as, or is found by what merely looks like somebody's name`, async () => {
    await using world = await openWorld({ engine })

    for (const [first, ...others] of unlike) {
      assert.equal((await create(world, { ...person, email: first })).status, 201, first)
      for (const other of others) {
        assert.equal((await logIn(world, { email: other, password })).status, 401, other)
        assert.equal((await logIn(world, { username: other, password })).status, 401, other)
        const found = await world.fetch(`/express-gateway/users/${encodeURIComponent(other)}`, { as: 'ada' })
        assert.equal(found.status, 404, other)
        assert.match(String((await create(world, { ...person, email: other })).status), /^(201|400)$/, other)
      }
      const owner = await logIn(world, { email: first, password })
      assert.equal(owner.status, 200)
      const { data } = (await owner.json()) as { data: { user: { email: string } } }
      assert.equal(data.user.email, first)
    }
  })
}

test('what hides in a name is refused at every door that takes one', async () => {
  await using world = await openWorld()
  const hidden = [
    '\0',
    '\u0007',
    '\u007f',
    '\u0085',
    '\u202e',
    '\u2066',
    '\u200f',
    '\u2028',
    '\ufffe',
    '\ud800',
    '\n',
    '\t',
  ]
  const marks = '\u0301\u0327'.repeat(40)

  for (const [n, char] of [...hidden, marks].entries()) {
    for (const name of [`a${char}da`, n % 2 ? `a${char}da@example.com` : `ada@exam${char}ple.com`]) {
      const shown = JSON.stringify(name)
      assert.equal((await create(world, { ...person, email: name })).status, 400, shown)
      assert.equal((await create(world, { ...person, email: 'x@example.com', username: name })).status, 400, shown)
      assert.equal((await update(world, 'grace', { username: name })).status, 400, shown)
      assert.equal((await update(world, 'grace', { firstName: name })).status, 400, shown)
      const gateway = { username: name, firstname: 'A', lastname: 'B' }
      const made = await world.fetch('/express-gateway/users', { method: 'POST', as: 'ada', json: gateway })
      assert.equal(made.status, 400, shown)
      const asked = { ...person, status: undefined, email: name }
      assert.equal((await world.fetch('/api/auth/register', { method: 'POST', json: asked })).status, 400, shown)
      assert.equal((await logIn(world, { email: name, password })).status, 401, shown)
      assert.equal((await logIn(world, { username: name, password })).status, 401, shown)
    }
  }
})

test('nobody takes the name of somebody else for their username, nor an id', async () => {
  await using world = await openWorld()
  await settleBystanders(world)
  const others = [
    ...['ada@example.com', 'ADA@example.com', 'nobody@example.com', 'grace@example.com.', '@', 'a@b'],
    ...[cast.ada.user.id, cast.ada.user.id.toUpperCase(), crypto.randomUUID()],
    ...['abel', 'ABEL', 'ab\u0065\u006c', 'ines', 'paul', 'nina'],
  ]

  for (const username of others) {
    const status = (await update(world, 'grace', { username })).status
    assert.match(String(status), /^(400|409)$/, username)
  }
  assert.equal((await update(world, 'grace', { username: 'Grace@Example.com' })).status, 200)
  assert.equal((await update(world, 'grace', { username: 'dora' })).status, 200)
  assert.equal((await logIn(world, { username: 'dora', password: bystandersPassword })).status, 401)
  assert.equal((await logIn(world, { username: 'DORA', password: cast.grace.password })).status, 200)
})

test('the password of one spelling is the password of the other, and of no look-alike', async () => {
  await using world = await openWorld()
  const accented = 'Caf\u00e9-Royal-1908!'
  assert.equal((await create(world, { ...person, email: 'p@example.com', password: accented })).status, 201)

  for (const [typed, status] of [
    ['Cafe\u0301-Royal-1908!', 200],
    [accented, 200],
    ['Cafe-Royal-1908!', 401],
    ['caf\u00e9-Royal-1908!', 401],
    ['Caf\u00e9-Royal-1908\uff01', 401],
    [` ${accented}`, 401],
    [`${accented} `, 401],
  ] as const) {
    assert.equal((await logIn(world, { email: 'p@example.com', password: typed })).status, status, typed)
  }
})

test('one step settles what uniqueness compares, for every code point and any mixture of the tricky ones', () => {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const character = String.fromCodePoint(point)
    if (character.toLowerCase() === character && character.normalize('NFD') === character) continue
    const once = canonical(`a${character}\u0307`)
    if (canonical(once) !== once) assert.fail(`U+${point.toString(16)} is not settled`)
  }
  const tricky = fc.constantFrom(
    ...'İıiIſKßẞΣσςΑΩÅǅﬀՙ',
    '\u0307',
    '\u0345',
    '\u0301',
    '\u0327',
    '\u00ad',
    '\u1e9b',
    'ᾳ',
    'ᾼ',
  )
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: tricky }), fc.string({ unit: 'binary' })), (name) => {
      const once = canonical(name.toWellFormed())
      assert.equal(canonical(once), once)
      assert.equal(canonical(name.toWellFormed().normalize('NFD')), once)
    }),
    { numRuns: 3000 },
  )
})

function create(world: World, json: object): Promise<Response> {
  return world.fetch('/api/users', { method: 'POST', as: 'ada', json })
}

function update(world: World, as: 'grace', json: object): Promise<Response> {
  return world.fetch('/api/users/me', { method: 'PATCH', as, json })
}
