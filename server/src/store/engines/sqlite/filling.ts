import { limits } from '../../../core/limits.ts'
import type { Dialect } from '../../queries.ts'
import { fillSearchOn } from '../../search.ts'
import { type Connection, usual } from './connection.ts'
import { dialect, openQueries } from './queries.ts'

// A directory that is empty, and that nobody else uses, is filled without what its lists and searches go by: to keep that up to date row by row costs
// several times what it costs to make it in the end. That it is owed is a fact of the directory, from the transaction that drops the indexes to the
// one after the last is made: whoever opens it in between makes them first. What is claimed is indexed all the time.

const owed = 'indexes owed'

/** What a power failure takes back is imported again: how far an import came stands in the same transactions. */
const whileFilling = { cacheKib: 64 * 1024, checkpointPages: 16_384, synchronous: 'normal' }
/** The sorter has in memory all that it sorts, and reads and writes every page once. */
const whileSorting = { ...whileFilling, cacheKib: 8 * 1024 }

/** How SQL is spoken meanwhile: nobody is put into the index of the search. */
export const unsearched: Dialect = { ...dialect, search: { ...dialect.search, async put() {} } }

interface Debt {
  readonly indexes: readonly { readonly name: string; readonly sql: string }[]
  /** The number of the last user whom a search finds. */
  readonly searched: number
}

/** Drops what can be made in the end; unless more people are there than an empty directory begins with, when it answers false. */
export function beginFilling(connection: Connection): boolean {
  const begins = owesIndexes(connection) || putOffIndexes(connection)
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
    connection.prepare('insert into facts (name, value) values (?, ?)').run([owed, ''])
    noteDebt(connection, { indexes, searched: 0 })
    for (const { name } of indexes) connection.exec(`drop index ${name}`)
  })
  return true
}

/** Whether it was left before its indexes were made. */
export function owesIndexes(connection: Connection): boolean {
  const facts = connection.prepare(`select 1 from sqlite_schema where name = 'facts'`)
  return facts.get() !== undefined && debtOf(connection) !== null
}

/** Makes what is owed, each step in a transaction of its own: broken off, it goes on from there when it is called again. */
export async function endFilling(connection: Connection): Promise<void> {
  tune(connection, whileFilling)
  await indexSearch(connection)
  tune(connection, whileSorting)
  const isThere = connection.prepare(`select 1 from sqlite_schema where type = 'index' and name = ?`)
  for (const { name, sql } of debtOf(connection)?.indexes ?? [])
    if (isThere.get([name]) === undefined) sort(connection, sql)
  connection.prepare('delete from facts where name = ?').run([owed])
  tune(connection, usual)
}

/** What one index took to be sorted is given back before the next. */
function sort(connection: Connection, sql: string): void {
  connection.pragma('shrink_memory')
  connection.exec(sql)
}

function debtOf(connection: Connection): Debt | null {
  const value = connection.prepare('select value from facts where name = ?').pluck().get([owed])
  return value === undefined ? null : (JSON.parse(value as string) as Debt)
}

function noteDebt(connection: Connection, debt: Debt): void {
  connection.prepare('update facts set value = ? where name = ?').run([JSON.stringify(debt), owed])
}

/** In the order of numbers, in big transactions, each of which leaves one segment; and one merge of all in the end (SQLite, “FTS5”, section 6). */
async function indexSearch(connection: Connection): Promise<void> {
  const set = (option: string, value: number) =>
    connection.exec(`insert into search_grams (search_grams, rank) values ('${option}', ${value})`)
  set('automerge', 0)
  set('crisismerge', 1_999)
  set('hashsize', 16 * 1024 * 1024)
  const queries = openQueries(connection)
  for (let debt = debtOf(connection); debt !== null; ) {
    connection.exec('begin immediate')
    let reached: number | null = debt.searched
    for (let n = 0; n < limits.searchIndexedAtOnce && reached !== null; n += limits.searchFilledAtOnce)
      reached = await fillSearchOn(queries, reached)
    debt = reached === null ? null : { ...debt, searched: reached }
    if (debt !== null) noteDebt(connection, debt)
    connection.exec('commit')
  }
  connection.exec(`insert into search_grams (search_grams) values ('optimize')`)
  set('automerge', 4)
  set('crisismerge', 16)
  set('hashsize', 1024 * 1024)
}

function tune(connection: Connection, { cacheKib, checkpointPages, synchronous }: typeof usual): void {
  connection.pragma(`cache_size = -${cacheKib}`)
  connection.pragma(`synchronous = ${synchronous}`)
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`)
}

function inTransaction(connection: Connection, work: () => void): void {
  connection.transaction(work).immediate()
}
