import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { system } from '../src/core/actor.ts'
import { person } from './cast.ts'
import { type Door, type EgPackage, installEg } from './eg-package.ts'
import type { EngineName } from './place.ts'
import { openWorld, type World } from './world.ts'

/*
 * The product's own command line and client, unchanged, against a running Roster with more users than fit on five of their pages. A command takes
 * more than a second of a processor: what the command line adds nothing to is asked by the client.
 */

const crowd = Array.from({ length: 257 }, (_, index) => `member-${String(index + 1).padStart(3, '0')}`)
const cast = ['ada@example.com', 'grace@example.com', 'linus@example.com']
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}'

let eg: EgPackage
before(
  async () => {
    eg = await installEg()
  },
  { timeout: 360_000 },
)
after(() => eg[Symbol.asyncDispose]())

const doors: readonly { title: string; engine: EngineName; doorOf: (world: World) => Promise<Door> }[] = [
  { title: 'below the mount, with a token', engine: 'sqlite', doorOf: mountOf },
  { title: 'at the loopback port, without one', engine: 'postgres', doorOf: loopbackOf },
]

describe('the eg command line below the mount, with a token', { concurrency: 1, timeout: 900_000 }, () => {
  let world: World
  let door: Door
  const run = (line: string, input?: string) => eg.run(door, line.split(' '), input)
  const kept = async (name: string) => {
    const user = await world.core.directory.users.byClaim('username', name)
    assert.ok(user, name)
    return user
  }

  before(async () => {
    world = await openCrowd('sqlite')
    door = await mountOf(world)
  })
  after(() => world[Symbol.asyncDispose]())

  test('creates users from options, and tells what is taken', async () => {
    const said = await run('users create -p username=ksmith -p firstname=Kate -p lastname=Smith -p email=k@example.com')
    const quiet = await run('users create -p username=jdoe -p firstname=Jane -p lastname=Doe -q')
    const email = await run('users create -p username=k2 -p firstname=K -p lastname=S -p email=K@example.com')

    const [, json = ''] = new RegExp(`^✔ Created ${uuid}\n([^]*)$`).exec(said) ?? []
    assert.deepEqual(Object.keys(JSON.parse(json)), [
      'isActive',
      'username',
      'id',
      'firstname',
      'lastname',
      'email',
      'createdAt',
      'updatedAt',
    ])
    assert.match(quiet, new RegExp(`^${uuid}$`))
    assert.equal(email, '✖ email already exists')
  })

  test('creates users from lines of JSON', async () => {
    const lines = [
      '{"username":"n1","firstname":"N","lastname":"One"}',
      '{"username":"ksmith","firstname":"Kate","lastname":"Smith"}',
      '{"username":"ada","firstname":"N","lastname":"Two","email":"ada@example.com"}',
      '{"username":42,"firstname":"N","lastname":"Three"}',
      '{"firstname":"N","lastname":"Nameless"}',
    ]

    const said = await run('users create --stdin', `${lines.join('\n')}\n`)

    assert.deepEqual(
      new Set(said.split('\n').filter((line) => /^[✔✖]/.test(line))),
      new Set([
        '✔ Created n1',
        '✔ Created 42',
        '✖ username already exists',
        '✖ email already exists',
        "✖ data should have required property 'username'",
      ]),
    )
  })

  test('shows a user by name, by e-mail where there is no name, and by id', async () => {
    const { users } = clientAt(door)
    const ksmith = JSON.parse(await run('users info ksmith')) as Shown
    const nobody = await eg.run(door, ['users', 'info', 'a b/c'])

    const [byId, ada, byNumber] = await Promise.all(
      [ksmith.id, 'ada@example.com', '42'].map((name) => users.info(name)),
    )
    assert.deepEqual(byId, ksmith)
    assert.deepEqual([ada?.firstname, byNumber?.lastname, nobody], ['Ada', 'Three', '✖ Not Found'])
  })

  test('updates a user by name and by id', async () => {
    const { id } = await kept('ksmith')

    const byName = await run('users update ksmith -p firstname=Karen -p lastname=Smith -p username=ksmith')
    const byId = await run(`users update ${id} -p firstname=Karen -p lastname=Jones -p username=ignored -q`)
    const nobody = await run('users update nobody -p firstname=A -p lastname=B -p username=C')

    assert.deepEqual([byName, byId, nobody], ['✔ Updated ksmith', id, '✖ User not found: nobody'])
    const { username, firstName, lastName, email } = await kept('ksmith')
    assert.deepEqual([username, firstName, lastName, email], ['ksmith', 'Karen', 'Jones', 'k@example.com'])
  })

  test('deactivates and activates several at once', async () => {
    const { id } = await kept('jdoe')

    const said = [
      await run(`users deactivate ksmith ${id} nobody ada@example.com`),
      await run('users deactivate ksmith'),
      await run('users activate ksmith jdoe'),
      await run('users activate ksmith -q'),
    ]

    assert.deepEqual(
      said.map((lines) => lines.split('\n').sort()),
      [
        [`✔ Deactivated ${id}`, '✔ Deactivated ksmith', '✖ Conflict', '✖ Not Found'].sort(),
        ['✔ Inactive ksmith'],
        ['✔ Activated jdoe', '✔ Activated ksmith'],
        ['ksmith'],
      ],
    )
    assert.equal((await kept('jdoe')).status, 'active')
  })

  test('lists a page of fifty, or everybody in order of creation', async () => {
    const [page = '', everybody = ''] = await Promise.all(['users list', 'users list -a -q'].map((line) => run(line)))

    const shown = JSON.parse(`[${page.replaceAll('}\n{', '},{')}]`) as Shown[]
    assert.deepEqual(namesOf({ users: shown }), [...cast, ...crowd].slice(0, 50))
    const created = ['ksmith', 'jdoe']
    assert.deepEqual(everybody.split('\n').slice(0, 262), [...cast, ...crowd, ...created])
    assert.deepEqual(new Set(everybody.split('\n').slice(262)), new Set(['n1', '42']))
  })

  test('removes several at once, by name and by id', async () => {
    const { id } = await kept('jdoe')

    const said = await run(`users remove n1 ${id} nobody`)
    const quiet = await run('users rm ksmith -q')

    assert.deepEqual(said.split('\n').sort(), [`✔ Removed ${id}`, '✔ Removed n1', '✖ Not Found'].sort())
    assert.equal(quiet, 'ksmith')
    assert.deepEqual(namesOf(await clientAt(door).users.list({ all: true })), [...cast, ...crowd, '42'])
  })
})

