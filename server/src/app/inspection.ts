import { existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { openSealer } from '../adapters/keys.ts'
import type { CredentialReads } from '../core/credentials/ports.ts'
import type { FactReads } from '../core/facts/ports.ts'
import type { UserReads } from '../core/ports.ts'
import { activeAdmins } from '../store/counts.ts'
import { credentialReads } from '../store/credentials.ts'
import { unfinishedErasures } from '../store/erasures.ts'
import { factReads } from '../store/facts.ts'
import { mailReads } from '../store/mail.ts'
import { migrations } from '../store/migrations/migrations.ts'
import type { Queries } from '../store/queries.ts'
import { userReads } from '../store/users.ts'
import { directoryFiles, readDirectoryKeys, refuseUnfinished } from './directory-key.ts'
import type { Settings } from './settings.ts'

/** When the directory was last backed up, as of the last backup that could note it. */
export const lastBackupFact = 'last_backup_at'

const statementMsMax = 15_000
const owedCountedMax = 1_000

/**
 * A look at a directory that changes nothing: no key or table is made, and a server that runs is not disturbed. Where none runs, reading the
 * file leaves an empty journal beside it, which the next start takes away.
 */
export interface Inspection extends AsyncDisposable {
  /** Numbers of the last step of the schema that was taken, and of the last that this program knows. */
  readonly schema: { readonly reached: number; readonly newest: number }
  /** Null while the schema is another than this program's. */
  readonly people: People | null
  /** The embedded database; null where there is none. */
  readonly file: { readonly bytes: number; isSound(): boolean } | null
  /** Of the database server; null where there is none. */
  readonly server: ServerFacts | null
}

export interface People {
  readonly users: UserReads
  readonly credentials: CredentialReads
  readonly facts: FactReads
  activeAdmins(): Promise<number>
  /** How many were erased before then of whom something is left in files; `isAll` where there are no more. */
  erasuresOwed(beforeMs: number): Promise<{ owed: number; isAll: boolean }>
  mailCounts(): Promise<{ waiting: number; dead: number }>
  /** When the latest of them was created. */
  newestAtMs(): Promise<number | null>
}

export interface ServerFacts {
  readonly nowMs: number
  /** Whether what is sent to it is encrypted on the way. */
  readonly encryptsConnection: boolean
  /** Whether our role may clean what the planner keeps of people. */
  readonly mayCleanStatistics: boolean
}

/** Null when there is no directory yet. Throws what `openDirectoryFor` would throw. */
export async function inspectDirectory(settings: Settings): Promise<Inspection | null> {
  return settings.databaseUrl === null ? inspectFile(settings) : inspectDatabase(settings, settings.databaseUrl)
}

/** Whether the database file begins otherwise than every unencrypted one (SQLite's file format, “The database header”); null without a file. */
export async function isFileEncrypted(settings: Settings): Promise<boolean | null> {
  const { database } = directoryFiles(settings)
  if (!existsSync(database)) return null
  await using file = await open(database, 'r')
  const header = Buffer.alloc(16)
  await file.read(header, 0, header.length, 0)
  return header.toString('latin1') !== 'SQLite format 3\0'
}

/** The steps of the schema that a database still has to take when it has taken those up to `reached`. */
export function stepsAfter(reached: number): { number: number; name: string }[] {
  return migrations.filter((step) => step.number > reached).map(({ number, name }) => ({ number, name }))
}

async function inspectFile(settings: Settings): Promise<Inspection | null> {
  const files = directoryFiles(settings)
  refuseUnfinished(settings)
  if (!existsSync(files.database)) return null
  const keys = await readDirectoryKeys(settings)
  const { openReading } = await import('../store/engines/sqlite/connection.ts')
  const { isSound } = await import('../store/engines/sqlite/copy.ts')
  const { newestMigration, reachedMigration } = await import('../store/engines/sqlite/migrate.ts')
  const { openQueries } = await import('../store/engines/sqlite/queries.ts')
  const connection = openReading(files.database, keys.file)
  const schema = { reached: reachedMigration(connection), newest: newestMigration() }
  return {
    schema,
    people: schema.reached === schema.newest ? peopleOf(openQueries(connection)) : null,
    file: { bytes: statSync(files.database).size, isSound: () => isSound(connection) },
    server: null,
    async [Symbol.asyncDispose]() {
      connection.close()
    },
  }
}

async function inspectDatabase(settings: Settings, url: string): Promise<Inspection | null> {
  const { mayCleanStatistics } = await import('../store/engines/postgres/cleaning.ts')
  const { ask, connectionOf, openPool } = await import('../store/engines/postgres/connections.ts')
  const { checkSuitability } = await import('../store/engines/postgres/suitability.ts')
  const { queriesOver } = await import('../store/engines/postgres/queries.ts')
  await using opened = new AsyncDisposableStack()
  const pool = opened.adopt(openPool(url, { size: 1, statementMsMax }), (open) => open.end())
  const connection = connectionOf(pool)
  const one = async <Row>(text: string) => (await ask(connection, { text })).rows[0] as Row

  await checkSuitability(connection)
  const { begun } = await one<{ begun: boolean }>(`select to_regclass('migrations') is not null as begun`)
  if (!begun) return null
  const { reached } = await one<{ reached: number }>('select coalesce(max(number), 0) as reached from migrations')
  const schema = { reached, newest: migrations.at(-1)?.number ?? 0 }
  const facts = await one<Omit<ServerFacts, 'mayCleanStatistics'>>(
    `select (extract(epoch from clock_timestamp()) * 1000)::bigint as "nowMs",
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as "encryptsConnection"`,
  )
  const server = { ...facts, mayCleanStatistics: await mayCleanStatistics(connection) }
  const keys = schema.reached === schema.newest ? await readDirectoryKeys(settings) : null
  const open = opened.move()
  return {
    schema,
    people: keys === null ? null : peopleOf(queriesOver(connection, openSealer(keys.seal))),
    file: null,
    server,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

function peopleOf(queries: Queries): People {
  return {
    users: userReads(queries),
    credentials: credentialReads(queries),
    facts: factReads(queries),
    activeAdmins: () => activeAdmins(queries),
    async erasuresOwed(beforeMs) {
      const owed = (await unfinishedErasures(queries, { beforeMs, limit: owedCountedMax })).length
      return { owed, isAll: owed < owedCountedMax }
    },
    mailCounts: mailReads(queries).counts,
    async newestAtMs() {
      const live = queries.sql.selectFrom('users').where('deleted_at', 'is', null)
      const [newest] = await queries.query(live.select(({ fn }) => fn.max('created_at').as('at')))
      return newest?.at ?? null
    },
  }
}
