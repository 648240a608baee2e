import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/src/app/port.ts'
import { type Figures, load, type Shot, shot } from './load.ts'

/*
 * What requests cost, beside what the same bytes cost a bare `node:http` server in the same run.
 *
 *   npm run bench [-- users [seconds]]        100,000 users, 4 seconds for each measurement
 *
 * One process on an encrypted embedded directory, metrics and rate limits on (with room enough). CPU is what the operating system counted for
 * the server, threads and all, divided by its requests: it hardly changes with what else the machine does, as throughput does. The directory
 * is kept in `data/bench-<users>` for the next run. Linux only: CPU is read from /proc.
 */

const users = Number(process.argv[2] ?? 100_000)
const seconds = Number(process.argv[3] ?? 4)
const connections = 16
const ticksPerSecond = 100
const launcher = fileURLToPath(new URL('../server/bin/roster.mjs', import.meta.url))
const directory = fileURLToPath(new URL(`../data/bench-${users}`, import.meta.url))

interface Row {
  readonly what: string
  readonly roster: Figures & { cpuMicros: number }
  readonly bare: (Figures & { cpuMicros: number }) | null
}

const environment = {
  ...process.env,
  DATA_DIR: directory,
  PORT: String(await freePort('127.0.0.1')),
  LOG_LEVEL: 'error',
  GUESSES_PER_ACCOUNT: '1000',
  GUESSES_PER_ADDRESS: '100000',
  ...Object.fromEntries(
    ['USERS_LIST', 'USERS_CREATE', 'USERS_UPDATE', 'USERS_DELETE', 'OTHER', 'AUTH'].map((name) => [
      `RATE_LIMIT_${name}`,
      '1000000',
    ]),
  ),
}
const port = Number(environment.PORT)
const url = `http://127.0.0.1:${port}`

await fillOnce()
const startedAt = performance.now()
const server = spawn(process.execPath, [launcher, 'serve'], {
  env: environment,
  stdio: ['ignore', 'ignore', 'inherit'],
})
await untilReady()
const readyMs = performance.now() - startedAt
const bare = fork(fileURLToPath(new URL('bare-server.ts', import.meta.url)))
const [{ port: barePort }] = (await once(bare, 'message')) as [{ port: number }]
try {
  const rows = await measureAll()
  print(rows)
  console.log(
    `\nready in ${readyMs.toFixed(0)} ms with ${users} users; ${(await residentMiB(server)).toFixed(0)} MiB resident`,
  )
  await writeFile(
    join(directory, 'figures.json'),
    JSON.stringify({ users, seconds, connections, readyMs, rows }, null, 2),
  )
} finally {
  bare.disconnect()
  server.kill('SIGTERM')
  await once(server, 'exit')
}

async function measureAll(): Promise<Row[]> {
  const token = await signIn()
  const ids = await someIds(token)
  const oneOf = <T>(things: readonly T[]): T => things[Math.floor(Math.random() * things.length)] as T
  const readsById = ids.map((id) => shot('GET', `/api/users/${id}`, { token }))
  const etagged = await Promise.all(ids.slice(0, 200).map((id) => conditional(id, token)))
  const me = shot('GET', '/api/users/me', { token })
  const rows = [
    await measure('read by id', () => oneOf(readsById)),
    await measure('304 by If-None-Match', () => oneOf(etagged)),
    await measure('me', () => me),
  ]
  for (const sort of ['created_at', 'updatedAt', 'lastLoginAt', 'email', 'firstName', 'lastName']) {
    const page = shot('GET', `/api/users?limit=20&sort=${sort}&order=asc`, { token })
    rows.push(await measure(`list of 20 by ${sort}`, () => page))
  }
  for (const term of ['zzqx', 'guiying.li2', '李', 'zq', 'maria', 'lovelace']) {
    const page = shot('GET', `/api/users?limit=20&search=${encodeURIComponent(term)}`, { token })
    rows.push(await measure(`search for “${term}”`, () => page))
  }
  let n = 0
  const updates = () => {
    n += 1
    return shot('PATCH', `/api/users/${ids[n % ids.length]}`, {
      token,
      body: JSON.stringify({ profile: { bio: `bio ${n}` } }),
    })
  }
  rows.push(await measure('durable update', updates, null))
  return rows
}

