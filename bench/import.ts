import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/src/app/port.ts'
import { writePeople } from './import-file.ts'

/*
 * How fast people with password hashes come in from a file, and what that takes.
 *
 *   npm run bench:import [-- people [more]]        1,000,000 people, then 100,000 more
 *
 * First into an empty directory of the embedded engine that nobody else uses; then as many more beside a server of the same directory, from which users
 * are read by id 200 times a second all the while. A read counts from the moment it was due, so that a stall shows in every read that it delayed.
 * States the processor time of each thread for each user, and the most memory that each process had, and fails when a target is missed or somebody
 * is not there.
 */

const people = Number(process.argv[2] ?? 1_000_000)
const more = Number(process.argv[3] ?? 100_000)
const targets = { emptyPerSecond: 15_000, livePerSecond: 5_000, memoryMb: 500, readMs: 50 }
const readsPerSecond = 200
const quietSeconds = 10
const lookMs = 200
const ticksPerSecond = 100
const launcher = fileURLToPath(new URL('../server/bin/roster.mjs', import.meta.url))

const place = await mkdtemp(join(tmpdir(), 'roster-bench-'))
const missed: string[] = []
try {
  const environment = {
    ...process.env,
    DATA_DIR: join(place, 'data'),
    PORT: String(await freePort('127.0.0.1')),
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
  }
  const [first, second] = [join(place, 'people.ndjson'), join(place, 'more.ndjson')]
  await writePeople(first, people)
  await writePeople(second, more, { seed: 2, firstNamesake: people })

  const filled = await importFile(first, environment)
  tell('an empty directory', filled, targets.emptyPerSecond, people)

  const server = run(['serve'], environment)
  const looked = lookAfter(server)
  try {
    const url = `http://127.0.0.1:${environment.PORT}`
    await untilReady(url)
    const { read, total } = await readerOf(url)
    const quiet = await readSteadily(read, delay(quietSeconds * 1000))
    const importing = importFile(second, environment)
    const busy = await readSteadily(read, importing)
    tell('the same beside a server', await importing, targets.livePerSecond, more)
    console.log(`reads alone ${shown(quiet)}; beside it ${shown(busy)}`)
    judge('p99 of reads', percentile(busy, 99), '<', targets.readMs)
    judge('people in the end', await total(), '>=', people + more)
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
  const { peakMb } = await looked
  console.log(`the server had ${peakMb.toFixed(0)} MB at most`)
  judge('MB of the server', peakMb, '<', targets.memoryMb)
} finally {
  await rm(place, { recursive: true, force: true })
}
if (missed.length > 0) console.log(`\nMissed: ${missed.join('; ')}.`)
process.exitCode = missed.length === 0 ? 0 : 1

interface Done {
  readonly added: number
  readonly seconds: number
  readonly peakMb: number
  /** Seconds of processor, by the name of the thread. */
  readonly processor: ReadonlyMap<string, number>
}

async function importFile(file: string, environment: NodeJS.ProcessEnv): Promise<Done> {
  const child = run(['import', file, '--json'], environment, 'pipe')
  const looking = lookAfter(child)
  let out = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  const { peakMb, processor } = await looking
  if (child.exitCode !== 0) throw new Error(`import ended with ${child.exitCode}`)
  return { ...(JSON.parse(out) as { added: number; seconds: number }), peakMb, processor }
}

function tell(into: string, { added, seconds, peakMb, processor }: Done, perSecond: number, wanted: number): void {
  const threads = [...processor].map(([name, took]) => `${name} ${((took / added) * 1e6).toFixed(0)} µs`)
  const rate = added / seconds
  console.log(
    `into ${into}: ${added} in ${seconds.toFixed(1)} s, ${rate.toFixed(0)} a second; ${peakMb.toFixed(0)} MB at most; processor for each: ${threads.join(', ')}`,
  )
  judge(`a second into ${into}`, rate, '>=', perSecond)
  judge(`MB into ${into}`, peakMb, '<', targets.memoryMb)
  judge(`added into ${into}`, added, '>=', wanted)
}

function judge(what: string, value: number, is: '<' | '>=', target: number): void {
  if (is === '<' ? value < target : value >= target) return
  missed.push(`${what} ${value.toFixed(1)}, wanted ${is} ${target}`)
}

// ── processes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function run(words: string[], env: NodeJS.ProcessEnv, out: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
  return spawn(process.execPath, [launcher, ...words], { env, stdio: ['ignore', out, 'inherit'] })
}

