import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import product from '../../../../package.json' with { type: 'json' }
import { type DirectoryKeys, deriveKeys, unwrapDirectoryKey } from '../../adapters/keys.ts'
import type { Clock } from '../../core/ports.ts'
import { directoryFiles, readRecord } from '../directory-key.ts'
import { syncDirectory, writeDurably } from '../durable-files.ts'
import { readMasterKey } from '../master-key.ts'
import type { Environment, Settings } from '../settings.ts'
import { BackupTrouble, backupKeyFile, dataFiles, type Manifest, manifestFile, writeManifest } from './manifest.ts'

export interface BackupOptions {
  /** A folder to put it in, or the name that it shall have. */
  readonly place: string
  readonly clock: Clock
  /** For programs that are run. */
  readonly environment: Environment
  readonly reach: (done: number, of: number) => void
}

export interface MadeBackup {
  readonly folder: string
  readonly manifest: Manifest
}

/** Only what is true of the data at the same instant. */
export type DataFacts = Pick<Manifest, 'schema' | 'counts'>

/**
 * Makes a backup of the directory as it is at one instant, beside whoever reads and writes it. It is a folder that is there as a whole or not at all, that
 * only this account can read, and that opens with the master key of now. Changes nothing in the directory.
 */
export async function makeBackup(settings: Settings, options: BackupOptions): Promise<MadeBackup> {
  const { clock, reach } = options
  const madeAtMs = clock()
  const record = await readRecord(settings)
  const keys = deriveKeys(unwrapDirectoryKey(await readMasterKey(settings), record))
  const folder = await folderFor(options.place, madeAtMs)
  const draft = join(dirname(folder), `.${basename(folder)}.${randomBytes(6).toString('hex')}`)
  await mkdir(draft, { mode: 0o700 })
  try {
    const engine = settings.databaseUrl === null ? 'sqlite' : 'postgres'
    const file = dataFiles[engine]
    const target = join(draft, file)
    const facts = await (settings.databaseUrl === null
      ? copyFile(settings, keys, { target, reach })
      : dump(settings.databaseUrl, keys, { ...options, target }))
    const data = { file, bytes: await sync(target), sha256: await digestOf(target) }
    const madeAt = new Date(madeAtMs).toISOString()
    const manifest: Manifest = { format: 1, engine, version: product.version, madeAt, ...facts, data }
    await writeDurably(join(draft, backupKeyFile), record)
    await writeDurably(join(draft, manifestFile), writeManifest(manifest, keys.backup))
    await syncDirectory(draft)
    await rename(draft, folder)
    await syncDirectory(dirname(folder))
    return { folder, manifest }
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true })
    throw thrown
  }
}

/** In an existing folder under a name of its own, else as it is called. Nothing is written over. */
async function folderFor(place: string, madeAtMs: number): Promise<string> {
  const asked = resolve(place)
  const found = await stat(asked).catch(() => null)
  if (found !== null && !found.isDirectory())
    throw new BackupTrouble(`there is a file ${asked}, and nothing is written over`)
  const isBackup = (await stat(join(asked, manifestFile)).catch(() => null)) !== null
  if (isBackup) throw new BackupTrouble(`there is a backup ${asked}, and nothing is written over`)
  const name = `roster-${new Date(madeAtMs).toISOString().replace(/\.\d+/, '').replaceAll(':', '')}`
  const folder = found === null ? asked : join(asked, name)
  if ((await stat(folder).catch(() => null)) !== null)
    throw new BackupTrouble(`there is a folder ${folder}, and nothing is written over`)
  if ((await stat(dirname(folder)).catch(() => null)) === null)
    throw new BackupTrouble(`there is no folder ${dirname(folder)}`)
  return folder
}

async function copyFile(
  settings: Settings,
  { file: fileKey }: DirectoryKeys,
  { target, reach }: Pick<BackupOptions, 'reach'> & { target: string },
): Promise<DataFacts> {
  const { copyDatabase, lookInto } = await import('../../store/engines/sqlite/copy.ts')
  // The copy goes into a file that nobody else can read from its first byte on.
  await writeDurably(target, '')
  await copyDatabase({ from: directoryFiles(settings).database, to: target, fileKey }, reach)
  await chmod(target, 0o600)
  const { schema, users, deleted } = lookInto(target, fileKey, { thoroughly: false })
  return { schema, counts: { users, deleted } }
}

async function dump(
  url: string,
  { backup }: DirectoryKeys,
  { target, environment, reach }: BackupOptions & { target: string },
): Promise<DataFacts> {
  const { dumpDatabase } = await import('../../store/engines/postgres/dump.ts')
  const { dumpContext, sealInto } = await import('./sealed-dump.ts')
  return dumpDatabase({ url, environment }, (dumped) =>
    sealInto(dumped, target, { key: backup, context: dumpContext, reach }),
  )
}

/** Answers how many bytes it has. */
async function sync(file: string): Promise<number> {
  await using handle = await open(file, 'r+')
  await handle.sync()
  return (await handle.stat()).size
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk)
  return hash.digest('base64url')
}