test('the eg command line at the loopback port needs no token', { timeout: 600_000 }, async () => {
  await using world = await openCrowd('postgres')
  const door = await loopbackOf(world)
  const run = (line: string) => eg.run(door, line.split(' '))

  const said = [
    await run('users create -p username=ksmith -p firstname=Kate -p lastname=Smith -q'),
    await run('users deactivate ksmith ada@example.com'),
    await run('users remove ksmith member-001'),
  ]

  const [created = '', deactivated = '', removed = ''] = said
  assert.match(created, new RegExp(`^${uuid}$`))
  assert.deepEqual(deactivated.split('\n').sort(), ['✔ Deactivated ksmith', '✖ Conflict'])
  assert.deepEqual(removed.split('\n').sort(), ['✔ Removed ksmith', '✔ Removed member-001'])
})

test('the eg command line below the mount is refused without a good token', { timeout: 600_000 }, async () => {
  await using world = await openWorld()
  const { adminUrl } = await mountOf(world)
  const list = (headers: Door['headers']) => eg.run({ adminUrl, headers }, ['users', 'list'])

  const said = await Promise.all([list({}), list({ Authorization: `Bearer ${await world.token('grace')}` })])

  assert.deepEqual(said, ['✖ Unauthorized', '✖ Forbidden'])
  for (const Authorization of ['Bearer nonsense', 'apikey a:b']) {
    await assert.rejects(clientAt({ adminUrl, headers: { Authorization } }).users.list(), { message: 'Unauthorized' })
  }
})

