import type { Readable } from 'node:stream'
import { ask, type Connection, withConnection } from './connections.ts'
import { findPrograms, type ProgramPlace, run } from './programs.ts'
import { checkSuitability } from './suitability.ts'

/** What the database holds at the instant of a dump. */
export interface DumpFacts {
  readonly schema: number
  readonly counts: { readonly users: number; readonly deleted: number }
}

/** Has `pg_dump` write the directory as it is at one instant, and answers what is true at that same one. `take` is given what it writes. */
export function dumpDatabase(place: ProgramPlace, take: (dumped: Readable) => Promise<void>): Promise<DumpFacts> {
  return withConnection(place.url, async (connection) => {
    await checkSuitability(connection)
    const { major, namespace } = await serverFacts(connection)
    const { pg_dump: program } = await findPrograms(['pg_dump'], place, major)
    await ask(connection, { text: 'begin isolation level repeatable read read only' })
    await ask(connection, { text: 'set local idle_in_transaction_session_timeout = 0' })
    const { snapshot } = await one<{ snapshot: string }>(connection, 'select pg_export_snapshot() as snapshot')
    const { schema } = await one<{ schema: number }>(
      connection,
      'select coalesce(max(number), 0) as schema from migrations',
    )
    const counts = await one<DumpFacts['counts']>(
      connection,
      'select count(*) - count(deleted_at) as users, count(deleted_at) as deleted from users',
    )
    const words = ['--format=custom', '--compress=1', '--no-owner', '--no-privileges', '--no-unlogged-table-data']
    const dumping = run(program, [...words, `--snapshot=${snapshot}`, `--table="${namespace}".*`], place)
    try {
      await Promise.all([take(dumping.stdout), dumping.ended])
    } finally {
      dumping.kill()
    }
    return { schema, counts }
  })
}

/** The version of the server, and the schema in which Roster keeps its tables there. */
export async function serverFacts(connection: Connection): Promise<{ major: number; namespace: string }> {
  return one(
    connection,
    `select current_setting('server_version_num')::integer / 10000 as major, current_schema() as namespace`,
  )
}

export async function one<Row>(connection: Connection, text: string): Promise<Row> {
  return (await ask(connection, { text })).rows[0] as Row
}
