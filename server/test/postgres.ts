import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** Where the run's own PostgreSQL listens, from `global-setup.ts` to the processes of the tests. */
const variable = 'ROSTER_TEST_POSTGRES'

let started: Promise<RunningPostgres> | undefined

export interface RunningPostgres {
  /** Of the server, without a database. */
  readonly url: string
  /** Needed by nobody: it also stops when this process ends, in whatever way. */
  stop(): Promise<void>
}

/** A real PostgreSQL: the one that the run's global setup started, else one for this process. */
export function startPostgres(): Promise<RunningPostgres> {
  const url = process.env[variable]
  started ??= url ? Promise.resolve({ url, stop: async () => {} }) : startProcess()
  return started
}

/** One more, for what a whole server has to be set otherwise for, such as `wal_level=logical`. */
export async function startOwnPostgres(configuration: readonly string[]): Promise<RunningPostgres & AsyncDisposable> {
  const postgres = await startProcess(configuration)
  return { ...postgres, [Symbol.asyncDispose]: postgres.stop }
}

/** Starts one PostgreSQL for all test processes that this process is going to start. */
export async function startSharedPostgres(): Promise<RunningPostgres> {
  const postgres = await startPostgres()
  process.env[variable] = postgres.url
  return postgres
}

export interface FreshDatabase extends AsyncDisposable {
  readonly url: string
  /** Cuts off whoever is still connected. */
  drop(): Promise<void>
}

/** An empty database of one's own, UTF-8 unless asked otherwise. */
export function freshDatabase({ encoding = 'UTF8' }: { encoding?: 'UTF8' | 'SQL_ASCII' } = {}): Promise<FreshDatabase> {
  const locale = encoding === 'UTF8' ? 'C.UTF-8' : 'C'
  return createDatabase(`TEMPLATE template0 ENCODING '${encoding}' LOCALE '${locale}'`)
}

/** A copy of a database that nobody is connected to. */
export function copyDatabase({ url }: { readonly url: string }): Promise<FreshDatabase> {
  return createDatabase(`TEMPLATE ${new URL(url).pathname.slice(1)}`)
}

/** Files are copied as they are: that takes half as long as to write them once more through the server. */
async function createDatabase(how: string): Promise<FreshDatabase> {
  const server = await startPostgres()
  const name = `world_${randomBytes(8).toString('hex')}`
  administration ??= new pg.Pool({ connectionString: `${server.url}/postgres`, max: 2, allowExitOnIdle: true })
  const pool = administration
  await pool.query(`CREATE DATABASE ${name} ${how} STRATEGY file_copy`)
  const drop = async () => void (await pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  return { url: `${server.url}/${name}`, drop, [Symbol.asyncDispose]: drop }
}

let administration: pg.Pool | undefined

async function startProcess(configuration: readonly string[] = []): Promise<RunningPostgres> {
  const script = fileURLToPath(new URL('postgres-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, ...configuration], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const exited = once(child, 'exit')
  const first = await Promise.race([once(lines, 'line'), exited.then(() => null)])
  if (first === null) throw new Error('PostgreSQL for the tests did not start')
  for (const held of [child, child.stdin, child.stdout]) (held as { unref?: () => void }).unref?.()
  const stop = async () => {
    child.stdin.end()
    await exited
  }
  return { url: String(first[0]), stop }
}
