import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type EngineName, engines } from '../../test/place.ts'
import { freshDatabase } from '../../test/postgres.ts'
import { until } from '../../test/timing.ts'
import { type Answer, type House, openHouse, type RunningServer, signIn } from './testing/house.ts'

const oldKey = Buffer.alloc(32, 7).toString('base64')

/** A directory whose master key is in a file beside it. */
async function openKeyed(engine: EngineName) {
  await using opened = new AsyncDisposableStack()
  const settings: Record<string, string> = { RATE_LIMITS: 'off', LOG_LEVEL: 'warn' }
  if (engine === 'postgres') settings.DATABASE_URL = opened.use(await freshDatabase()).url
  const house = opened.use(await openHouse(settings))
  const place = join(house.dataDirectory, '..')
  const file = (name: string) => join(place, name)
  await writeFile(file('old.key'), oldKey)
  const open = opened.move()
  return {
    house,
    file,
    under: (name: string) => ({ settings: { MASTER_KEY_FILE: file(name) } }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** Adds one organization after another until the server is gone; answers which additions were acknowledged. */
function writeSteadily({ url }: RunningServer, headers: { authorization: string }) {
  const acknowledged: string[] = []
  const go = async () => {
    for (let n = 1; ; n += 1) {
      const answer = await fetch(`${url}/api/organizations`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `Acme ${n}` }),
      })
      if (answer.status !== 201) throw new Error(`the addition was answered with ${answer.status}`)
      acknowledged.push(`Acme ${n}`)
    }
  }
  const ended = go().catch((thrown: Error) => thrown)
  return { acknowledged, ended }
}

function isOneSentence({ code, errors }: Answer, sentence: RegExp): void {
  assert.equal(code, 1)
  assert.match(errors, sentence)
  assert.equal(errors.trim().split('\n').length, 1)
}

const wrongKey = /^The directory key is wrapped under the master key [0-9a-f]{16}, [^.]+: give MASTER_KEY [^.]+\.\n$/

for (const engine of engines) {
  test(`a master key that changes under a busy server loses nothing, and from then on the old one opens nothing (${engine})`, async () => {
    await using keyed = await openKeyed(engine)
    const { house, under, file } = keyed
    const server = await house.serve(under('old.key'))
    const writing = writeSteadily(server, await signIn(server))
    await until(() => writing.acknowledged.length > 10)

    const rotated = await house.run(['rotate-keys', 'master', '--generate', file('new.key')], under('old.key'))
    const then = writing.acknowledged.length
    await until(() => writing.acknowledged.length > then + 10)
    await server.stop('SIGKILL')
    assert.equal((await writing.ended).name, 'TypeError')

    assert.equal(rotated.code, 0, rotated.errors)
    const made = await readFile(file('new.key'), 'utf8')
    assert.equal((await stat(file('new.key'))).mode & 0o777, 0o600)
    assert.equal((rotated.out + rotated.errors).includes(made.trim()), false)
    await writeFile(file('people.ndjson'), '{"email":"late@example.com"}\n')
    const before = await contentsOf(house)
    const late = [
      ['serve'],
      ['import', file('people.ndjson')],
      ['rotate-keys', 'master', '--new-key-file', file('old.key')],
      ['backup', file('late')],
    ]
    for (const words of late) isOneSentence(await house.run(words, under('old.key')), wrongKey)
    const doctor = await house.run(['doctor'], under('old.key'))
    assert.deepEqual([doctor.code, doctor.errors], [1, ''])
    assert.match(doctor.out, /✗ directory +The directory key is wrapped under the master key [0-9a-f]{16}, /)
    assert.deepEqual(await contentsOf(house), before)

    assert.equal(existsSync(file('late')), false)

    const again = await house.serve(under('new.key'))
    const kept = await organizations(again)
    const lost = writing.acknowledged.filter((name) => !kept.has(name))
    assert.deepEqual([lost, writing.acknowledged.length > then], [[], true])
  })

  test(`of two changes of the master key at once one is made, and the other is told so (${engine})`, async () => {
    await using keyed = await openKeyed(engine)
    const { house, under, file } = keyed
    await house.run(['migrate'], under('old.key'))

    const names = ['ada.key', 'grace.key']
    const answers = await Promise.all(
      names.map((name) => house.run(['rotate-keys', 'master', '--generate', file(name)], under('old.key'))),
    )

    const winner = answers.findIndex(({ code }) => code === 0)
    const [name, other] = winner === 0 ? names : names.toReversed()
    isOneSentence(
      answers[1 - winner] as Answer,
      /^The directory key is wrapped under .+|is being changed by another command\.\n$/,
    )
    assert.equal((await house.run(['migrate'], under(name ?? ''))).code, 0)
    if (existsSync(file(other ?? ''))) isOneSentence(await house.run(['migrate'], under(other ?? '')), wrongKey)
    const same = await house.run(['rotate-keys', 'master', '--new-key-file', file(name ?? '')], under(name ?? ''))
    isOneSentence(same, /^The new master key is the one that the directory has already\.\n$/)
  })

  test(`a new signing key signs at once; what older ones signed is good, and void once they are revoked (${engine})`, async () => {
    await using keyed = await openKeyed(engine)
    const { house, under } = keyed
    const server = await house.serve(under('old.key'))
    const first = await signIn(server)
    const rotate = async (...words: string[]) => {
      const { code, out, errors } = await house.run(['rotate-keys', 'signing', '--json', ...words], under('old.key'))
      assert.equal(code, 0, errors)
      return JSON.parse(out) as { kid: string; verifying: string[] }
    }

    const { kid, verifying } = await rotate()
    const second = await signIn(server)
    assert.deepEqual([kidOf(second), verifying], [kid, [kid, kidOf(first)]])
    assert.deepEqual([await statusFor(server, first), await statusFor(server, second)], [200, 200])

    const revoked = await rotate('--revoke')
    assert.deepEqual([await statusFor(server, first), await statusFor(server, second)], [401, 401])
    const third = await signIn(server)
    assert.deepEqual([kidOf(third), await statusFor(server, third)], [revoked.kid, 200])
    const jwks = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
    assert.deepEqual(
      jwks.keys.map((key) => key.kid),
      [revoked.kid],
    )
  })
}

