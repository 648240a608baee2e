import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freshDatabase } from '../server/test/postgres.ts'
import { type Figures, load, type Shot, shot } from './load.ts'
import { cpuSeconds, type MeasuredServer, openMeasuredServer } from './measured-server.ts'
import { measureSignIns } from './sign-ins.ts'
import { measureUpdates } from './updates.ts'

/*
 * What requests cost, beside what the same bytes cost a bare `node:http` server in the same run.
 *
 *   npm run bench [-- users [rounds [postgres]]]        100,000 users, 7 rounds, embedded
 *
 * One process on an encrypted embedded directory (or on a PostgreSQL of its own), metrics and rate limits on, with room enough. CPU is what the
 * operating system counted for the server, threads and all, divided by its requests; both servers take turns of a second, and each figure is the
 * median of its rounds. The embedded directory is kept in `data/bench-<users>` for the next run. Linux only: CPU is read from /proc.
 */

const users = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 7)
const onPostgres = process.argv[4] === 'postgres'
const turnSeconds = 1
const connections = 16
const deepPage = 1_000
const searchesAnew = 9
const sorts = ['created_at', 'updatedAt', 'lastLoginAt', 'email', 'firstName', 'lastName']

/** Rare and absent terms of one, two, three and eight code points; every answer comes with its total. */
const rareTerms = ['ↄ', '龘', 'ʒ', 'zq', '龘龘', 'qx', 'zzq', 'xqj', '龘龘龘', 'kovalevz', 'beatrizz', 'zzqxwvkj']
/** Terms that many people have. */
const commonTerms = ['a', 'an', 'com', '李', 'maria', 'example.', 'lovelace']

interface Measured extends Figures {
  readonly cpuMicros: number
}

interface Row {
  readonly what: string
  readonly callers: number
  readonly roster: Measured
  readonly bare: Measured
  /** Bare CPU over ours, round by round, the median of them. */
  readonly ratio: number
}

const directory = fileURLToPath(new URL(`../data/bench-${onPostgres ? 'postgres-' : ''}${users}`, import.meta.url))
await using database = onPostgres ? await freshDatabase() : null
await using server = await openMeasuredServer({ directory, users, databaseUrl: database?.url })
const residentMiB = { ready: await server.residentMiB(), afterAll: Number.NaN }
const bare = fork(fileURLToPath(new URL('bare-server.ts', import.meta.url)))
const [{ port: barePort }] = (await once(bare, 'message')) as [{ port: number }]
try {
  const token = await signIn(server)
  const rows = await measureRequests(token)
  const searches = await measureSearchesAnew(token)
  const updates = await measureUpdates(server, { token, ids: await someIds(token), directory, rounds })
  const signIns = await measureSignIns(server, { token, rounds })
  residentMiB.afterAll = await server.residentMiB()
  print(rows)
  printSearches(searches)
  console.log(`\ndurable updates: ${JSON.stringify(updates)}`)
  console.log(`sign-ins: ${JSON.stringify(signIns)}`)
  console.log(`ready in ${server.readyMs.toFixed(0)} ms; resident MiB: ${JSON.stringify(residentMiB)}`)
  const figures = {
    users,
    rounds,
    connections,
    onPostgres,
    readyMs: server.readyMs,
    residentMiB,
    rows,
    searches,
    updates,
    signIns,
  }
  await writeFile(join(directory, 'figures.json'), JSON.stringify(figures, null, 2))
} finally {
  bare.disconnect()
}

async function measureRequests(token: string): Promise<Row[]> {
  const ids = await someIds(token)
  const oneOf = <T>(things: readonly T[]): T => things[Math.floor(Math.random() * things.length)] as T
  const readsById = ids.map((id) => shot('GET', `/api/users/${id}`, { token }))
  const etagged = await Promise.all(ids.slice(0, 200).map((id) => conditional(id, token)))
  const me = shot('GET', '/api/users/me', { token })
  const rows = [
    await measure('read by id', () => oneOf(readsById), { turns: 3 * rounds }),
    await measure('304 by If-None-Match', () => oneOf(etagged), { turns: 3 * rounds }),
    await measure('me', () => me, { turns: 3 * rounds }),
  ]
  for (const sort of sorts) {
    const first = `/api/users?limit=20&sort=${sort}&order=asc`
    const page = shot('GET', first, { token })
    rows.push(await measure(`list of 20 by ${sort}`, () => page))
    rows.push(await measure('… by one caller', () => page, { callers: 1 }))
    const deep = shot('GET', await pathOfDeepPage(first, token), { token })
    rows.push(await measure(`… page ${deepPage} by cursor`, () => deep))
    rows.push(await measure(`… page ${deepPage}, by one caller`, () => deep, { callers: 1 }))
  }
  const rare = rareTerms.map((term) => searchFor(term, token))
  rows.push(await measure('search, rare and absent terms', () => oneOf(rare)))
  for (const term of commonTerms) {
    const page = searchFor(term, token)
    rows.push(await measure(`search for “${term}”, one caller`, () => page, { callers: 1 }))
  }
  return rows
}

interface SearchAnew {
  readonly term: string
  readonly total: number
  readonly medianMs: number
  readonly maxMs: number
}

/** Nothing that was counted before may help: somebody is changed before each search. One caller, a page with its total. */
async function measureSearchesAnew(token: string): Promise<SearchAnew[]> {
  const [id = ''] = await someIds(token)
  const measured: SearchAnew[] = []
  for (const term of [...rareTerms.slice(0, 2), ...commonTerms]) {
    const times: number[] = []
    let total = 0
    for (let n = 0; n < searchesAnew; n += 1) {
      await change(id, token, n)
      const startedAt = performance.now()
      const answer = await ask(`/api/users?limit=20&search=${encodeURIComponent(term)}`, token)
      const { meta } = (await answer.json()) as { meta: { total: number } }
      times.push(performance.now() - startedAt)
      total = meta.total
    }
    measured.push({ term, total, medianMs: median(times), maxMs: Math.max(...times) })
  }
  return measured
}

