import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { erasedIn, leaveFacts, lookInto } from '../../store/engines/sqlite/copy.ts'
import { takeLock } from '../../store/engines/sqlite/lock.ts'
import { directoryFiles, holdingRecord, readDirectoryKeys } from '../directory-key.ts'
import { syncDirectory, writeDurably } from '../durable-files.ts'
import { restoredFact } from '../restored.ts'
import type { Settings } from '../settings.ts'
import { erasedBefore } from './erased-before.ts'
import { BackupTrouble, damaged } from './manifest.ts'
import type { PlacedBackup, Placement } from './restore-backup.ts'

/** Beside what is there, until all of it is known to be whole; then the one is moved aside and the other into its place. */
export async function placeInFiles(settings: Settings, placement: Placement): Promise<PlacedBackup> {
  const { dataDirectory } = settings
  const { found, record, replace, stamp, tailWith } = placement
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const lock = takeLock(dataDirectory)
  if (lock === null)
    throw new BackupTrouble(`a server or another command uses ${dataDirectory}: stop it before you restore`)
  let staging: string | null = null
  try {
    const names = await readdir(dataDirectory)
    const present = names.filter((name) => /^(?:roster\.db(?:-wal|-shm)?|directory\.key)$/.test(name))
    if (present.length > 0 && !replace) {
      throw new BackupTrouble(
        `there is a directory in ${dataDirectory}: name an empty DATA_DIR, or have it moved aside by --replace`,
      )
    }
    await removeLeftovers(dataDirectory, names)
    staging = await mkdtemp(join(dataDirectory, 'restoring-'))
    const files = directoryFiles({ dataDirectory: staging })
    await copyAndCheck(files.database, placement)
    const before = present.length === 0 ? [] : await erasedBefore((fact) => erasedInPresent(settings, fact))
    const tail = await tailWith(before ?? [])
    leaveFacts(files.database, placement.keys.file, { [restoredFact]: tail.fact })
    await sync(files.database)
    await writeDurably(files.directoryKey, record)
    const aside = present.length === 0 ? null : join(dataDirectory, `replaced-${stamp}`)
    const exchanged = { present, aside, staging }
    await holdingRecord(settings, () => exchange(settings, exchanged))
    return { manifest: found.manifest, aside, erased: tail.count, asideUnreadable: before === null }
  } finally {
    if (staging !== null) await rm(staging, { recursive: true, force: true })
    lock.release()
  }
}

/** Of restores that were killed: each is a whole directory, with people in it who may have been erased since. */
async function removeLeftovers(dataDirectory: string, names: readonly string[]): Promise<void> {
  const left = names.filter((name) => /^restoring-\w{6}$/.test(name))
  for (const name of left) await rm(join(dataDirectory, name), { recursive: true })
}

async function copyAndCheck(file: string, { found, keys, reach }: Placement): Promise<void> {
  const { data } = found.manifest
  const hash = createHash('sha256')
  let bytes = 0
  const look = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      reach(bytes, data.bytes)
      done(null, chunk)
    },
  })
  const source = createReadStream(found.dataPath, { highWaterMark: 1024 * 1024 })
  await pipeline(source, look, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  const isSame = hash.digest('base64url') === data.sha256
  if (!isSame || !lookInto(file, keys.file, { thoroughly: true }).isSound) throw damaged(found.dataPath)
}

async function erasedInPresent(settings: Settings, fact: string): Promise<{ ids: string[]; fact: string | null }> {
  const { file } = await readDirectoryKeys(settings)
  return erasedIn(directoryFiles(settings).database, file, fact)
}

/** Nobody opens the directory while a part of each is in place: the file `unfinished` says so, to this process's successors too. */
async function exchange(
  settings: Settings,
  { present, aside, staging }: { present: readonly string[]; aside: string | null; staging: string },
): Promise<void> {
  const { dataDirectory } = settings
  const { database, directoryKey, unfinished } = directoryFiles(settings)
  const moves: (readonly [from: string, to: string])[] = [
    ...(aside === null ? [] : present.map((name) => [join(dataDirectory, name), join(aside, name)] as const)),
    ...[database, directoryKey].map((file) => [join(staging, basename(file)), file] as const),
  ]
  if (aside !== null) await mkdir(aside, { mode: 0o700 })
  if (!existsSync(unfinished)) await writeDurably(unfinished, '')
  await syncDirectory(dataDirectory)
  const made: typeof moves = []
  try {
    for (const move of moves) {
      await rename(...move)
      made.push(move)
    }
  } catch (thrown) {
    for (const [from, to] of made.toReversed()) await rename(to, from)
    await rm(unfinished)
    throw thrown
  }
  if (aside !== null) await syncDirectory(aside)
  await syncDirectory(dataDirectory)
  await rm(unfinished)
  await syncDirectory(dataDirectory)
}

async function sync(file: string): Promise<void> {
  await using handle = await open(file, 'r+')
  await handle.sync()
}
