import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A backup cannot be made or taken back; the message says why, for the operator. */
export class BackupTrouble extends Error {
  override readonly name = 'BackupTrouble'
}

export function damaged(file: string): BackupTrouble {
  return new BackupTrouble(`the backup is damaged: ${file} is not what it held`)
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: 1
  readonly engine: 'sqlite' | 'postgres'
  /** Of the program. */
  readonly version: string
  /** Number of the last step of the schema that was taken. */
  readonly schema: number
  readonly madeAt: string
  readonly counts: { readonly users: number; readonly deleted: number }
  readonly data: { readonly file: string; readonly bytes: number; readonly sha256: string }
}

export const manifestFile = 'manifest.json'
export const backupKeyFile = 'directory.key'
export const dataFiles = { sqlite: 'roster.db', postgres: 'database.sealed' } as const

/** Far more than any of these small files has. */
const smallFileBytesMax = 64 * 1024

/** With a seal that only whoever has the directory key can make. */
export function writeManifest(manifest: Manifest, key: KeyObject): string {
  return `${JSON.stringify({ manifest, seal: sealOf(manifest, key) }, null, 2)}\n`
}

function sealOf(manifest: Manifest, key: KeyObject): string {
  return createHmac('sha256', key).update(JSON.stringify(manifest)).digest('base64url')
}

export interface ReadBackup {
  readonly manifest: Manifest
  readonly seal: string
  /** The directory key as it was wrapped when the backup was made. */
  readonly record: string
  /** Where the data is. */
  readonly dataPath: string
}

/** What can be read of a backup without a key; `checkSeal` says whether it is true. */
export async function readBackup(folder: string): Promise<ReadBackup> {
  const { manifest, seal } = parse(folder, await readSmall(folder, manifestFile))
  const record = await readSmall(folder, backupKeyFile)
  const dataPath = join(folder, dataFiles[manifest.engine])
  const { size } = await stat(dataPath).catch(() => ({ size: null }))
  if (size !== manifest.data.bytes) {
    throw new BackupTrouble(
      `the backup is damaged: ${dataPath} ${size === null ? 'is missing' : 'is not of the size that it had'}`,
    )
  }
  return { manifest, seal, record, dataPath }
}

export function checkSeal({ manifest, seal }: ReadBackup, key: KeyObject): void {
  const [found, right] = [Buffer.from(seal), Buffer.from(sealOf(manifest, key))]
  if (found.length === right.length && timingSafeEqual(found, right)) return
  throw new BackupTrouble(`the ${manifestFile} of the backup was changed, or belongs to another one`)
}

async function readSmall(folder: string, name: string): Promise<string> {
  const file = join(folder, name)
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) {
    throw new BackupTrouble(`there is no backup in ${folder}, or not the whole of one: it has no ${name}`)
  }
  if (found.size > smallFileBytesMax) throw new BackupTrouble(`the backup is damaged: ${file} is not what a backup has`)
  return readFile(file, 'utf8')
}

function parse(folder: string, text: string): { manifest: Manifest; seal: string } {
  const { manifest, seal } = (objectIn(text) ?? {}) as { manifest?: Partial<Manifest>; seal?: unknown }
  const isOurs = typeof seal === 'string' && typeof manifest === 'object' && manifest !== null
  if (isOurs && typeof manifest.format === 'number' && manifest.format !== 1) {
    throw new BackupTrouble(
      `the backup ${folder} is of form ${manifest.format}, which this program does not know: start a newer one`,
    )
  }
  const isWhole = isOurs && manifest.format === 1 && Object.hasOwn(dataFiles, manifest.engine ?? '')
  if (!isWhole || typeof manifest.schema !== 'number' || typeof manifest.data?.bytes !== 'number') {
    throw new BackupTrouble(`the backup is damaged: ${join(folder, manifestFile)} cannot be read`)
  }
  return { manifest: manifest as Manifest, seal }
}

function objectIn(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' ? parsed : null
  } catch {
    return null
  }
}
