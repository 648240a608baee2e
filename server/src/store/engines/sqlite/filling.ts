import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { limits } from '../../../core/limits.ts'
import type { Dialect } from '../../queries.ts'
import { type Connection, usual } from './connection.ts'
import { giveBack } from './give-back.ts'
import type { IndexerTask, Made } from './indexer.ts'
import type { Seat } from './messages.ts'
import { openNamesAside } from './names-aside.ts'
import { dialect, openQueries } from './queries.ts'
import { type Indexed, makeSegments, nothingIndexed, openSegmentWriter, type SegmentSink } from './search-filling.ts'

// A directory that is empty, and that nobody else uses, is filled without what its lists and searches go by: to keep that up to date row by row costs
// several times what it costs to make it in the end. That it is owed is a fact of the directory, from the transaction that drops the indexes to the
// one after the last is made: whoever opens it in between makes them first. Names are claimed in the end as well.

const owed = 'indexes owed'

/** What a power failure takes back is imported again: how far an import came stands in the same transactions. */
const whileFilling = { cacheKib: 16 * 1024, checkpointPages: 16_384, synchronous: 'normal' }
/** The sorter has in memory all that it sorts, and reads and writes every page once. */
const whileSorting = { ...whileFilling, cacheKib: 8 * 1024 }

/** How SQL is spoken meanwhile: nobody is put into the index of the search, and no name into the table of claims. */
export function fillingDialect(
  connection: Connection,
): Dialect & { readonly names: ReturnType<typeof openNamesAside> } {
  return { ...dialect, search: { ...dialect.search, async put() {} }, names: openNamesAside(connection) }
}

interface Debt {
  readonly indexes: readonly { readonly name: string; readonly sql: string }[]
  readonly indexed: Indexed
  readonly isSearchable: boolean
  readonly hasClaims: boolean
}

const nothingMade = { indexed: nothingIndexed, isSearchable: false, hasClaims: false }

/** Drops what can be made in the end; unless more people are there than an empty directory begins with, when it answers false. */
export function beginFilling(connection: Connection): boolean {
  const isOwed = owesIndexes(connection)
  // What was made of it so far knows nobody who comes now.
  if (isOwed) noteDebt(connection, nothingMade)
  const begins = isOwed || putOffIndexes(connection)
  if (begins) tune(connection, whileFilling)
  return begins
}

function putOffIndexes(connection: Connection): boolean {
  const people = connection.prepare('select count(*) from (select 1 from users limit ?)').pluck()
  if ((people.get([limits.usersBeforeFillingMax + 1]) as number) > limits.usersBeforeFillingMax) return false
  const indexes = connection
    .prepare(`select name, sql from sqlite_schema
      where type = 'index' and tbl_name in ('users', 'activity') and sql not like 'create unique %'`)
    .all() as Debt['indexes']
  inTransaction(connection, () => {
    connection.prepare('insert into facts (name, value) values (?, ?)').run([owed, '{}'])
    noteDebt(connection, { indexes, ...nothingMade })
    for (const { name } of indexes) connection.exec(`drop index ${name}`)
  })
  return true
}

/** Whether it was left before its indexes were made. */
export function owesIndexes(connection: Connection): boolean {
  const facts = connection.prepare(`select 1 from sqlite_schema where name = 'facts'`)
  return facts.get() !== undefined && debtOf(connection) !== null
}

/**
 * Makes what is owed, each step in a transaction of its own: broken off, it goes on from there when it is called again. The index of the search is made
 * by another thread meanwhile, unless that would take as long to start.
 */
export async function endFilling(connection: Connection, seat: Seat): Promise<void> {
  tune(connection, whileSorting)
  const debt = debtOf(connection)
  // The most that is sorted at once: beside the index of the search it would take more memory than an import is given.
  if (debt?.hasClaims === false) makeClaims(connection)
  const search = debt === null || debt.isSearchable ? null : indexSearch(connection, seat, debt.indexed)
  for (const sort of sortsOwed(connection)) {
    // What one took to be sorted is given back before the next.
    connection.pragma('shrink_memory')
    giveBack()
    sort()
    await turn()
  }
  await search
  connection.prepare('delete from facts where name = ?').run([owed])
  tune(connection, usual)
}

function sortsOwed(connection: Connection): (() => void)[] {
  const debt = debtOf(connection)
  const isThere = connection.prepare(`select 1 from sqlite_schema where type = 'index' and name = ?`)
  const indexes = (debt?.indexes ?? []).filter(({ name }) => isThere.get([name]) === undefined)
  return indexes.map(
    ({ sql }) =>
      () =>
        void connection.exec(sql),
  )
}

async function indexSearch(connection: Connection, seat: Seat, indexed: Indexed): Promise<void> {
  const writer = openSegmentWriter(connection, indexed, (reached) => noteDebt(connection, { indexed: reached }))
  const people = connection.prepare('select count(*) from (select 1 from users limit ?)').pluck()
  if ((people.get([limits.usersIndexedAside]) as number) < limits.usersIndexedAside)
    makeSegments(openQueries(connection), indexed, writer)
  else await indexAside(writer, seat, indexed)
  connection.unsafeMode(false)
  noteDebt(connection, { isSearchable: true })
}

/** Of the indexer. What it reads and makes is garbage as soon as it is handed on. The limit that an import is started with goes before it. */
const maxYoungGenerationSizeMb = 16

async function indexAside(writer: SegmentSink, seat: Seat, indexed: Indexed): Promise<void> {
  const unwritten = new Int32Array(new SharedArrayBuffer(4))
  const workerData: IndexerTask = { seat, indexed, unwritten }
  const indexer = new Worker(new URL('./indexer.ts', import.meta.url), {
    name: 'indexer',
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb },
  })
  indexer.on('message', (made: Made) => {
    if (made.kind === 'end') writer.end(made.indexed)
    else if (made.kind === 'people') writer.people(...made.people)
    else writer.pages(...made.pages)
    Atomics.sub(unwritten, 0, made.bytes)
    Atomics.notify(unwritten, 0)
  })
  const [exitCode] = await once(indexer, 'exit')
  if (exitCode !== 0) throw new Error('the thread that makes the index of the search has ended')
}

/** In the order of the key. Who has which name follows from who is there. */
function makeClaims(connection: Connection): void {
  inTransaction(connection, () => {
    connection.exec('delete from claims')
    for (const kind of ['email', 'username'])
      connection.exec(`insert into claims (kind, value, user_id)
        select '${kind}', coalesce(folded_${kind}, lower(${kind})) as value, id from users
        where deleted_at is null and ${kind} is not null order by value`)
    noteDebt(connection, { hasClaims: true })
  })
}

function debtOf(connection: Connection): Debt | null {
  const value = connection.prepare('select value from facts where name = ?').pluck().get([owed])
  return value === undefined ? null : (JSON.parse(value as string) as Debt)
}

function noteDebt(connection: Connection, change: Partial<Debt>): void {
  const debt = { ...debtOf(connection), ...change }
  connection.prepare('update facts set value = ? where name = ?').run([JSON.stringify(debt), owed])
}

function tune(
  connection: Connection,
  { cacheKib, checkpointPages, synchronous }: Omit<typeof usual, 'journalBytesKept'>,
): void {
  connection.pragma(`cache_size = -${cacheKib}`)
  connection.pragma(`synchronous = ${synchronous}`)
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`)
}

function inTransaction(connection: Connection, work: () => void): void {
  connection.transaction(work).immediate()
}
