import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { vectors } from '../../test/foreign-hashes.ts'
import { settingsFrom } from '../../test/place.ts'
import { freshDatabase } from '../../test/postgres.ts'
import { openDirectoryFor } from '../app/directory.ts'
import { openLog } from '../app/log.ts'
import { limits } from '../core/limits.ts'
import { nobodyLeftOut } from '../core/users/list-users.ts'
import { openHouse, signIn } from './testing/house.ts'

const [password, bcrypt] = vectors['PHP manual, password_verify'][0]

/** As published, but for a cost that no sign-in may have. */
const costly = {
  bcrypt: bcrypt.replace('$07$', '$31$'),
  argon2: '$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  scrypt: '$scrypt$ln=30,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  firebase: vectors['github.com/firebase/scrypt, README'][0][1].replace('ln=14', 'ln=30'),
  pbkdf2: vectors['passlib, test_handlers_pbkdf2'][1][1].replace('$1212$', '$999999999$'),
  phpass: vectors['John the Ripper 1.7.9, phpass'][2][1].replace('$P$B', '$P$S'),
}

test('beside a running server everybody of a file is added but whose hash costs too much, each told by their line', async () => {
  await using house = await openHouse()
  await using place = await openPlace()
  const server = await house.serve()
  const people = [
    { email: 'first@example.org', passwordHash: bcrypt },
    ...Object.entries(costly).map(([name, passwordHash]) => ({ email: `${name}@example.org`, passwordHash })),
    { email: 'last@example.org', passwordHash: bcrypt },
    { email: 'waiting@example.org', status: 'pending' },
  ]
  const lines = [...people, { kind: 'organization', name: 'Acme', slug: 'acme' }]
  const file = await place.write('people.ndjson', lines.map((one) => JSON.stringify(one)).join('\n'))

  const tried = await house.run(['import', file, '--dry-run'])
  const { code, out, errors } = await house.run(['import', file])

  const told = errors.trimEnd().split('\n')
  assert.equal(told.length, 6)
  for (const [place, line] of told.entries()) {
    assert.match(
      line,
      new RegExp(`^Line ${place + 2}: The password hash would cost too much to verify: .*\\d+ .*(is|are) the most\\.$`),
    )
  }
  assert.deepEqual([tried.errors, tried.code, code], [errors, 1, 1])
  assert.match(
    tried.out,
    /^Would add 3 people and 1 organization and refuse 6 lines; nobody was added\. 1 of them would be sent a mail to .+\n$/,
  )
  assert.match(
    out,
    /^Added 3 people and 1 organization in \d+\.\d s and refused 6 lines\. 1 of them is sent a mail to prove .+\n$/,
  )
  for (const name of ['first', 'last']) assert.ok(await signIn(server, { email: `${name}@example.org`, password }))
  await assert.rejects(signIn(server, { email: 'bcrypt@example.org', password }), /401/)
})

test('whoever comes in beside a running server is found by any part of their names, and by a new name when they have one', async () => {
  await using house = await openHouse()
  await using place = await openPlace()
  const server = await house.serve()
  const people = [
    { email: 'chief@example.org', role: 'admin', passwordHash: bcrypt },
    { email: 'chief@EXAMPLE.org', lastName: 'Nobody' },
    { email: 'lukasz@example.org', firstName: 'Łukasz', lastName: 'Żółkiewski' },
    { email: 'xiaoming@example.org', firstName: '小明', lastName: '王' },
    { email: `${'long'.repeat(16)}@example.org`, firstName: 'Zed'.repeat(30), lastName: 'Quill'.repeat(20) },
  ]
  const file = await place.write('people.ndjson', people.map((one) => JSON.stringify(one)).join('\n'))

  assert.match((await house.run(['import', file])).errors, /^Line 2: [^\n]+\n$/)

  const headers = await signIn(server, { email: 'chief@example.org', password })
  const found = async (words: string) => {
    const answer = await fetch(`${server.url}/api/users?search=${encodeURIComponent(words)}`, { headers })
    return ((await answer.json()) as { data: { id: string; email: string }[] }).data
  }
  for (const [words, email] of [
    ['ukas', people[2]?.email],
    ['łkiew', people[2]?.email],
    ['小明', people[3]?.email],
    ['aomin', people[3]?.email],
    ['edze illqu', people[4]?.email],
  ] as const)
    assert.deepEqual(
      (await found(words)).map((one) => one.email),
      [email],
      words,
    )
  const [renamed] = await found('xiaoming')
  const url = `${server.url}/api/users/${renamed?.id}`
  const changed = await fetch(url, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ lastName: 'Wang' }),
  })
  assert.equal(changed.status, 200)
  assert.deepEqual([(await found('wang')).length, (await found('王')).length], [1, 0])
})

