import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import pg from 'pg'

/** A program of PostgreSQL is missing, too old, or failed; the message says what to do. */
export class ProgramTrouble extends Error {
  override readonly name = 'ProgramTrouble'
}

export type ProgramName = 'pg_dump' | 'pg_restore' | 'psql'

/** Where programs are looked for, and what they are told of the database. */
export interface ProgramPlace {
  readonly url: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

const saidBytesMax = 4_000

/** Those on the PATH, all of them new enough for the server. */
export async function findPrograms<Name extends ProgramName>(
  names: readonly Name[],
  { environment }: Pick<ProgramPlace, 'environment'>,
  serverMajor: number,
): Promise<Record<Name, string>> {
  const remedy = `install PostgreSQL's client programs, version ${serverMajor} or later (Debian, Ubuntu: apt-get install postgresql-client)`
  const found = await Promise.all(
    names.map(async (name) => {
      const path = await onPath(name, environment.PATH)
      if (path === null) throw new ProgramTrouble(`there is no ${name} on the PATH: ${remedy}`)
      const child = spawn(path, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
      const [said] = await Promise.all([text(child.stdout), once(child, 'close')])
      const major = Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1])
      if (!(major >= serverMajor)) {
        throw new ProgramTrouble(`${path} is of version ${major}, and the database server of ${serverMajor}: ${remedy}`)
      }
      return [name, path] as const
    }),
  )
  return Object.fromEntries(found) as Record<Name, string>
}

async function onPath(name: string, path = ''): Promise<string | null> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  for (const directory of path.split(delimiter)) {
    const file = join(directory, `${name}${suffix}`)
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (directory !== '' && isThere) return file
  }
  return null
}

export interface Running {
  readonly stdin: Writable
  readonly stdout: Readable
  /** Settles when it has ended well; throws ProgramTrouble else. */
  readonly ended: Promise<void>
  kill(): void
}

/** How to reach the database is told by the environment, which other accounts of the machine cannot read. */
export function run(program: string, words: readonly string[], place: ProgramPlace): Running {
  const child = spawn(program, words, { env: environmentFor(place), stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    if (said.length < saidBytesMax) said += more
  })
  // Whoever writes hears of its end by `ended`.
  child.stdin.on('error', () => {})
  const ended = once(child, 'close').then(([code, signal]) => {
    if (code === 0) return
    const why = said.trim().split('\n')[0] ?? ''
    throw new ProgramTrouble(`${program} failed (${signal ?? code})${why === '' ? '' : `: ${why}`}`)
  })
  // Whoever asks late is told all the same.
  ended.catch(() => {})
  return { stdin: child.stdin, stdout: child.stdout, ended, kill: () => child.kill('SIGKILL') }
}

const fileSettings = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const
const kept = /^(?:PATH|HOME|LANG|LC_.+|PG.+|SystemRoot|APPDATA)$/

function environmentFor({ url, environment }: ProgramPlace): Record<string, string> {
  const own = Object.entries(environment).filter(([name]) => kept.test(name))
  const { host, port, user, password, database } = new pg.Client({ connectionString: url })
  const asked = new URL(url, 'postgres://localhost').searchParams
  const settings = fileSettings.map((name) => [`PG${name.toUpperCase()}`, asked.get(name)])
  const told: Record<string, unknown> = {
    ...{ PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database },
    ...Object.fromEntries(settings),
    PGAPPNAME: 'roster-backup',
  }
  const given = Object.entries(told).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return Object.fromEntries([...own, ...given.map(([name, value]) => [name, String(value)])])
}
