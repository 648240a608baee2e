import Database from 'better-sqlite3-multiple-ciphers'
import { inCase } from '../../../core/users/letter-case.ts'
import { DatabaseUnavailable } from '../engine.ts'

export type Connection = Database

export const fileKeyBytes = 32

/** Of who writes; the checkpoint is SQLite's own. */
export const usual = {
  cacheKib: 32 * 1024,
  checkpointPages: 1_000,
  journalBytesKept: 64 * 1024 * 1024,
  synchronous: 'full',
}
const busyMsMax = 5_000
/** Of who reads: what the search goes through in a directory of a million, so that it is not decrypted for each term anew (`npm run bench:console`). */
const readingCacheKib = 96 * 1024

/** What of SQL's `lower` and `upper` this engine knows for ASCII only. */
export const caseFunctions = { lower: 'roster_lower', upper: 'roster_upper' } as const

/** The file was encrypted with another key, or it is no longer what was written. */
export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

/** Of the writer, and of whoever copies its journal. It creates the file when there is none. */
export function openWriting(file: string, fileKey: Uint8Array): Connection {
  const connection = open(file, fileKey, false)
  connection.pragma('journal_mode = wal')
  connection.pragma(`synchronous = ${usual.synchronous}`)
  connection.pragma(`journal_size_limit = ${usual.journalBytesKept}`)
  connection.pragma('secure_delete = on')
  return connection
}

export function openReading(file: string, fileKey: Uint8Array): Connection {
  return open(file, fileKey, true)
}

/** Pages are decrypted as they are read, so they are kept in a cache and the file is not mapped into memory. */
function open(file: string, fileKey: Uint8Array, readonly: boolean): Connection {
  if (fileKey.length !== fileKeyBytes) throw new RangeError(`a file key has ${fileKeyBytes} bytes`)
  const connection = new Database(file, { readonly, timeout: busyMsMax })
  try {
    unlock(connection, file, fileKey)
    connection.pragma('temp_store = memory')
    connection.pragma('trusted_schema = off')
    connection.pragma(`cache_size = -${readonly ? readingCacheKib : usual.cacheKib}`)
    for (const letterCase of ['lower', 'upper'] as const) {
      connection.function(caseFunctions[letterCase], { deterministic: true }, (text) =>
        typeof text === 'string' ? inCase(text, letterCase) : null,
      )
    }
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** The prefix says that the key is no passphrase (SQLite3 Multiple Ciphers, “AEGIS”); a wrong key shows at the first page. */
function unlock(connection: Connection, file: string, fileKey: Uint8Array): void {
  const raw = Buffer.concat([Buffer.from('raw:'), fileKey])
  connection.pragma(`cipher = 'aegis'`)
  connection.key(raw)
  raw.fill(0)
  try {
    connection.prepare('select count(*) from sqlite_schema').get()
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_NOTADB') throw error
    throw new WrongKey(
      `The directory key does not open ${file}: it belongs to another directory, or the file is damaged.`,
    )
  }
}

const outOfOrder = /^SQLITE_(BUSY|CANTOPEN|FULL|IOERR|NOMEM|PROTOCOL|READONLY)/

/** The error itself, or what the caller should hear when the machine is at fault and not the program. */
export function asUnavailable(error: unknown): unknown {
  const code = codeOf(error)
  if (code === null || !outOfOrder.test(code)) return error
  return new DatabaseUnavailable(`The database does not work at the moment (${code}).`, { cause: error })
}

/**
 * Copies as much of the journal into the file as nobody who reads an older state stands in the way of. A disk that is full or fails is told by the next
 * commit, as when SQLite copies by itself; what was not copied stays in the journal.
 */
export function copyJournal(connection: Connection): void {
  try {
    connection.pragma('wal_checkpoint(passive)')
  } catch (error) {
    if (!(asUnavailable(error) instanceof DatabaseUnavailable)) throw error
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null
}
