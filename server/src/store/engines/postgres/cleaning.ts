import { setTimeout as delay } from 'node:timers/promises'
import { limits } from '../../../core/limits.ts'
import { type Cleaning, type Cleanliness, DatabaseUnavailable } from '../engine.ts'
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
/** How long each stage of a try waits for whoever may still see what was deleted. */
const seersMsMax = 30_000
const seersRestMs = 100

/** Tables that are cleaned once nobody sees what was deleted from them. */
interface Stage {
  readonly left: string[]
  /** Asks for whoever does, of what was deleted before `$1`. */
  readonly seers: string
  /** The transaction that was the next to write when all of it was deleted, once it is. */
  before: string | null
}

export function beginCleaning(url: string, { waitMsMax = seersMsMax }: { waitMsMax?: number } = {}): Cleaning {
  // What the planner kept is deleted by the cleaning of the tables that it kept it of.
  const stages: Stage[] = [
    { left: [...personalTables], seers: seersOf(['xmin']), before: null },
    { left: [statistics], seers: seersOf(['xmin', 'catalog_xmin']), before: null },
  ]
  let isAllowed = true
  return (stop) =>
    withConnection(url, async (connection) => {
      const { ours } = await firstOf(connection, `select pg_try_advisory_lock(${cleaningLock}) as ours`)
      if (ours !== true) return 'not_now'
      await ask(connection, { text: `set lock_timeout = ${lockMsMax}` })
      for (const stage of stages) {
        stage.before = earlier(stage.before, await nextWriter(connection))
        if (!(await isSeenByNobody(connection, stage, performance.now() + waitMsMax, stop)))
          return stop.aborted ? 'not_now' : 'still_seen'
        for (const table of [...stage.left]) {
          if (stop.aborted) return 'not_now'
          const cleaned = await clean(connection, table)
          if (cleaned === 'not_now') return cleaned
          isAllowed &&= cleaned === 'clean'
          stage.left.shift()
        }
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

/** A server that another was moved to may have come less far. */
function earlier(known: string | null, next: string): string {
  return known !== null && BigInt(known) < BigInt(next) ? known : next
}

async function nextWriter(connection: Connection): Promise<string> {
  const { next } = await firstOf(connection, 'select pg_snapshot_xmax(pg_current_snapshot())::text as next')
  return String(next)
}

async function isSeenByNobody(
  connection: Connection,
  { seers, before }: Stage,
  untilMs: number,
  stop: AbortSignal,
): Promise<boolean> {
  while (!stop.aborted) {
    if ((await ask(connection, { text: seers, values: [before] })).rows.length === 0) return true
    if (performance.now() > untilMs) break
    await delay(seersRestMs)
  }
  return false
}

/**
 * A table that is written anew takes rows along that somebody may still see, and does not say so (PostgreSQL, “Routine Vacuuming”). That is whoever began to look
 * when they were there, here or, by way of a replica that tells us, there, where no database is named. It is whoever will begin while somebody writes who began
 * before they were deleted, in whatever database of the server: a snapshot reaches back to the oldest of those. And it is a slot of replication, which keeps rows
 * of tables (`xmin`) or of catalogs (`catalog_xmin`) until its receiver has come as far; one that is lost keeps none. All of this every role may ask.
 */
function seersOf(kept: readonly ('xmin' | 'catalog_xmin')[]): string {
  const isBefore = (xmin: string) => `age(${xmin}) > age($1::xid8::xid)`
  return `select 1 where pg_snapshot_xmin(pg_current_snapshot()) < $1::xid8
    or exists (select 1 from pg_stat_activity where ${isBefore('backend_xmin')} and pid <> pg_backend_pid()
      and (datid is null or datid = (select oid from pg_database where datname = current_database())))
    or exists (select 1 from pg_replication_slots
      where wal_status is distinct from 'lost' and (${kept.map(isBefore).join(' or ')}))`
}