test('a directory that has lost a key says which, makes no other, and opens again when it is back', async () => {
  await using house = await openHouse()
  await house.run(['migrate'])
  for (const name of ['directory.key', 'development-master.key']) {
    const key = join(house.dataDirectory, name)
    await rename(key, `${key}.away`)

    const answers = [await house.run(['migrate']), await house.run(['serve'])]

    const sentence = new RegExp(`^.+/${name} is missing, and the database opens with nothing else\\.\\n$`)
    for (const answer of answers) isOneSentence(answer, sentence)
    assert.equal(existsSync(key), false)
    await rename(`${key}.away`, key)
  }
  assert.equal((await house.run(['migrate'])).code, 0)
})

test('doctor leaves no key behind beside a database that was made with another', async () => {
  await using database = await freshDatabase()
  await using house = await openHouse({ DATABASE_URL: database.url })
  await house.run(['migrate'])
  const key = join(house.dataDirectory, 'development-master.key')
  await rm(key)

  const doctor = await house.run(['doctor'])
  const served = await house.run(['serve'])

  assert.equal(doctor.code, 1)
  assert.match(
    doctor.out,
    /✗ directory +.+development-master\.key is missing, and the database opens with nothing else\./,
  )
  isOneSentence(served, /development-master\.key is missing/)
  assert.equal(existsSync(key), false)
})

/** The names of all of them. */
async function organizations(server: RunningServer): Promise<Set<string>> {
  const headers = await signIn(server)
  const names = new Set<string>()
  for (let page = 1; page === 1 || names.size === (page - 1) * 100; page += 1) {
    const answer = await fetch(`${server.url}/api/organizations?limit=100&page=${page}`, { headers })
    for (const { name } of ((await answer.json()) as { data: { name: string }[] }).data) names.add(name)
  }
  return names
}

/** The names of all that is kept, and the keys. */
async function contentsOf({ dataDirectory }: House): Promise<Record<string, string | null>> {
  const names = existsSync(dataDirectory) ? (await readdir(dataDirectory)).sort() : []
  const kept = names.filter((name) => !/^roster\.(db-|lock)/.test(name))
  const contents = kept.map(async (name) => [
    name,
    name.endsWith('.key') ? await readFile(join(dataDirectory, name), 'utf8') : null,
  ])
  return Object.fromEntries(await Promise.all(contents))
}

function kidOf({ authorization }: { authorization: string }): string {
  const [header = ''] = authorization.slice('Bearer '.length).split('.')
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }).kid
}

async function statusFor({ url }: RunningServer, headers: { authorization: string }): Promise<number> {
  return (await fetch(`${url}/api/users/me`, { headers })).status
}