async function change(id: string, token: string, n: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ profile: { bio: `bio ${n}` } })
  await (await fetch(`${server.url}/api/users/${id}`, { method: 'PATCH', headers, body })).arrayBuffer()
}

function searchFor(term: string, token: string): Shot {
  return shot('GET', `/api/users?limit=20&search=${encodeURIComponent(term)}`, { token })
}

/** Both servers take turns, so that what disturbs the one disturbs the other. */
async function measure(
  what: string,
  next: () => Shot,
  { callers = connections, turns = rounds }: { callers?: number; turns?: number } = {},
): Promise<Row> {
  const recorded = next()
  await teach(recorded)
  const [ours, theirs]: [Measured[], Measured[]] = [[], []]
  for (let round = 0; round <= turns; round += 1) {
    const own = await measured(server.pid, server.port, next, callers)
    const other = await measured(bare.pid ?? 0, barePort, () => recorded, callers)
    // The first turn warms both.
    if (round === 0) continue
    ours.push(own)
    theirs.push(other)
  }
  const ratio = median(ours.map(({ cpuMicros }, round) => (theirs[round]?.cpuMicros ?? Number.NaN) / cpuMicros))
  const row = { what, callers, roster: medians(ours), bare: medians(theirs), ratio }
  console.error(`${what}: ${row.roster.cpuMicros.toFixed(0)} µs, ratio ${ratio.toFixed(2)}`)
  return row
}

async function measured(pid: number, port: number, next: () => Shot, callers: number): Promise<Measured> {
  const before = await cpuSeconds(pid)
  const figures = await load(port, next, { connections: callers, seconds: turnSeconds, awake: true })
  const cpuMicros = (((await cpuSeconds(pid)) - before) * 1e6) / figures.requests
  return { ...figures, cpuMicros }
}

function medians(turns: readonly Measured[]): Measured {
  const of = (key: keyof Measured) => median(turns.map((turn) => turn[key]))
  return {
    requests: of('requests'),
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    cpuMicros: of('cpuMicros'),
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** Shows the bare server the answer that Roster gives, head and body. */
async function teach({ bytes, statuses: [status] }: Shot): Promise<void> {
  const [head = ''] = bytes.toString().split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const sent = fields.map((field): [string, string] => [
    field.slice(0, field.indexOf(':')),
    field.slice(field.indexOf(':') + 2),
  ])
  const answer = await fetch(server.url + line.split(' ')[1], { headers: sent.filter(([name]) => name !== 'host') })
  const body = await answer.text()
  const dropped = new Set(['date', 'connection', 'keep-alive'])
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !dropped.has(name)))
  bare.send({ status, headers, body })
  await once(bare, 'message')
}

async function conditional(id: string, token: string): Promise<Shot> {
  const answer = await ask(`/api/users/${id}`, token)
  await answer.arrayBuffer()
  const headers = { 'if-none-match': answer.headers.get('etag') ?? '' }
  return shot('GET', `/api/users/${id}`, { token, headers, statuses: [304] })
}

async function pathOfDeepPage(first: string, token: string): Promise<string> {
  let path = `${first}&count=false&cursor=`
  for (let page = 1; page < deepPage; page += 1) {
    const { meta } = (await (await ask(path, token)).json()) as { meta: { next: string | null } }
    if (meta.next === null) return path
    path = `${first}&count=false&cursor=${encodeURIComponent(meta.next)}`
  }
  return path
}

async function someIds(token: string): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; page <= 10; page += 1) {
    const answer = await ask(`/api/users?limit=100&page=${page}&fields=id`, token)
    const { data } = (await answer.json()) as { data: { id: string }[] }
    ids.push(...data.map(({ id }) => id))
  }
  return ids
}

function ask(path: string, token: string): Promise<Response> {
  return fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })
}

async function signIn({ url }: MeasuredServer): Promise<string> {
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@sudigital.com', password: 'admin123' }),
  })
  return ((await answer.json()) as { data: { accessToken: string } }).data.accessToken
}

function printSearches(searches: readonly SearchAnew[]): void {
  console.log(`\nsearches, one caller, ${searchesAnew} each, somebody changed before each\n`)
  console.log('| term | found | median ms | slowest ms |')
  console.log('| --- | ---: | ---: | ---: |')
  for (const { term, total, medianMs, maxMs } of searches)
    console.log(`| ${term} | ${total} | ${medianMs.toFixed(1)} | ${maxMs.toFixed(1)} |`)
}

function print(rows: readonly Row[]): void {
  console.log(
    `\n${users} users${onPostgres ? ' on PostgreSQL' : ''}, ${connections} connections, ${rounds} rounds of ${turnSeconds} s\n`,
  )
  console.log('| what | requests/s | p50 ms | p99 ms | CPU µs | bare requests/s | bare CPU µs | CPU ratio |')
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
  for (const { what, roster, bare: peer, ratio } of rows) {
    const cells = [
      roster.perSecond.toFixed(0),
      roster.p50Ms.toFixed(2),
      roster.p99Ms.toFixed(2),
      roster.cpuMicros.toFixed(0),
      peer.perSecond.toFixed(0),
      peer.cpuMicros.toFixed(0),
      ratio.toFixed(2),
    ]
    console.log(`| ${[what, ...cells].join(' | ')} |`)
  }
}
