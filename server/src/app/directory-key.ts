import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DirectoryKeys,
  deriveKeys,
  newDirectoryKey,
  unwrapDirectoryKey,
  wrapDirectoryKey,
} from '../adapters/keys.ts'
import type { Settings } from './settings.ts'
import { masterKeyText } from './settings-readers.ts'

/** The operator has to do something about the keys before Roster can start. */
export class KeyTrouble extends Error {
  override readonly name = 'KeyTrouble'
}

type KeySettings = Pick<Settings, 'masterKey' | 'masterKeyFile' | 'dataDirectory' | 'databaseUrl' | 'production'>

/** The keys of this directory: the master key unwraps the one they are all derived from; a new directory gets a new one. */
export async function openDirectoryKeys(settings: KeySettings): Promise<DirectoryKeys> {
  const master = await readMasterKey(settings)
  const fresh = wrapDirectoryKey(master, newDirectoryKey())
  const record =
    settings.databaseUrl === null
      ? await keepFile(settings.dataDirectory, 'directory.key', fresh)
      : await keepInDatabase(settings.databaseUrl, fresh)
  return deriveKeys(unwrapDirectoryKey(master, record))
}

async function keepInDatabase(url: string, fresh: string): Promise<string> {
  const { keepOnce } = await import('../store/engines/postgres/facts.ts')
  return keepOnce(url, 'directory_key', fresh)
}

async function readMasterKey({ masterKey, masterKeyFile, dataDirectory, production }: KeySettings): Promise<Buffer> {
  if (masterKey !== null) return masterKey.export()
  if (masterKeyFile !== null) return keyIn(await readOrExplain(masterKeyFile), masterKeyFile)
  if (production) throw new KeyTrouble('production needs MASTER_KEY or MASTER_KEY_FILE')
  const kept = await keepFile(dataDirectory, 'development-master.key', randomBytes(32).toString('base64'))
  return keyIn(kept, join(dataDirectory, 'development-master.key'))
}

async function readOrExplain(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new KeyTrouble(`MASTER_KEY_FILE names ${file}, which cannot be read`)
  }
}

function keyIn(text: string, file: string): Buffer {
  const reading = masterKeyText(text.trim())
  if ('expected' in reading) throw new KeyTrouble(`${file} does not hold a master key: expected ${reading.expected}`)
  return reading.value.export()
}

/**
 * Keeps `fresh` in a file that only this account can read, unless there is one: then answers what that holds. The file is there as a whole or
 * not at all: it is written beside its place, and linked into it.
 */
async function keepFile(directory: string, name: string, fresh: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, name)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeDurably(draft, fresh)
    await link(draft, file)
    return fresh
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    return readFile(file, 'utf8')
  } finally {
    await rm(draft, { force: true })
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'wx', 0o600)
  await handle.writeFile(text)
  await handle.sync()
}
