import { unwrapDirectoryKey, wrapDirectoryKey } from '../adapters/keys.ts'
import { readRecord, replaceRecord } from './directory-key.ts'
import { type KeySettings, KeyTrouble, readMasterKey } from './master-key.ts'

/**
 * Wraps the directory key under another master key, and changes nothing else: a server that runs holds the directory key, and goes on. Throws
 * `WrongMasterKey` where the settings give another key than the directory has by then.
 */
export async function rotateMasterKey(settings: KeySettings, fresh: () => Promise<Buffer>): Promise<void> {
  const master = await readMasterKey(settings)
  unwrapDirectoryKey(master, await readRecord(settings))
  const next = await fresh()
  if (next.equals(master)) throw new KeyTrouble('the new master key is the one that the directory has already')
  await replaceRecord(settings, (record) => wrapDirectoryKey(next, unwrapDirectoryKey(master, record)))
}
