import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { erasedIdsFile, erasedIdsIn } from '../../adapters/erased-ids.ts'
import {
  DamagedKeyRecord,
  type DirectoryKeys,
  deriveKeys,
  unwrapDirectoryKey,
  WrongMasterKey,
  wrapDirectoryKey,
} from '../../adapters/keys.ts'
import type { Clock } from '../../core/ports.ts'
import type { UserId } from '../../core/users/user.ts'
import { DatabaseTooNew } from '../../store/engines/engine.ts'
import { migrations } from '../../store/migrations/migrations.ts'
import { masterKeyFileOf, readMasterKey, readMasterKeyIn, readOrMakeMasterKey } from '../master-key.ts'
import type { RestoredTail } from '../restored.ts'
import type { Environment, Settings } from '../settings.ts'
import {
  BackupTrouble,
  backupKeyFile,
  checkSeal,
  damaged,
  type Manifest,
  type ReadBackup,
  readBackup,
} from './manifest.ts'

export interface RestoreOptions {
  readonly backup: string
  /** The master key that the backup was made under, where that is another than the settings give. */
  readonly backupKeyFile: string | null
  /** Whether a directory that is there is moved aside; else it is refused. */
  readonly replace: boolean
  /** More ids of people who were erased, one a line. */
  readonly erasedFile: string | null
  readonly keepApiTokens: boolean
  readonly clock: Clock
  /** For programs that are run. */
  readonly environment: Environment
  readonly reach: (done: number, of: number) => void
}

export interface PlacedBackup {
  readonly manifest: Manifest
  /** Where the directory is that was there; null where there was none. */
  readonly aside: string | null
  /** How many ids of erased people are known. */
  readonly erased: number
  /** Whether it could not be asked whom the directory that was there has erased. */
  readonly asideUnreadable: boolean
}

/** A backup whose keys fit and whose manifest is true, and what it is to become. */
export interface Placement extends RestoreOptions {
  readonly found: ReadBackup
  readonly keys: DirectoryKeys
  /** The directory key, wrapped under the master key of now. */
  readonly record: string
  /** Every id that is known of somebody who was erased, in the fact that stands in the directory until they are again. */
  tailWith(ids: readonly string[]): Promise<{ readonly fact: string; readonly count: number }>
  /** What is called by the time of now. */
  readonly stamp: string
}

/**
 * Puts a backup in the place where the settings have the directory, as a whole or not at all; nothing is touched before the backup is found whole and its
 * keys fit. Whoever opens the directory next brings it up to date and does what is left (`finishRestore`).
 */
export async function placeBackup(settings: Settings, options: RestoreOptions): Promise<PlacedBackup> {
  const found = await readBackup(resolve(options.backup))
  const engine = settings.databaseUrl === null ? 'sqlite' : 'postgres'
  if (found.manifest.engine !== engine) throw new BackupTrouble(otherEngine[engine])
  const directoryKey = unwrapForRestore(await backupMasterKey(settings, options), found.record)
  const keys = deriveKeys(directoryKey)
  checkSeal(found, keys.backup)
  const newest = migrations.at(-1)?.number ?? 0
  if (found.manifest.schema > newest) {
    throw new DatabaseTooNew(
      `The backup is of schema ${found.manifest.schema}, this program knows ${newest}: restore it with the program of version ${found.manifest.version}, or a later one.`,
    )
  }
  const placement: Placement = {
    ...options,
    found,
    keys,
    record: wrapDirectoryKey(await readOrMakeMasterKey(settings), directoryKey),
    tailWith: await tails(settings, options),
    stamp: new Date(options.clock()).toISOString().replace(/\.\d+|[:-]/g, ''),
  }
  if (settings.databaseUrl !== null) {
    const { placeInDatabase } = await import('./place-in-database.ts')
    return placeInDatabase(settings.databaseUrl, placement)
  }
  const { placeInFiles } = await import('./place-in-files.ts')
  return placeInFiles(settings, placement)
}

const otherEngine = {
  sqlite: 'the backup is of a PostgreSQL database: name an empty one by DATABASE_URL',
  postgres: 'the backup is of an embedded directory: name an empty DATA_DIR, and no DATABASE_URL',
} as const

async function backupMasterKey(settings: Settings, { backupKeyFile }: RestoreOptions): Promise<Buffer> {
  if (backupKeyFile !== null) return readMasterKeyIn(resolve(backupKeyFile), '--backup-key-file')
  const file = masterKeyFileOf(settings)
  if (settings.production || file === null || existsSync(file)) return readMasterKey(settings)
  throw new BackupTrouble(
    `there is no ${file}: name the file of the master key that the backup was made under by --backup-key-file`,
  )
}

function unwrapForRestore(master: Buffer, record: string): Buffer {
  try {
    return unwrapDirectoryKey(master, record)
  } catch (thrown) {
    if (thrown instanceof DamagedKeyRecord) throw damaged(`the ${backupKeyFile} of it`)
    if (!(thrown instanceof WrongMasterKey)) throw thrown
    throw new BackupTrouble(
      `the backup was made under the master key ${thrown.kid}, which is not the one given: name the file of that one by --backup-key-file`,
    )
  }
}

async function tails(
  settings: Settings,
  { erasedFile, keepApiTokens }: RestoreOptions,
): Promise<Placement['tailWith']> {
  const isFile = erasedFile === null || (await stat(erasedFile).catch(() => null))?.isFile()
  if (!isFile) throw new BackupTrouble(`there is no file ${erasedFile} of erased ids`)
  const files = [resolve(settings.dataDirectory, erasedIdsFile), ...(erasedFile === null ? [] : [resolve(erasedFile)])]
  const told = (await Promise.all(files.map((file) => erasedIdsIn(file).all()))).flat()
  return async (ids) => {
    const erased = [...new Set([...told, ...(ids as UserId[])])]
    return { fact: JSON.stringify({ erased, keepApiTokens } satisfies RestoredTail), count: erased.length }
  }
}
