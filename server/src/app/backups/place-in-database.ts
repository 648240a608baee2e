import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { BrokenSeal } from '../../adapters/keys.ts'
import { erasedIn, lookAtTarget, restoreDatabase } from '../../store/engines/postgres/restore.ts'
import { restoredFact } from '../restored.ts'
import { erasedBefore } from './erased-before.ts'
import { BackupTrouble, damaged } from './manifest.ts'
import type { PlacedBackup, Placement } from './restore-backup.ts'
import { dumpContext, unsealFrom } from './sealed-dump.ts'

/** In one transaction, that moves the tables which are there into a schema of their own. */
export async function placeInDatabase(url: string, placement: Placement): Promise<PlacedBackup> {
  const { found, keys, record, replace, environment, reach, stamp, tailWith } = placement
  const target = await lookAtTarget(url)
  if (target.nodes > 0) {
    throw new BackupTrouble('a server or another command uses the database: stop every node before you restore')
  }
  const isEmpty = target.tables.length === 0
  if (!isEmpty && !replace) {
    throw new BackupTrouble('the database is not empty: name an empty one, or have its tables moved aside by --replace')
  }
  await checkDigest(found.dataPath, found.manifest.data.sha256, (bytes) => reach(bytes / 2, found.manifest.data.bytes))
  const before = isEmpty ? [] : await erasedBefore((fact) => erasedIn(url, target, fact))
  const tail = await tailWith(before ?? [])
  const aside = isEmpty ? null : `replaced_${stamp.toLowerCase()}`
  const dumped = unsealFrom(found.dataPath, { key: keys.backup, context: dumpContext })
  await restoreDatabase({ url, environment }, dumped, {
    target,
    aside,
    facts: { directory_key: record, [restoredFact]: tail.fact },
  }).catch((thrown: unknown) => {
    throw thrown instanceof BrokenSeal ? damaged(found.dataPath) : thrown
  })
  reach(found.manifest.data.bytes, found.manifest.data.bytes)
  return { manifest: found.manifest, aside, erased: tail.count, asideUnreadable: before === null }
}

async function checkDigest(file: string, sha256: string, reach: (bytes: number) => void): Promise<void> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk)
    bytes += (chunk as Buffer).length
    reach(bytes)
  }
  if (hash.digest('base64url') !== sha256) throw damaged(file)
}
