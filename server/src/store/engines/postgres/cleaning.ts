import { setTimeout as delay } from 'node:timers/promises'
import { limits } from '../../../core/limits.ts'
import { type Cleanliness, DatabaseUnavailable } from '../engine.ts'
import { ask, type Connection, isForbidden, withConnection } from './connections.ts'

/*
 * What deleted rows leave in the files of PostgreSQL, and how it goes. VACUUM makes their room free, and overwrites none of it: the bytes stay in pages until
 * something else needs the room, and the index of the search keeps every gram that ever was. So a table that is written anew in a moment is (VACUUM FULL, for
 * which everybody who wants the table waits); of a larger one what was deleted is made free, and its indexes are built anew beside their use. What the planner
 * knows of a column are values out of its rows (PostgreSQL, “pg_statistic”), so it is gathered again, and the table that holds it written anew as well.
 */

/** Whatever has to do with one person. */
export const personalTables = [
  'users',
  'claims',
  'search_texts',
  'credentials',
  'sessions',
  'refresh_tokens',
  'factors',
  'recovery_codes',
  'challenges',
  'activity',
  'remembered_requests',
  'links',
  'invitations',
  'members',
  'mail',
  'api_tokens',
  'avatars',
] as const

/** What the planner keeps. */
const statistics = 'pg_statistic'

/** Says to other nodes that one cleans: the bytes of `rostercl`. */
const cleaningLock = '8246127600871466860'

/** In which a table has to be had, or it is left for another time: who waits for it holds up all who come later. */
const lockMsMax = 2_000
const readersMsMax = 30_000
const readersRestMs = 100

export async function cleanTables(url: string, stop: AbortSignal): Promise<Cleanliness> {
  return withConnection(url, async (connection) => {
    const { ours } = await firstOf(connection, `select pg_try_advisory_lock(${cleaningLock}) as ours`)
    if (ours !== true) return 'not_now'
    await ask(connection, { text: `set lock_timeout = ${lockMsMax}` })
    let isAllowed = true
    for (const table of [...personalTables, statistics]) {
      // What the planner kept has been deleted by what was done to the others, so that is waited for as well.
      const isFirstOfKind = table === personalTables[0] || table === statistics
      if (isFirstOfKind && !(await isSeenByNobody(connection, stop))) return 'not_now'
      if (stop.aborted) return 'not_now'
      const cleaned = await clean(connection, table)
      if (cleaned === 'not_now') return cleaned
      isAllowed &&= cleaned === 'clean'
    }
    return isAllowed ? 'clean' : 'not_allowed'
  })
}

async function clean(connection: Connection, table: string): Promise<Cleanliness> {
  const { size } = await firstOf(connection, `select pg_total_relation_size('${table}')::float8 as size`)
  if (table !== statistics && Number(size) > limits.rewrittenAtOnceBytesMax)
    return runAll(connection, [`vacuum (analyze) ${table}`, `reindex table concurrently ${table}`])
  const file = `select pg_relation_filenode('${table}') as node`
  const before = await firstOf(connection, file)
  const cleaned = await runAll(connection, [`vacuum (full${table === statistics ? '' : ', analyze'}) ${table}`])
  const after = await firstOf(connection, file)
  // Of what a role may not write anew PostgreSQL only warns (“VACUUM”).
  return cleaned === 'clean' && before.node === after.node ? 'not_allowed' : cleaned
}

async function firstOf(connection: Connection, text: string): Promise<Record<string, unknown>> {
  return (await ask(connection, { text })).rows[0] as Record<string, unknown>
}

/** Tells whether all were done, or one of them could not be at present, or by this role. */
async function runAll(connection: Connection, statements: readonly string[]): Promise<Cleanliness> {
  try {
    for (const text of statements) await ask(connection, { text })
    return 'clean'
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return 'not_now'
    if (isForbidden(error)) return 'not_allowed'
    throw error
  }
}

/**
 * Whether the role may have the table of statistics written anew: that takes the owner of the database, or, from PostgreSQL 17 on, a role that was given its
 * maintenance.
 */
export async function mayCleanStatistics(connection: Connection): Promise<boolean> {
  const maintains = `case when current_setting('server_version_num')::integer >= 170000
    then has_table_privilege('${statistics}', 'maintain') else false end`
  const { may } = await firstOf(
    connection,
    `select pg_has_role(current_user, datdba, 'usage') or ${maintains} as may
      from pg_database where datname = current_database()`,
  )
  return may === true
}

/**
 * Rows that somebody may still see are taken over, where they were deleted before this as well. That may be whoever is in a transaction here: to be had by their
 * locks, which all roles may see, also those of the server's own workers. And it may be whoever comes, as long as somebody writes who began before the rows were
 * deleted, in whatever database of the server: a snapshot reaches back to the oldest transaction that writes. So those have to be over first, and whoever
 * receives the changes of the server has to have come as far.
 */
async function isSeenByNobody(connection: Connection, stop: AbortSignal): Promise<boolean> {
  const endsAt = performance.now() + readersMsMax
  const areGone = async (query: { readonly text: string; readonly values: unknown[] }) => {
    while (performance.now() < endsAt && !stop.aborted) {
      if ((await ask(connection, query)).rows.length === 0) return true
      await delay(readersRestMs)
    }
    return false
  }
  const { next } = await firstOf(connection, `select pg_snapshot_xmax(${snapshot})::text as next`)
  if (!(await areGone({ text: writersBefore, values: [next] }))) return false
  const { rows: begun } = await ask(connection, { text: transactionsHere })
  const values = [begun.map(({ transaction }) => transaction)]
  return areGone({ text: `select 1 from (${transactionsHere}) as now where transaction = any($1) limit 1`, values })
}

/** What this connection would see: all before its `xmin` is over, nothing from its `xmax` on has begun to write or is over (PostgreSQL, “pg_snapshot”). */
const snapshot = 'pg_current_snapshot()'

/** Slots keep rows for replicas that ask for it, and rows of catalogs for whoever decodes the log (PostgreSQL, “pg_replication_slots”). */
const writersBefore = `select 1 where pg_snapshot_xmin(${snapshot}) < $1::xid8
  or exists (select 1 from pg_replication_slots where greatest(age(xmin), age(catalog_xmin)) > age($1::xid8::xid))`

/** Every transaction holds a lock on itself, from its beginning to its end (PostgreSQL, “pg_locks”). */
const transactionsHere = `select locks.virtualtransaction as transaction
  from pg_locks as locks join pg_stat_activity as those on those.pid = locks.pid
  where locks.locktype = 'virtualxid' and locks.pid <> pg_backend_pid()
    and those.datid = (select oid from pg_database where datname = current_database())`
