import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newMasterKey } from '../adapters/keys.ts'
import { keepFile, writeDurably } from './durable-files.ts'
import type { Settings } from './settings.ts'
import { masterKeyText } from './settings-readers.ts'

/** The operator has to do something about the keys before Roster can start. */
export class KeyTrouble extends Error {
  override readonly name = 'KeyTrouble'
}

export type KeySettings = Pick<Settings, 'masterKey' | 'masterKeyFile' | 'dataDirectory' | 'databaseUrl' | 'production'>

/** The file that holds the master key; null when it comes from the environment. */
export function masterKeyFileOf({ masterKey, masterKeyFile, dataDirectory }: Omit<KeySettings, 'production'>) {
  return masterKey === null ? (masterKeyFile ?? join(dataDirectory, 'development-master.key')) : null
}

/** The master key that the settings give, which has to be there. */
export async function readMasterKey(settings: KeySettings): Promise<Buffer> {
  const { masterKey, masterKeyFile, production } = settings
  if (masterKey !== null) return masterKey.export()
  if (masterKeyFile !== null) return readMasterKeyIn(masterKeyFile, 'MASTER_KEY_FILE')
  if (production) throw new KeyTrouble('production needs MASTER_KEY or MASTER_KEY_FILE')
  const file = masterKeyFileOf(settings) as string
  if (!existsSync(file)) throw new KeyTrouble(`the file ${file} is missing, and the database opens with nothing else`)
  return readMasterKeyIn(file, 'DATA_DIR')
}

/** The same for a directory that is about to be made: development then makes a key of its own. */
export async function readOrMakeMasterKey(settings: KeySettings): Promise<Buffer> {
  const { masterKey, masterKeyFile, dataDirectory, production } = settings
  if (masterKey === null && masterKeyFile === null && !production) {
    await keepFile(dataDirectory, 'development-master.key', newMasterKey())
  }
  return readMasterKey(settings)
}

/** Makes one in a file that must not be there. */
export function makeMasterKeyIn(file: string): Promise<void> {
  return writeDurably(file, `${newMasterKey()}\n`)
}

/** `named` says where the operator named the file. */
export async function readMasterKeyIn(file: string, named: string): Promise<Buffer> {
  const reading = masterKeyText((await readOrExplain(file, named)).trim())
  if ('expected' in reading)
    throw new KeyTrouble(`the file ${file} does not hold a master key: expected ${reading.expected}`)
  return reading.value.export()
}

async function readOrExplain(file: string, named: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new KeyTrouble(`${named} names ${file}, which cannot be read`)
  }
}
