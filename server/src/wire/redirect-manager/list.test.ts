import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { cast, person } from '../../../test/cast.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { system } from '../../core/actor.ts'
import { limits } from '../../core/limits.ts'
import type { Username } from '../../core/users/user.ts'

const users = '/redirect-manager/api/v1/users'
const stretch = limits.usersStreamedAtOnce
const names = ['ada@example.com', 'grace@example.com', 'linus@example.com']

for (const engine of engines) {
  test(`the whole list and its pages show everybody once, whoever comes and goes meanwhile (${engine})`, {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld({ engine })
    const everybody = [...names, ...(await addPeople(world, 4, 3 * stretch))]
    const reading = holdReading(world)

    assert.deepEqual(await namesOnPages(world, 37), everybody)
    assert.deepEqual(await wholeList(world), everybody)
    assert.equal(reading.count(), 4)

    reading.holdFrom(3)
    const listed = wholeList(world)
    await reading.held()
    const [gone, stays] = [everybody[1], everybody.at(-2)]
    await remove(world, cast.grace.user.id)
    await remove(world, person({ place: 3 * stretch }).id)
    const [late] = await addPeople(world, 3 * stretch + 1, 3 * stretch + 1)
    reading.release()

    const shown = await listed
    assert.equal(shown.length, new Set(shown).size)
    assert.ok(shown.includes(gone ?? '') && shown.includes(stays ?? '') && shown.includes(late ?? ''))
    assert.deepEqual(shown, [...everybody.slice(0, -1), late])
  })

  test(`whoever is demoted, deactivated, signed out or deleted is sent no more (${engine})`, {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld({ engine })
    await addPeople(world, 4, 3 * stretch)
    const boss = await addAdmin(world, 'boss')
    const act = (method: string, path: string, json?: unknown) => world.fetch(path, { method, as: 'ada', json })
    const ways: [string, (token: string) => Promise<unknown>][] = [
      ['demoted', () => act('PATCH', `${users}/${boss}/role`, { role: 'USER' })],
      ['promoted', () => act('PATCH', `${users}/${boss}/role`, { role: 'ADMIN' })],
      ['signed out', (token) => signOut(world, token)],
      ['deactivated', () => act('PATCH', `/api/users/${boss}`, { status: 'inactive' })],
      ['activated', () => act('PATCH', `/api/users/${boss}`, { status: 'active' })],
      ['deleted', () => act('DELETE', `${users}/${boss}`)],
    ]

    for (const [way, happens] of ways) {
      if (way === 'promoted' || way === 'activated') {
        await happens('')
        continue
      }
      const token = await signIn(world, 'boss')
      const reading = holdReading(world)
      reading.holdFrom(2)
      const cut = readUntilCut(world, token)
      await reading.held()
      await happens(token)
      reading.release()

      const { text, whole } = await cut
      assert.equal(whole, false, way)
      assert.ok(text.startsWith('[{"id":') && !text.endsWith(']'), way)
      assert.equal(text.split('"id"').length - 1, stretch, way)
      assert.equal(reading.count(), 2, way)
    }
    assert.equal(world.logged.filter((line) => line.includes('answer-cut-short')).length, 4)
    assert.equal(world.logged.filter((line) => line.includes('request-failed')).length, 0)
  })

  test(`nothing is read for HEAD, and no more for whoever has gone away (${engine})`, { timeout: 30_000 }, async () => {
    await using world = await openWorld({ engine })
    await addPeople(world, 4, 5 * stretch)
    const reading = holdReading(world)

    const head = await world.fetch(users, { method: 'HEAD', as: 'ada' })
    assert.equal(head.status, 200)
    assert.equal(reading.count(), 0)

    reading.holdFrom(2)
    const answer = await open(world, await world.token('ada'))
    await reading.held()
    answer.destroy()
    // On its way the server meets the end of the other connection first.
    await world.fetch('/health/live')
    reading.release()
    await pause(50)
    assert.ok(reading.count() < 5, `${reading.count()} stretches were read`)
  })
}

/** Counts the stretches that are read, and holds them back from the nth on. */
function holdReading(world: World) {
  const lists = world.core.directory.users as { -readonly [Key in keyof World['core']['directory']['users']]: never }
  const read = original(lists.following)
  let count = 0
  let from = Number.POSITIVE_INFINITY
  let gate = Promise.withResolvers<void>()
  let held = Promise.withResolvers<void>()
  const following = async (number: number, limit: number) => {
    count += 1
    if (count >= from) {
      held.resolve()
      await gate.promise
    }
    return read(number, limit)
  }
  lists.following = Object.assign(following, { original: read }) as never
  return {
    count: () => count,
    holdFrom(nth: number) {
      count = 0
      from = nth
      gate = Promise.withResolvers<void>()
      held = Promise.withResolvers<void>()
    },
    held: () => held.promise,
    release: () => gate.resolve(),
  }
}

type Following = World['core']['directory']['users']['following']

function original(following: Following & { original?: Following }): Following {
  return following.original ?? following
}

async function addPeople(world: World, from: number, to: number): Promise<string[]> {
  const people = Array.from({ length: to - from + 1 }, (_, index) => {
    const place = from + index
    return { user: person({ place, email: null, username: `person-${place}` }), passwordHash: null }
  })
  const added = await world.core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  assert.ok(added.ok)
  return people.map(({ user }) => user.username as Username)
}

async function addAdmin(world: World, username: string): Promise<string> {
  const json = { username, password: 'secure-password', role: 'ADMIN' }
  const answer = await world.fetch(users, { method: 'POST', as: 'ada', json })
  return ((await answer.json()) as { id: string }).id
}

async function remove(world: World, id: string): Promise<void> {
  assert.equal((await world.fetch(`${users}/${id}`, { method: 'DELETE', as: 'ada' })).status, 204)
}

async function wholeList(world: World): Promise<string[]> {
  return namesIn(await world.fetch(users, { as: 'ada' }))
}

async function namesOnPages(world: World, limit: number): Promise<string[]> {
  const shown: string[] = []
  let next: string | undefined = `${users}?limit=${limit}`
  while (next !== undefined) {
    const answer: Response = await world.fetch(next, { as: 'ada' })
    shown.push(...(await namesIn(answer)))
    next = /^<http:\/\/[^/]+(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return shown
}

async function namesIn(answer: Response): Promise<string[]> {
  return ((await answer.json()) as { username: string }[]).map(({ username }) => username)
}

async function signIn(world: World, username: string): Promise<string> {
  const json = { username, password: 'secure-password' }
  const answer = await world.fetch('/redirect-manager/auth/login', { method: 'POST', json })
  return ((await answer.json()) as { access_token: string }).access_token
}

async function signOut(world: World, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, cookie: 'refreshToken=any' }
  const answer = await world.fetch('/redirect-manager/api/v1/auth/logout', { method: 'POST', headers })
  assert.equal(answer.status, 204)
}

async function open(world: World, token: string): Promise<IncomingMessage> {
  const asked = get(`${world.url}${users}`, { agent: false, headers: { authorization: `Bearer ${token}` } })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  assert.equal(answer.statusCode, 200)
  return answer
}

async function readUntilCut(world: World, token: string): Promise<{ text: string; whole: boolean }> {
  const answer = await open(world, token)
  let text = ''
  try {
    for await (const chunk of answer.setEncoding('utf8')) text += chunk
  } catch {
    return { text, whole: false }
  }
  return { text, whole: true }
}
