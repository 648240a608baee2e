import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Figures, load, shot } from './load.ts'
import { type MeasuredServer, openMeasuredServer } from './measured-server.ts'

/*
 * What it costs to stream all users at once, and how long reads by id take meanwhile.
 *
 *   npm run bench:stream [-- users]        1,000,000 users
 *
 * One process on an encrypted embedded directory sends GET /redirect-manager/api/v1/users whole, through one connection, while users are read by id
 * at a steady pace through others; a read counts from the moment it was due. Fails when the server's resident memory grows by more than 100 MiB, or
 * when the 99th percentile of those reads is above 25 ms. The directory is kept in `data/bench-<users>` for the next run. Linux only: memory is read
 * from /proc.
 */

const users = Number(process.argv[2] ?? 1_000_000)
const readsPerSecond = 200
const aloneSeconds = 10
const sampleMs = 100
const growthMiBMax = 100
const p99MsMax = 25
const connections = 16
/** Of the array, and of the chunks that it comes in. */
const theEnd = ']\r\n0\r\n\r\n'

const directory = fileURLToPath(new URL(`../data/bench-${users}`, import.meta.url))
await using server = await openMeasuredServer({ directory, users })
const token = await signIn(server)
const reads = (await someIds()).map((id) => shot('GET', `/api/users/${id}`, { token }))
const read = () => reads[Math.floor(Math.random() * reads.length)] as (typeof reads)[number]

const alone = await load(server.port, read, { connections, seconds: aloneSeconds, perSecond: readsPerSecond })
const startMiB = await server.residentMiB()
const over = new AbortController()
const sampled = sampleMemory(over.signal)
const reading = load(server.port, read, {
  connections,
  seconds: Number.POSITIVE_INFINITY,
  perSecond: readsPerSecond,
  until: over.signal,
})
const streamed = await streamAll().finally(() => over.abort())
const beside = await reading
const mostMiB = await sampled
const endMiB = await server.residentMiB()

const { count, bytes, seconds } = streamed
const perSecond = (count / seconds).toFixed(0)
console.log(`streamed ${count} users, ${(bytes / 2 ** 20).toFixed(1)} MiB in ${seconds.toFixed(1)} s (${perSecond}/s)`)
console.log(`resident: ${shown(startMiB)} at the start, ${shown(mostMiB)} at most, ${shown(endMiB)} at the end`)
console.log(`reads alone: ${told(alone)}`)
console.log(`reads beside the stream: ${told(beside)}`)
const growthMiB = mostMiB - startMiB
console.log(
  `\nMemory grows by ${shown(growthMiB)}; allowed are ${growthMiBMax} MiB. Allowed for p99 are ${p99MsMax} ms.`,
)
process.exitCode = growthMiB <= growthMiBMax && beside.p99Ms <= p99MsMax ? 0 : 1

/** Reads into one piece of memory: what the reader throws away would delay those who are timed beside it. */
async function streamAll(): Promise<{ count: number; bytes: number; seconds: number }> {
  const startedAt = performance.now()
  let count = 0
  let bytes = 0
  let end = ''
  const buffer = Buffer.alloc(2 ** 16)
  const hear = (length: number) => {
    const chunk = buffer.subarray(0, length)
    count += openingsIn(chunk)
    bytes += length
    end = (end + chunk.toString('latin1', Math.max(0, length - theEnd.length))).slice(-theEnd.length)
    return true
  }
  const socket = connect({ port: server.port, host: '127.0.0.1', onread: { buffer, callback: hear } })
  socket.write(shot('GET', '/redirect-manager/api/v1/users', { token, headers: { connection: 'close' } }).bytes)
  await once(socket, 'close')
  if (end !== theEnd || count < users) throw new Error(`the list broke off after ${count} users`)
  return { count, bytes, seconds: (performance.now() - startedAt) / 1000 }
}

/** Each user opens one brace; nobody's name has one. */
function openingsIn(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf('{'); at !== -1; at = chunk.indexOf('{', at + 1)) count += 1
  return count
}

async function sampleMemory(until: AbortSignal): Promise<number> {
  let most = 0
  while (!until.aborted) {
    most = Math.max(most, await server.residentMiB())
    await delay(sampleMs)
  }
  return most
}

async function signIn({ url }: MeasuredServer): Promise<string> {
  const answer = await fetch(`${url}/redirect-manager/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin@sudigital.com', password: 'admin123' }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

async function someIds(): Promise<string[]> {
  const answer = await fetch(`${server.url}/redirect-manager/api/v1/users?limit=100`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await answer.json()) as { id: string }[]).map(({ id }) => id)
}

function shown(miB: number): string {
  return `${miB.toFixed(0)} MiB`
}

function told({ p50Ms, p99Ms, requests }: Figures): string {
  return `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms (${requests} reads)`
}
