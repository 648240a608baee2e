import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { limits } from '../../../core/limits.ts'
import { type Connection, openWriting } from './connection.ts'
import type { Seat } from './messages.ts'

/*
 * What deleted rows leave in the file, and how it goes. Bytes that are deleted are overwritten (`secure_delete`), with two exceptions. The index of the
 * search only marks what is deleted, and keeps its entries until its segments are merged (SQLite, “FTS5”, 4.4 and 6.3: `secure-delete` does nothing for
 * tables that keep no content). And where a page overflows, the cells that move to its neighbour stay behind in its free space: of two people in a hundred
 * one such cell is left when they are deleted. Only a file that is written anew is free of those. What was there before lies in the journal until that is
 * emptied.
 */

/** One step, for which whoever else writes has to wait. */
export type CleaningStep = 'begin-merging' | 'merge' | 'rewrite' | 'empty-journal'

/** Whether there is more of the step to do, or it cannot be done at present. */
export type Cleaned = 'done' | 'more' | 'not_now'

export function clean(
  connection: Connection,
  step: CleaningStep,
  rewrittenBytesMax: number = limits.rewrittenAtOnceBytesMax,
): Cleaned {
  switch (step) {
    case 'begin-merging':
      merge(connection, -limits.searchPagesMergedAtOnce)
      return 'more'
    case 'merge':
      return merge(connection, limits.searchPagesMergedAtOnce) ? 'more' : 'done'
    case 'rewrite':
      return rewrite(connection, rewrittenBytesMax)
    case 'empty-journal':
      return emptyJournal(connection)
  }
}

/** So many pages at most; a negative number begins with all segments. Tells whether anything was merged (SQLite, “FTS5”, 6.8). */
function merge(connection: Connection, pages: number): boolean {
  const changes = connection.prepare('select total_changes()').pluck()
  const before = Number(changes.get())
  connection.prepare(`insert into search_grams (search_grams, rank) values ('merge', ?)`).run([pages])
  return Number(changes.get()) - before >= 2
}

/** All of it is in memory for a moment, since a temporary file would not be encrypted. What is too large waits until the file is opened again. */
function rewrite(connection: Connection, bytesMax: number): Cleaned {
  if (isLarge(connection, bytesMax)) return 'not_now'
  connection.exec('vacuum')
  return 'done'
}

function isLarge(connection: Connection, bytesMax: number): boolean {
  const [pages, bytes] = ['page_count', 'page_size'].map((name) => Number(connection.pragma(name, { simple: true })))
  return (pages ?? 0) * (bytes ?? 0) > bytesMax
}

/** Not while somebody reads an older state: whoever writes would have to wait for them. */
function emptyJournal(connection: Connection): Cleaned {
  const patience = connection.pragma('busy_timeout', { simple: true })
  connection.pragma('busy_timeout = 0')
  try {
    const [state] = connection.pragma('wal_checkpoint(truncate)') as { busy: number }[]
    return state?.busy === 0 ? 'done' : 'not_now'
  } finally {
    connection.pragma(`busy_timeout = ${patience}`)
  }
}

/**
 * Writes a large file anew while nobody else has it open, if that is owed to somebody who was erased. It takes some ten seconds for each gigabyte, and
 * as much room on the disk; where there is none, the file stays, and owes it still.
 */
export function cleanOnOpening(
  connection: Connection,
  { file, fileKey, rewrittenBytesMax = limits.rewrittenAtOnceBytesMax }: Seat,
  nowMs: number,
): Connection {
  if (!isLarge(connection, rewrittenBytesMax) || !owesAnything(connection)) return connection
  const fresh = `${file}.new`
  rmSync(fresh, { force: true })
  try {
    merge(connection, -limits.searchPagesMergedAtOnce)
    while (merge(connection, limits.searchPagesMergedAtOnce));
    connection.prepare('vacuum into ?').run([fresh])
    sync(fresh)
  } catch {
    rmSync(fresh, { force: true })
    return connection
  }
  connection.pragma('wal_checkpoint(truncate)')
  connection.close()
  // Another process that still reads would go on with the journal of the file that is gone.
  const isAlone = !existsSync(`${file}-wal`)
  if (isAlone) replace(file, fresh)
  else rmSync(fresh)
  const open = openWriting(file, fileKey)
  if (isAlone) noteCleaned(open, nowMs)
  return open
}

function owesAnything(connection: Connection): boolean {
  return connection.prepare(`select 1 from erasures where ${owed} limit 1`).get() !== undefined
}

const owed = 'finished_at is null and swept_at is not null'

function noteCleaned(connection: Connection, nowMs: number): void {
  connection.prepare(`update erasures set finished_at = ? where ${owed}`).run([nowMs])
}

function replace(file: string, fresh: string): void {
  renameSync(fresh, file)
  if (process.platform !== 'win32') sync(dirname(file))
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
