import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freshDatabase } from '../../test/postgres.ts'
import { isWithin } from '../../test/timing.ts'
import { demoPeople } from './demo-people.ts'
import { openHouse, type RunningServer, signIn } from './testing/house.ts'

const testUsers = 3
/** The directory is asked all the while, and has time for both. */
const lookUpsApartMs = 10

test('people added beside a running server are in its list at once, and those who sign in are not held up', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })
  const server = await house.serve()
  const headers = await signIn(server)
  assert.equal(await total(server, headers), testUsers)

  const adding = house.run(['demo', '--users', '500', '--json'])
  const worstMs = await worstLookUp(server, headers, adding)
  const { code, out, errors } = await adding

  assert.deepEqual({ code, errors }, { code: 0, errors: '' })
  assert.partialDeepStrictEqual(JSON.parse(out), { added: 500 })
  assert.equal(await total(server, headers), testUsers + 500)
  assert.ok(isWithin(worstMs, 1000), `a look-up took ${worstMs} ms`)
})

test('a demo after another, and the same again, adds others', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })

  const first = await house.run(['demo', '--users', '200'])
  const second = await house.run(['demo', '--users', '200'])
  const again = await house.run(['demo', '--users', '200', '--seed', '0'])

  assert.deepEqual([first.code, second.code, again.code], [0, 0, 0], second.errors + again.errors)
  const server = await house.serve()
  assert.equal(await total(server, await signIn(server)), testUsers + 600)
})

test('where it is no terminal, progress is told in plain lines', async () => {
  await using house = await openHouse()

  const { out, errors } = await house.run(['demo', '--users', '1000'])

  assert.match(out, /^Added 1,000 people in \d+\.\d s, [\d,]+ a second\.\n$/)
  assert.match(errors, /^100 of 1,000 people\n(.+ of 1,000 people\n){8}$/)
})

test('a name that somebody has already stops the demo in words, and nobody is added by halves', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })
  const server = await house.serve()
  const headers = await signIn(server)
  const added = 4
  const [, , somebody] = demoPeople({ seed: 5, count: 250, startAtMs: 0, firstNamesake: added + 1 })
  const body = { email: somebody?.email, password: 'Analytical-Engine-1843!', firstName: 'Augusta', lastName: 'King' }
  const created = await fetch(`${server.url}/api/users`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  const { code, errors } = await house.run(['demo', '--users', '250', '--seed', '5'])

  assert.equal(created.status, 201)
  assert.equal(code, 5)
  assert.match(errors, /^Stopped: somebody in the directory has the e-mail address of one of them already\. .+\n$/m)
  assert.equal(((await total(server, headers)) - added) % 50, 0)
})

test('made-up people have no place in production', async () => {
  await using house = await openHouse({ NODE_ENV: 'production', MASTER_KEY: Buffer.alloc(32, 7).toString('base64') })

  const { code, errors } = await house.run(['demo', '--users', '1'])

  assert.deepEqual(
    { code, errors },
    { code: 2, errors: 'Made-up people have no place in production: unset NODE_ENV.\n' },
  )
})

test('PostgreSQL is filled directly, and a running node counts who came', async () => {
  await using database = await freshDatabase()
  await using house = await openHouse({ DATABASE_URL: database.url, RATE_LIMITS: 'off' })
  const server = await house.serve()
  const headers = await signIn(server)

  const { code, errors } = await house.run(['demo', '--users', '500', '--json'])

  assert.deepEqual({ code, errors }, { code: 0, errors: '' })
  assert.equal(await total(server, headers), testUsers + 500)
})

async function total({ url }: RunningServer, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(`${url}/api/users?limit=1`, { headers })
  const { meta } = (await answer.json()) as { meta: { total: number } }
  return meta.total
}

/** In milliseconds, until `end`. */
async function worstLookUp(
  { url }: RunningServer,
  headers: Record<string, string>,
  end: Promise<unknown>,
): Promise<number> {
  const state = { isOver: false }
  end.finally(() => {
    state.isOver = true
  })
  let worstMs = 0
  while (!state.isOver) {
    await pause(lookUpsApartMs)
    const startedAtMs = performance.now()
    const answer = await fetch(`${url}/api/users/me`, { headers })
    await answer.arrayBuffer()
    worstMs = Math.max(worstMs, performance.now() - startedAtMs)
  }
  return Math.round(worstMs)
}
