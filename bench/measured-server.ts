import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/src/app/port.ts'

const launcher = fileURLToPath(new URL('../server/bin/roster.mjs', import.meta.url))
const ticksPerSecond = 100
/** Room for everything that is measured; counting goes on. */
const plenty = '1000000'

/** A server of one's own, with people in it, as the operating system sees it. */
export interface MeasuredServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly readyMs: number
  readonly pid: number
  residentMiB(): Promise<number>
}

export interface MeasuredDirectory {
  /** Where it is kept from one run to the next. */
  readonly directory: string
  readonly users: number
  /** PostgreSQL in place of the embedded engine. */
  readonly databaseUrl?: string | undefined
}

/** Fills the directory with the people of a demo unless an earlier run did, and serves it. */
export async function openMeasuredServer({
  directory,
  users,
  databaseUrl,
}: MeasuredDirectory): Promise<MeasuredServer> {
  const port = await freePort('127.0.0.1')
  const url = `http://127.0.0.1:${port}`
  const environment = {
    ...process.env,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    DATA_DIR: directory,
    PORT: String(port),
    LOG_LEVEL: 'error',
    GUESSES_PER_ACCOUNT: '1000',
    GUESSES_PER_ADDRESS: '100000',
    ...Object.fromEntries(
      ['USERS_LIST', 'USERS_CREATE', 'USERS_UPDATE', 'USERS_DELETE', 'OTHER', 'AUTH'].map((name) => [
        `RATE_LIMIT_${name}`,
        plenty,
      ]),
    ),
  }
  const filled = join(directory, 'filled')
  // A database of PostgreSQL is gone with its server.
  if (databaseUrl !== undefined || !existsSync(filled)) {
    await mkdir(directory, { recursive: true })
    const first = await serve()
    await stop(first)
    const demo = run(['demo', '--users', String(users), '--seed', '1'], 'inherit')
    const [code] = await once(demo, 'exit')
    if (code !== 0) throw new Error(`demo ended with ${code}`)
    await writeFile(filled, '')
  }
  const startedAt = performance.now()
  const child = await serve()
  const readyMs = performance.now() - startedAt
  return {
    url,
    port,
    readyMs,
    pid: child.pid ?? 0,
    residentMiB: () => residentMiB(child.pid ?? 0),
    [Symbol.asyncDispose]: () => stop(child),
  }

  async function serve(): Promise<ChildProcess> {
    const child = run(['serve'], 'ignore')
    while (child.exitCode === null) {
      const ready = await fetch(`${url}/health/ready`).catch(() => null)
      if (ready?.ok) return child
      await delay(5)
    }
    throw new Error(`serve ended with ${child.exitCode}`)
  }

  function run(words: string[], out: 'ignore' | 'inherit'): ChildProcess {
    return spawn(process.execPath, [launcher, ...words], { env: environment, stdio: ['ignore', out, 'inherit'] })
  }
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

/** What the operating system has counted for all threads of a process. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}
