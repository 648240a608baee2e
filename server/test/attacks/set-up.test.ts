import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { finishRestore, restoredFact } from '../../src/app/restored.ts'
import { system } from '../../src/core/actor.ts'
import { houseRule } from '../../src/core/credentials/password-rule.ts'
import { form } from '../../src/core/form.ts'
import { limits } from '../../src/core/limits.ts'
import { openSetUp, setUpFacts } from '../../src/core/set-up/set-up-links.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { cast } from '../cast.ts'
import { type EngineName, engines } from '../place.ts'
import { until } from '../timing.ts'
import { openWorld, type World } from '../world.ts'

const password = 'Lighthouse-Keeper-77!'

/** Nodes of a directory that nobody is in: one, or two on the shared engine. */
async function openEmpty(engine: EngineName): Promise<{ readonly nodes: readonly World[] } & AsyncDisposable> {
  await using opening = new AsyncDisposableStack()
  const settings = { PUBLIC_URL: 'http://127.0.0.1:3001' }
  const near = opening.use(await openWorld({ engine, settings, populate: 'with nobody' }))
  const far = engine === 'postgres' ? [opening.use(await openWorld({ engine, settings, beside: near }))] : []
  const opened = opening.move()
  return { nodes: [near, ...far], [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function follow(world: World, token: string | null, email = 'mallory@example.com'): Promise<Response> {
  return world.fetch('/api/auth/set-up', { method: 'POST', json: { token, email, password } })
}

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code

for (const engine of engines) {
  test(`${engine}: of fifty who follow set-up links at once, on whatever node, one is the admin, and the set-up never opens again`, async () => {
    await using opened = await openEmpty(engine)
    const { nodes } = opened
    const tokens = await Promise.all(Array.from({ length: 5 }, (_, n) => openSetUp(on(n).core)))
    function on(n: number): World {
      const world = nodes[n % nodes.length]
      assert.ok(world)
      return world
    }

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => follow(on(n), tokens[n % tokens.length] ?? null, `n${n}@example.com`)),
    )

    const refused = answers.filter(({ status }) => status !== 201)
    assert.equal(refused.length, 49)
    assert.deepEqual(new Set(await Promise.all(refused.map(codeOf))), new Set(['INVALID_TOKEN']))
    for (const { core } of nodes) {
      const everybody = await core.directory.users.totals()
      assert.deepEqual(everybody, [{ role: 'admin', status: 'active', n: 1 }])
      assert.equal(await openSetUp(core), null)
    }
    for (const token of tokens) assert.equal(await codeOf(await follow(on(1), token)), 'INVALID_TOKEN')
    assert.equal(await on(0).core.directory.facts.valueOf(setUpFacts.links), null)
  })

  test(`${engine}: a set-up link is of no use when its time is over, when it was guessed, or when there is an admin already`, async () => {
    await using opened = await openEmpty(engine)
    const [world] = opened.nodes
    assert.ok(world)
    let hashed = 0
    const { passwords } = world.core
    Object.assign(world.core, { passwords: { ...passwords, hash: (text: string) => ++hashed && passwords.hash(text) } })

    const first = await openSetUp(world.core)
    const kept = await world.core.directory.facts.valueOf(setUpFacts.links)
    assert.ok(first !== null && kept !== null && !kept.includes(first))
    const [{ digest }] = JSON.parse(kept) as [{ digest: string }]
    for (const guess of [digest, kept, '', 'x', `${first}x`, first.slice(1), first.toLowerCase(), '\u0000']) {
      assert.equal((await follow(world, guess)).status, 400, guess)
    }
    for (const guess of [null, 7, [first], { token: first }]) {
      const json = { token: guess, email: 'mallory@example.com', password }
      assert.equal((await world.fetch('/api/auth/set-up', { method: 'POST', json })).status, 400)
    }
    world.tick(limits.setUpLinkMs)
    assert.equal(await codeOf(await follow(world, first)), 'INVALID_TOKEN')
    assert.equal(hashed, 0, 'nothing is hashed for whoever has no link')

    const second = await openSetUp(world.core)
    const weak = { token: second, email: 'ada@example.com', password: 'password', role: 'viewer' }
    assert.equal((await world.fetch('/api/auth/set-up', { method: 'POST', json: weak })).status, 400)
    const other = { email: 'ada@example.com', password, role: 'admin', status: 'active' }
    assert.ok((await createUser(world.core, system, form(other), houseRule)).ok)
    assert.equal(await codeOf(await follow(world, second)), 'INVALID_TOKEN')
    assert.equal(await openSetUp(world.core), null)
    assert.ok(await world.core.directory.facts.isNoted(setUpFacts.over))
    assert.equal(await world.core.directory.users.byClaim('email', 'mallory@example.com'), null)
  })

  test(`${engine}: a link that led to a refusal is still good; a backup brings none back, nor the set-up to a directory that lost its admin`, async () => {
    await using opened = await openEmpty(engine)
    const [empty] = opened.nodes
    assert.ok(empty)
    const other = { email: 'grace@example.com', role: 'user', status: 'active' }
    assert.ok((await createUser(empty.core, system, form(other), houseRule)).ok)
    const token = await openSetUp(empty.core)
    assert.equal((await follow(empty, token, 'grace@example.com')).status, 409)
    assert.equal(await empty.core.directory.facts.isNoted(setUpFacts.over), false)
    assert.equal((await follow(empty, token, 'x')).status, 400, 'it is looked at again')
    await restore(empty, [])
    assert.equal(await codeOf(await follow(empty, token)), 'INVALID_TOKEN')
    assert.equal(await openSetUp(empty.core), null)

    await using world = await openWorld({ engine })
    await restore(world, [cast.ada.user.id])
    assert.equal(await world.core.directory.users.activeAdmins(), 0)
    assert.equal(await openSetUp(world.core), null)
  })
}

/** Does what is left to do of a restore after which these people are to be erased again. */
async function restore({ core }: World, erased: readonly string[]): Promise<void> {
  const value = JSON.stringify({ erased, keepApiTokens: false })
  assert.ok((await core.commit('keep-fact', { name: restoredFact, value })).ok)
  await finishRestore(core, { revoke: async () => {} })
}

test('who follows a link while somebody becomes an admin by another way is told that it is over, and no link is opened while one is followed', async () => {
  await using opened = await openEmpty('postgres')
  const [world] = opened.nodes
  assert.ok(world)
  const token = await openSetUp(world.core)
  await using outside = await openOutside(world)

  const noLink = await outside.between(
    [`delete from facts where name = '${setUpFacts.links}'`, `insert into facts values ('${setUpFacts.over}', '')`],
    () => openSetUp(world.core),
  )
  assert.equal(noLink, null)
  assert.equal(await world.core.directory.facts.valueOf(setUpFacts.links), null)

  await outside.client.query(`delete from facts where name = '${setUpFacts.over}'`)
  const another = await openSetUp(world.core)
  assert.notEqual(another, token)
  const late = await outside.between(['update active_admins set n = n + 1'], () => follow(world, another))
  assert.equal(await codeOf(late), 'INVALID_TOKEN')
  assert.equal(await world.core.directory.users.byClaim('email', 'mallory@example.com'), null)
})

/** Another node, as it looks to this one: what it does takes place as soon as something else waits for it. */
async function openOutside({ settings }: World) {
  const client = new pg.Client({ connectionString: settings.databaseUrl ?? '' })
  const watcher = new pg.Client({ connectionString: settings.databaseUrl ?? '' })
  await Promise.all([client.connect(), watcher.connect()])
  return {
    client,
    async between<Done>(does: readonly string[], meanwhile: () => Promise<Done>): Promise<Done> {
      await client.query('begin')
      for (const query of does) await client.query(query)
      const done = meanwhile()
      await until(async () => ((await watcher.query(waits)).rowCount ?? 0) > 0)
      await client.query('commit')
      return done
    },
    [Symbol.asyncDispose]: async () => void (await Promise.all([client.end(), watcher.end()])),
  }
}

const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