/** Both servers take turns, so that what disturbs the one disturbs the other. */
async function measure(what: string, next: () => Shot, recorded: Shot | null = next()): Promise<Row> {
  await load(port, next, { connections, seconds: 0.5 })
  const roster = await measured(server, port, next)
  if (recorded === null) return { what, roster, bare: null }
  await teach(recorded)
  return { what, roster, bare: await measured(bare, barePort, () => recorded) }
}

async function measured(child: ChildProcess, at: number, next: () => Shot): Promise<Figures & { cpuMicros: number }> {
  const before = await cpuSeconds(child)
  const figures = await load(at, next, { connections, seconds })
  const cpuMicros = (((await cpuSeconds(child)) - before) * 1e6) / figures.requests
  return { ...figures, cpuMicros }
}

/** Shows the bare server the answer that Roster gives, head and body. */
async function teach({ bytes, status }: Shot): Promise<void> {
  const [head = ''] = bytes.toString().split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const sent = fields.map((field): [string, string] => [
    field.slice(0, field.indexOf(':')),
    field.slice(field.indexOf(':') + 2),
  ])
  const answer = await fetch(url + line.split(' ')[1], { headers: sent.filter(([name]) => name !== 'host') })
  const body = await answer.text()
  const dropped = new Set(['date', 'connection', 'keep-alive'])
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !dropped.has(name)))
  bare.send({ status, headers, body })
  await once(bare, 'message')
}

async function conditional(id: string, token: string): Promise<Shot> {
  const answer = await fetch(`${url}/api/users/${id}`, { headers: { authorization: `Bearer ${token}` } })
  await answer.arrayBuffer()
  const headers = { 'if-none-match': answer.headers.get('etag') ?? '' }
  return shot('GET', `/api/users/${id}`, { token, headers, status: 304 })
}

async function someIds(token: string): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; page <= 10; page += 1) {
    const answer = await fetch(`${url}/api/users?limit=100&page=${page}&fields=id`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { data } = (await answer.json()) as { data: { id: string }[] }
    ids.push(...data.map(({ id }) => id))
  }
  return ids
}

async function signIn(): Promise<string> {
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@sudigital.com', password: 'admin123' }),
  })
  return ((await answer.json()) as { data: { accessToken: string } }).data.accessToken
}

async function fillOnce(): Promise<void> {
  if (existsSync(join(directory, 'filled'))) return
  await mkdir(directory, { recursive: true })
  for (const words of [['serve'], ['demo', '--users', String(users), '--seed', '1']]) {
    const child = spawn(process.execPath, [launcher, ...words], {
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if (words[0] === 'serve') {
      await untilReady()
      child.kill('SIGTERM')
    }
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`${words[0]} ended with ${code}`)
  }
  await writeFile(join(directory, 'filled'), '')
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    const ready = await fetch(`${url}/health/ready`).catch(() => null)
    if (ready?.ok) return
    await delay(10)
  }
  throw new Error('the server did not become ready')
}

async function cpuSeconds({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

async function residentMiB({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}

function print(rows: readonly Row[]): void {
  console.log(`\n${users} users, ${connections} connections, ${seconds} s each\n`)
  console.log('| what | requests/s | p50 ms | p99 ms | CPU µs | bare requests/s | bare CPU µs | CPU ratio |')
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
  for (const { what, roster, bare: peer } of rows) {
    const own = [
      roster.perSecond.toFixed(0),
      roster.p50Ms.toFixed(2),
      roster.p99Ms.toFixed(2),
      roster.cpuMicros.toFixed(0),
    ]
    const others =
      peer === null
        ? ['', '', '']
        : [peer.perSecond.toFixed(0), peer.cpuMicros.toFixed(0), (peer.cpuMicros / roster.cpuMicros).toFixed(2)]
    console.log(`| ${[what, ...own, ...others].join(' | ')} |`)
  }
}
