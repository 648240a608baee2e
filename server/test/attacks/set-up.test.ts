import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../../src/core/actor.ts'
import { houseRule } from '../../src/core/credentials/password-rule.ts'
import { form } from '../../src/core/form.ts'
import { limits } from '../../src/core/limits.ts'
import { openSetUp, setUpFacts } from '../../src/core/set-up/set-up-links.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { type EngineName, engines } from '../place.ts'
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
}