for (const { title, engine, doorOf } of doors) {
  test(`programs with the product's client are served ${title}`, { timeout: 300_000 }, async () => {
    await using world = await openCrowd(engine)
    const { users } = clientAt(await doorOf(world))

    const steve = await users.create({
      username: 'steve',
      firstname: 'Steve',
      lastname: 'B',
      redirectUri: 'http://example.com',
    })
    const walks = [undefined, 1000, 40, 7].map((count) => users.list({ all: true, count }))
    const [first, byThousands] = [await users.list(), await users.list({ count: 1000 })]

    for (const walk of walks) assert.deepEqual(namesOf(await walk), [...cast, ...crowd, 'steve'])
    assert.deepEqual([first.users.length, first.nextKey], [50, 100])
    assert.deepEqual([byThousands.users.length, byThousands.nextKey], [261, 0])
    assert.deepEqual(await users.info('steve'), steve)
    assert.deepEqual(await users.update(steve.id, { firstname: 'Stefan' }), { ...steve, firstname: 'Stefan' })
    assert.deepEqual(await users.deactivate('steve'), { status: 'Deactivated' })
    assert.deepEqual(await users.activate(steve.id), { status: 'Activated' })
    await assert.rejects(users.update('steve', { foo: 'bar' }), told(400, 'one or more properties is invalid'))
    await assert.rejects(
      users.create({ username: 'STEVE', firstname: 'S', lastname: 'B' }),
      told(409, 'username already exists'),
    )
    await users.remove('steve')
    await assert.rejects(users.info('steve'), told(404, 'User not found: steve'))
    await assert.rejects(users.activate('steve'), told(404, 'user not found: steve'))
  })
}

test("what the product's validator finds fault with, Roster does in the same words", { timeout: 600_000 }, async () => {
  await using world = await openWorld({ settings: { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' } })
  const { adminUrl } = await loopbackOf(world)
  const schemas = eg.load('lib/schemas') as Schemas
  const model = eg.load('lib/config/models/users.json') as { $id: string }
  schemas.register('model', 'users', model)
  const value = fc.constantFrom(
    undefined,
    null,
    '',
    'x',
    'a@example.com',
    'nope@',
    'http://example.com',
    7,
    false,
    [],
    {},
  )
  const bodies = fc.record({ firstname: value, lastname: value, username: value, email: value, redirectUri: value })

  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const sent = JSON.stringify(body)
      const { isValid, error } = schemas.validate(model.$id, JSON.parse(sent))
      if (isValid) return
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${adminUrl}/users`, { method: 'POST', headers, body: sent })
      assert.deepEqual([answer.status, await answer.text()], [400, error], sent)
    }),
    { numRuns: 150 },
  )
})

interface Shown {
  readonly id: string
  readonly isActive: boolean
  readonly username: string
  readonly firstname: string
  readonly lastname: string
  readonly email?: string
}

interface Client {
  readonly users: {
    create(user: object): Promise<Shown>
    update(id: string, user: object): Promise<Shown>
    activate(id: string): Promise<{ status: string }>
    deactivate(id: string): Promise<{ status: string }>
    info(id: string): Promise<Shown>
    list(params?: { all?: boolean; count?: number | undefined }): Promise<{ users: Shown[]; nextKey: number }>
    remove(id: string): Promise<unknown>
  }
}

interface Schemas {
  register(type: string, name: string, schema: object): void
  validate(id: string, body: unknown): { isValid: boolean; error: string }
}

function clientAt({ adminUrl, headers }: Door): Client {
  return (eg.load('admin') as (options: object) => Client)({ baseUrl: adminUrl, headers })
}

async function openCrowd(engine: EngineName): Promise<World> {
  const world = await openWorld({ engine, settings: { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' } })
  const people = crowd.map((username, index) => {
    const user = person({ place: 100 + index, email: null, username, firstName: 'Member', lastName: 'One' })
    return { user, passwordHash: null }
  })
  const added = await world.core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  assert.ok(added.ok)
  return world
}

async function mountOf(world: World): Promise<Door> {
  return { adminUrl: `${world.url}/express-gateway`, headers: { Authorization: `Bearer ${await world.token('ada')}` } }
}

async function loopbackOf({ roster }: World): Promise<Door> {
  return { adminUrl: `http://localhost:${roster.expressGatewayPort}`, headers: {} }
}

function namesOf({ users }: { users: readonly Shown[] }): string[] {
  return users.map(({ username }) => username)
}

function told(status: number, text: string) {
  return (error: { status?: number; response?: { text?: string } }) => {
    assert.deepEqual([error.status, error.response?.text], [status, text])
    return true
  }
}