test('so many that another thread makes the index of the search are all found by it', async () => {
  await using house = await openHouse()
  await using place = await openPlace()
  const people = Array.from({ length: limits.usersIndexedAside + 500 }, (_, at) => ({
    email: `person-${at}@example.org`,
    lastName: at % 7 === 0 ? `Zebedee${at}` : 'Quincey',
  }))
  const file = await place.write('people.ndjson', people.map((one) => JSON.stringify(one)).join('\n'))

  const { out } = await house.run(['import', file, '--json'])
  assert.partialDeepStrictEqual(JSON.parse(out), { added: people.length, refused: 0 })

  const log = openLog({ logLevel: 'error', production: false }, { ownFaults: [], out: { write: () => true } })
  await using directory = await openDirectoryFor(settingsFrom({ ...house.environment }), { log })
  const counted = async (word: string) => {
    const order = { by: 'email', direction: 'asc' } as const
    const asked = { filter: { ...nobodyLeftOut, words: [word] }, order, from: { offset: 0 }, limit: 1, count: true }
    return (await directory.core.directory.users.page(asked)).total
  }
  const rare = Math.ceil(people.length / 7)
  assert.equal(await counted('zebedee'), rare)
  assert.equal(await counted('quincey'), people.length - rare)
  for (const at of [0, people.length - 1]) assert.equal(await counted(`person-${at}@example`), 1)
})

test('PostgreSQL is given the people of a CSV file, and they sign in on a running node', async () => {
  await using database = await freshDatabase()
  await using house = await openHouse({ DATABASE_URL: database.url })
  const server = await house.serve()
  const lines = Array.from(
    { length: 250 },
    (_, n) => `person${n}@example.org,Person,"No. ${n}, of many",TRUE,${bcrypt}`,
  )
  const input = ['email,firstName,lastName,emailVerified,passwordHash', ...lines, ''].join('\r\n')

  const { code, out, errors } = await house.run(['import', '-', '--format', 'csv', '--json'], { input })

  assert.deepEqual({ code, errors }, { code: 0, errors: '' })
  assert.partialDeepStrictEqual(JSON.parse(out), { added: 250, refused: 0, dryRun: false })
  const headers = await signIn(server, { email: 'person249@example.org', password })
  const me = (await (await fetch(`${server.url}/api/users/me`, { headers })).json()) as { data: object }
  assert.partialDeepStrictEqual(me.data, { lastName: 'No. 249, of many', emailVerified: true })
})

test('a second run adds whoever is missing, and nothing that stands in the file is told anywhere', async () => {
  await using house = await openHouse({ LOG_LEVEL: 'trace' })
  await using place = await openPlace()
  const secrets = ['kanarie', 'Vogelsang', 'piep@x', 'käfig', 'bcrypt-kanarie']
  const lines = [
    { email: 'kanarie@example.org', lastName: 'Vogelsang' },
    { email: 'kanarie@example.org' },
    { email: 'kanarie', role: 'Vogelsang', status: 'piep@x', 'piep@x': 1, attributes: { käfig: 'a\0b' } },
    { email: 'new@example.org', passwordHash: 'bcrypt-kanarie', profile: { 'piep@x': 1 }, lastName: '\u202ekäfig' },
  ].map((line) => JSON.stringify(line))
  const file = await place.write('people.jsonl', [...lines, 'kanarie, Vogelsang', '{"piep@x"'].join('\n'))
  const late = JSON.stringify({ email: 'late@example.org' })

  const first = await house.run(['import', file, '--errors', place.path('first.ndjson')])
  await writeFile(file, [...lines, late].join('\n'))
  const second = await house.run(['import', file, '--errors', place.path('second.ndjson'), '--json'])
  const again = await house.run(['import', file, '--errors', place.path('second.ndjson')])

  assert.deepEqual([first.code, second.code, again.code], [1, 1, 2])
  assert.match(
    again.errors,
    /^The file for errors cannot be written: there is one of that name, and nothing is written over \(EEXIST\)\.\n$/,
  )
  assert.partialDeepStrictEqual(JSON.parse(second.out), { added: 1, refused: 4 })
  const written = await readFile(place.path('second.ndjson'), 'utf8')
  const [one, ...others] = written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(one, { line: 1, code: 'email_taken' })
  assert.deepEqual(
    others.map(({ line }) => line),
    [2, 3, 4],
  )
  const told = [first.out, first.errors, second.out, second.errors, written].join('\n')
  for (const secret of secrets) assert.ok(!told.includes(secret), `${secret} in ${told}`)
})

test('a command that cannot begin says why, and adds nobody', async () => {
  await using house = await openHouse()
  await using place = await openPlace()
  const file = await place.write('people', '{}')
  const headless = await place.write('people.csv', 'ada@example.org,Ada\n')

  for (const [words, told] of [
    [[file], /^Say what the file is: --format csv or --format ndjson, or --from and the product that wrote it\.\n$/],
    [[`${file}.csv.ndjson`], /^The file cannot be read: there is none of that name \(ENOENT\)\.\n$/],
    [[place.path(''), '--format', 'csv'], /^The file cannot be read: that is a directory \(EISDIR\)\.\n$/],
    [[file, '--format', 'xml'], /Allowed choices are ndjson, csv/],
    [[headless], /^The first line has to name the columns, with commas between them\. Column 1 is none of id, /m],
    [[], /[Mm]issing required argument 'file'/],
  ] as const) {
    const { code, errors } = await house.run(['import', ...words])
    assert.match(errors, told)
    assert.equal(code, 2, words.join(' '))
  }
})

async function openPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'roster-import-'))
  const path = (name: string) => join(folder, name)
  return {
    path,
    async write(name: string, text: string) {
      await writeFile(path(name), text)
      return path(name)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
