import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { ask, type Connection, withConnection } from './connections.ts'
import { one, serverFacts } from './dump.ts'
import { migrationLock } from './migrate.ts'
import { findPrograms, type ProgramPlace, ProgramTrouble, run } from './programs.ts'
import { checkSuitability } from './suitability.ts'

/** What a database is before something is restored into it. */
export interface RestoreTarget {
  readonly namespace: string
  readonly major: number
  /** The tables that are there. */
  readonly tables: readonly string[]
  /** How many other nodes or commands use it. */
  readonly nodes: number
}

export function lookAtTarget(url: string): Promise<RestoreTarget> {
  return withConnection(url, async (connection) => {
    await checkSuitability(connection)
    const facts = await serverFacts(connection)
    const { rows } = await ask(connection, {
      text: `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') order by 1`,
    })
    return { ...facts, tables: rows.map(({ name }) => name as string), nodes: await nodesOf(connection) }
  })
}

async function nodesOf(connection: Connection): Promise<number> {
  const { nodes } = await one<{ nodes: number }>(
    connection,
    `select count(*) as nodes from pg_stat_activity
      where datname = current_database() and application_name = 'roster' and pid <> pg_backend_pid()`,
  )
  return nodes
}

export interface RestoreWork {
  readonly target: RestoreTarget
  /** Where the tables that are there go; null where there are none. */
  readonly aside: string | null
  /** Facts that stand in the restored directory from its first instant, in place of those that were dumped. */
  readonly facts: Readonly<Record<string, string>>
}

/**
 * Puts a dump in place of whatever is there, in one transaction: whenever it is broken off, the database is as it was. Nodes that start meanwhile wait
 * for its end.
 */
export async function restoreDatabase(place: ProgramPlace, dumped: Readable, work: RestoreWork): Promise<void> {
  const programs = await findPrograms(['pg_restore', 'psql'], place, work.target.major)
  const restoring = run(programs.pg_restore, ['--file=-', '--no-owner', '--no-privileges', '--exit-on-error'], place)
  // What the server objects to is told by its code: a message may quote a row.
  const words = ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--set=VERBOSITY=sqlstate', '--file=-']
  const psql = run(programs.psql, words, place)
  psql.stdout.resume()
  try {
    psql.stdin.write(`begin;\nselect pg_advisory_xact_lock(${migrationLock});\n${movesAside(work)}`)
    await Promise.race([
      Promise.all([
        pipeline(dumped, restoring.stdin),
        pipeline(restoring.stdout, psql.stdin, { end: false }),
        restoring.ended,
      ]),
      psql.ended.then(() => {
        throw new ProgramTrouble('psql ended before everything was restored')
      }),
    ])
    // Only here is it known that all of it came, and unchanged: without these words the server takes everything back.
    psql.stdin.end(`${factsOf(work)}commit;\n`)
    await psql.ended
  } catch (thrown) {
    psql.kill()
    throw thrown
  } finally {
    restoring.kill()
    dumped.destroy()
  }
}

function movesAside({ target, aside }: RestoreWork): string {
  if (aside === null) return ''
  const moves = target.tables.map((table) => `alter table ${named(target, table)} set schema ${quoted(aside)};\n`)
  return `create schema ${quoted(aside)};\n${moves.join('')}`
}

function factsOf({ target, facts }: RestoreWork): string {
  const lines = Object.entries(facts).map(
    ([name, value]) =>
      `insert into ${named(target, 'facts')} (name, value) values (${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)})
        on conflict (name) do update set value = excluded.value;\n`,
  )
  return `\n${lines.join('')}`
}

function named({ namespace }: RestoreTarget, table: string): string {
  return `${quoted(namespace)}.${quoted(table)}`
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name)
}

/** A fact that is kept there, and the ids of whom the database says that they were erased. */
export function erasedIn(
  url: string,
  { tables }: RestoreTarget,
  factName: string,
): Promise<{ ids: string[]; fact: string | null }> {
  return withConnection(url, async (connection) => {
    const has = (table: string) => tables.includes(table)
    const erased = has('erasures')
      ? await ask(connection, { text: 'select user_id as id from erasures' })
      : { rows: [] }
    const facts = has('facts')
      ? await ask(connection, { text: 'select value from facts where name = $1', values: [factName] })
      : { rows: [] }
    const [fact = null] = facts.rows.map(({ value }) => value as string)
    return { ids: erased.rows.map(({ id }) => id as string), fact }
  })
}
