import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { limits } from '../../../core/limits.ts'
import type { Engine } from '../engine.ts'
import { callOwner } from './control.ts'
import { openGuest } from './guest.ts'
import { DirectoryInUse, takeLock } from './lock.ts'
import type { AppliedMigration } from './migrate.ts'
import { openOwner } from './owner.ts'

export interface SqliteEngine extends Engine {
  /** The steps of the schema that were taken on opening; none beside a running server. */
  readonly migrated: readonly AppliedMigration[]
}

export interface SqliteOptions {
  /** Where the file is kept; made when it is missing. */
  readonly directory: string
  /** 32 bytes. */
  readonly fileKey: Uint8Array
  /** Whether this process must own the directory, or may have its writing done by the process that does. */
  readonly through?: 'own' | 'any'
  /** Whether indexes that are owed stay so until `filling` has ended. */
  readonly fills?: boolean
  /** Up to which size the file is written anew beside its use; else `limits.rewrittenAtOnceBytesMax`. */
  readonly rewrittenBytesMax?: number
  /** Called when the directory was left without indexes, and opening it takes as long as they take to make. */
  readonly onIndexing?: () => void
}

/** An owner that is starting or stopping answers, or is gone, after this long. */
const ownerMsMax = 5_000
const retryMs = 100

/** Opens the directory; throws DirectoryInUse, WrongKey or DatabaseTooNew with a sentence for the operator. */
export async function openSqlite({
  directory,
  fileKey,
  through = 'own',
  fills = false,
  rewrittenBytesMax = limits.rewrittenAtOnceBytesMax,
  onIndexing = () => {},
}: SqliteOptions): Promise<SqliteEngine> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const seat = { file: join(directory, 'roster.db'), fileKey, fills, rewrittenBytesMax }
  const endsAt = performance.now() + ownerMsMax
  for (;;) {
    const lock = takeLock(directory)
    if (lock !== null) return openOwner(directory, seat, { lock, onIndexing })
    if (through === 'own') {
      throw new DirectoryInUse(
        `Another Roster uses ${directory}: stop it first, or give this one a DATA_DIR of its own.`,
      )
    }
    const line = await callOwner(directory, limits.transactionsWaitingMax)
    if (line !== null) return openGuest(seat, line)
    if (performance.now() > endsAt) throw new DirectoryInUse(`Another Roster uses ${directory} and does not answer.`)
    await delay(retryMs)
  }
}
