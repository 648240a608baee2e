import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/src/app/port.ts'

/*
 * How much longer a read takes while people are imported into the same running, encrypted, embedded directory.
 *
 *   npm run bench:import [-- people [rounds]]        100,000 people, 3 rounds
 *
 * Each round starts a server of its own, reads users by id at a steady pace for a while, then goes on reading while `demo` adds people, and
 * prints the 50th and 99th percentiles of both. A read counts from the moment it was due, not from when it was sent, so that a stall shows in
 * every read that it delayed. Fails when the median round's 99th percentile grows by 20 ms or more.
 */

const people = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 3)
const readsPerSecond = 200
const quietSeconds = 10
const growthMsMax = 20
const launcher = fileURLToPath(new URL('../server/bin/roster.mjs', import.meta.url))

const growths: number[] = []
for (let round = 1; round <= rounds; round += 1) growths.push(await measureRound(round))
const growth = growths.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
console.log(
  `\nThe 99th percentile grows by ${growth.toFixed(1)} ms (median of ${rounds}); allowed are ${growthMsMax} ms.`,
)
process.exitCode = growth < growthMsMax ? 0 : 1

async function measureRound(round: number): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'roster-bench-'))
  const environment = {
    ...process.env,
    DATA_DIR: directory,
    PORT: String(await freePort('127.0.0.1')),
    RATE_LIMITS: 'off',
  }
  const url = `http://127.0.0.1:${environment.PORT}`
  const server = run(['serve'], environment)
  try {
    await untilReady(url)
    const read = await readerOf(url)
    const quiet = await readSteadily(read, delay(quietSeconds * 1000))
    const startedAt = performance.now()
    const demo = run(['demo', '--users', String(people)], environment)
    const busy = await readSteadily(read, once(demo, 'exit'))
    if (demo.exitCode !== 0) throw new Error(`demo ended with ${demo.exitCode}`)
    const rate = people / ((performance.now() - startedAt) / 1000)
    console.log(
      `round ${round}: quiet ${shown(quiet)}; beside an import of ${people} (${rate.toFixed(0)}/s) ${shown(busy)}`,
    )
    return percentile(busy, 99) - percentile(quiet, 99)
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
    await rm(directory, { recursive: true, force: true })
  }
}

function run(words: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [launcher, ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const ready = await fetch(`${url}/health/ready`).catch(() => null)
    if (ready?.ok) return
    await delay(100)
  }
  throw new Error('the server did not become ready')
}

type Read = () => Promise<void>

async function readerOf(url: string): Promise<Read> {
  const credentials = { email: 'admin@sudigital.com', password: 'admin123' }
  const signedIn = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  const { data } = (await signedIn.json()) as { data: { accessToken: string; user: { id: string } } }
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const options = { agent, headers: { authorization: `Bearer ${data.accessToken}` } }
  return () =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}/api/users/${data.user.id}`, options, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`a read was answered with ${answer.statusCode}`))
        answer.resume().on('end', resolve)
      })
      asked.on('error', reject).end()
    })
}

/** Milliseconds each read took since it was due. */
async function readSteadily(read: Read, until: Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  const under: Promise<unknown>[] = []
  let isOver = false
  until.then(() => {
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
