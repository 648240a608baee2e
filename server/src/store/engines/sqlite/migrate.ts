import { type ColumnTypes, type Migration, migrations } from '../../migrations/migrations.ts'
import { DatabaseTooNew } from '../engine.ts'
import type { Connection } from './connection.ts'
import { openQueries } from './queries.ts'

/** A step of the schema that was taken. */
export interface AppliedMigration {
  readonly number: number
  readonly name: string
}

/** Texts are compared byte by byte, which in UTF-8 is the order of code points. */
const columnTypes: ColumnTypes = {
  engine: 'sqlite',
  id: 'text',
  text: 'text',
  integer: 'integer',
  flag: 'integer',
  sealed: 'text',
  sealedBytes: 'blob',
  autonumber: 'integer primary key autoincrement',
  keyed: 'strict, without rowid',
  plain: 'strict',
}

/** Brings the schema up to this program, each step in a transaction of its own, and answers the steps that were missing. */
export async function migrate(
  connection: Connection,
  nowMs: number,
  steps: readonly Migration[] = migrations,
): Promise<AppliedMigration[]> {
  connection.exec(
    'create table if not exists migrations (number integer primary key, name text not null, applied_at integer not null) strict',
  )
  const reached = reachedMigration(connection)
  const newest = newestMigration(steps)
  if (reached > newest) {
    throw new DatabaseTooNew(
      `The database is of schema ${reached}, this program knows ${newest}: start a newer program, or restore a backup.`,
    )
  }
  const missing = steps.filter((step) => step.number > reached)
  for (const step of missing) await take(connection, step, nowMs)
  return missing.map(({ number, name }) => ({ number, name }))
}

/** The number of the last step that was taken. */
export function reachedMigration(connection: Connection): number {
  return connection.prepare('select coalesce(max(number), 0) from migrations').pluck().get() as number
}

/** The number of the last step that this program knows. */
export function newestMigration(steps: readonly Migration[] = migrations): number {
  return steps.at(-1)?.number ?? 0
}

async function take(connection: Connection, step: Migration, nowMs: number): Promise<void> {
  connection.exec('begin immediate')
  try {
    for (const statement of step.statements(columnTypes)) connection.exec(statement)
    await step.fill?.(openQueries(connection))
    connection
      .prepare('insert into migrations (number, name, applied_at) values (?, ?, ?)')
      .run([step.number, step.name, nowMs])
    connection.exec('commit')
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw error
  }
}