/** What the operating system says of a process until it ends. */
async function lookAfter(child: ChildProcess): Promise<Pick<Done, 'peakMb' | 'processor'>> {
  const ended = once(child, 'exit')
  let isOver = false
  ended.then(() => {
    isOver = true
  })
  let peakMb = 0
  const ofThread = new Map<string, readonly [name: string, seconds: number]>()
  while (!isOver) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    peakMb = Math.max(peakMb, (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024) / 1e6)
    for (const id of await readdir(`/proc/${child.pid}/task`).catch(() => [])) {
      const stat = await readFile(`/proc/${child.pid}/task/${id}/stat`, 'utf8').catch(() => '')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const name = /\((.*)\)/s.exec(stat)?.[1]
      if (name !== undefined) ofThread.set(id, [name, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond])
    }
    await Promise.race([ended, delay(lookMs)])
  }
  const processor = new Map<string, number>()
  for (const [name, seconds] of ofThread.values()) processor.set(name, (processor.get(name) ?? 0) + seconds)
  return { peakMb, processor }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const ready = await fetch(`${url}/health/ready`).catch(() => null)
    if (ready?.ok) return
    await delay(100)
  }
  throw new Error('the server did not become ready')
}

// ── reads ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Read = () => Promise<void>

/** As the admin of a directory that has none yet who can sign in. */
async function readerOf(url: string): Promise<{ read: Read; total: () => Promise<number> }> {
  const credentials = { email: 'reader@example.org', password: ['Far', 'from', 'home', '77!'].join(' ') }
  const made = spawn(
    process.execPath,
    [
      launcher,
      'create-admin',
      '--email',
      credentials.email,
      '--first-name',
      'Reader',
      '--last-name',
      'One',
      '--password-stdin',
    ],
    { env: { ...process.env, DATA_DIR: join(place, 'data') }, stdio: ['pipe', 'ignore', 'inherit'] },
  )
  made.stdin.end(credentials.password)
  await once(made, 'exit')
  const signedIn = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  const { data } = (await signedIn.json()) as { data: { accessToken: string; user: { id: string } } }
  const headers = { authorization: `Bearer ${data.accessToken}` }
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const read: Read = () =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}/api/users/${data.user.id}`, { agent, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`a read was answered with ${answer.statusCode}`))
        answer.resume().on('end', resolve)
      })
      asked.on('error', reject).end()
    })
  return {
    read,
    async total() {
      const answer = await fetch(`${url}/api/users?limit=1`, { headers })
      const list = (await answer.json()) as { pagination?: { total: number }; meta?: { total: number } }
      return list.pagination?.total ?? list.meta?.total ?? Number.NaN
    },
  }
}

/** Milliseconds each read took since it was due. */
async function readSteadily(read: Read, until: Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  const under: Promise<unknown>[] = []
  let isOver = false
  until.finally(() => {
    isOver = true
  })
  const startedAt = performance.now()
  for (let n = 0; !isOver; n += 1) {
    const dueAt = startedAt + (n * 1000) / readsPerSecond
    const early = dueAt - performance.now()
    if (early > 0) await delay(early)
    under.push(read().then(() => took.push(performance.now() - dueAt)))
  }
  await Promise.all(under)
  return took.toSorted((a, b) => a - b)
}

function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}

function shown(sorted: readonly number[]): string {
  return `p50 ${percentile(sorted, 50).toFixed(1)} ms, p99 ${percentile(sorted, 99).toFixed(1)} ms (${sorted.length} reads)`
}
