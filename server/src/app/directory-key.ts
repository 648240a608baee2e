import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DirectoryKeys,
  deriveKeys,
  newDirectoryKey,
  unwrapDirectoryKey,
  wrapDirectoryKey,
} from '../adapters/keys.ts'
import { keepFile, replaceFile } from './durable-files.ts'
import { type KeySettings, KeyTrouble, readMasterKey, readOrMakeMasterKey } from './master-key.ts'

/** Where an embedded directory keeps what it cannot be opened without; `unfinished` is there while a restore puts them in place. */
export function directoryFiles({ dataDirectory }: Pick<KeySettings, 'dataDirectory'>) {
  return {
    database: join(dataDirectory, 'roster.db'),
    directoryKey: join(dataDirectory, 'directory.key'),
    unfinished: join(dataDirectory, 'restore.unfinished'),
  }
}

/** A directory of which a restore has put only a part in place is none. */
export function refuseUnfinished(settings: Pick<KeySettings, 'dataDirectory'>): void {
  const { unfinished } = directoryFiles(settings)
  if (!existsSync(unfinished)) return
  throw new KeyTrouble(
    `a restore into ${settings.dataDirectory} was cut short: run \`npx roster restore\` again, with --replace`,
  )
}

/** The keys of this directory: the master key unwraps the one they are all derived from; a new directory gets a new one. */
export async function openDirectoryKeys(settings: KeySettings): Promise<DirectoryKeys> {
  const make = async () => wrapDirectoryKey(await readOrMakeMasterKey(settings), newDirectoryKey())
  const record = await keepRecord(settings, make)
  return deriveKeys(unwrapDirectoryKey(await readMasterKey(settings), record))
}

/** The keys of a directory that is there; nothing is made. */
export async function readDirectoryKeys(settings: KeySettings): Promise<DirectoryKeys> {
  const record = await readRecord(settings)
  return deriveKeys(unwrapDirectoryKey(await readMasterKey(settings), record))
}

/** The directory key as it is kept, wrapped. */
export async function readRecord(settings: KeySettings): Promise<string> {
  if (settings.databaseUrl !== null) {
    const { keptFact } = await import('../store/engines/postgres/facts.ts')
    return (await keptFact(settings.databaseUrl, 'directory_key')) ?? lost(inDatabase)
  }
  refuseUnfinished(settings)
  const { directoryKey } = directoryFiles(settings)
  return existsSync(directoryKey) ? readFile(directoryKey, 'utf8') : lost(`the file ${directoryKey}`)
}

/** Of a new directory, made and kept. One that holds somebody is not new, and has lost its key where there is none. */
async function keepRecord(settings: KeySettings, make: () => Promise<string>): Promise<string> {
  if (settings.databaseUrl !== null) {
    const { keepOnce } = await import('../store/engines/postgres/facts.ts')
    return (await keepOnce(settings.databaseUrl, 'directory_key', make)) ?? readRecord(settings)
  }
  refuseUnfinished(settings)
  const { database, directoryKey } = directoryFiles(settings)
  // Whoever makes a directory makes its key first.
  if (existsSync(database) || existsSync(directoryKey)) return readRecord(settings)
  return keepFile(settings.dataDirectory, 'directory.key', await make())
}

/**
 * Replaces the record by what `rewrap` makes of it. Nobody else replaces it in between, and whenever the process or the machine stops, the one
 * or the other is there.
 */
export async function replaceRecord(settings: KeySettings, rewrap: (record: string) => string): Promise<void> {
  if (settings.databaseUrl !== null) {
    const { replaceFact } = await import('../store/engines/postgres/facts.ts')
    if (!(await replaceFact(settings.databaseUrl, 'directory_key', rewrap))) lost(inDatabase)
    return
  }
  await holdingRecord(settings, async () => {
    const { directoryKey } = directoryFiles(settings)
    await replaceFile(directoryKey, rewrap(await readRecord(settings)))
  })
}

/** Nobody else puts another record into an embedded directory meanwhile. */
export async function holdingRecord(
  { dataDirectory }: Pick<KeySettings, 'dataDirectory'>,
  work: () => Promise<void>,
): Promise<void> {
  const { takeLock } = await import('../store/engines/sqlite/lock.ts')
  const lock = takeLock(dataDirectory, 'keys.lock')
  if (lock === null) throw new KeyTrouble(`the key of ${dataDirectory} is being changed by another command`)
  try {
    await work()
  } finally {
    lock.release()
  }
}

const inDatabase = 'the fact directory_key of the database'

function lost(what: string): never {
  throw new KeyTrouble(`${what} is missing, and the database opens with nothing else`)
}
