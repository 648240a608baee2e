import { copyFile, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import pg from 'pg'
import { makeBackup } from '../src/app/backups/make-backup.ts'
import { dataFiles } from '../src/app/backups/manifest.ts'
import { openDirectoryKeys } from '../src/app/directory-key.ts'
import type { World } from './world.ts'

/* The bytes that a directory lies in, as whoever has its keys can read them: whole pages, with what rows have left in them. */

type Place = Pick<World, 'engine' | 'settings'>

/** Tells which of the texts or bytes lie in the files of the directory, and where. */
export async function whatLies(world: Place, wanted: Readonly<Record<string, Buffer>>): Promise<string[]> {
  const files = await (world.engine === 'sqlite' ? embedded(world) : shared(world))
  return Object.entries(wanted).flatMap(([name, bytes]) =>
    [...files].filter(([, content]) => content.includes(bytes)).map(([file]) => `${name} in ${file}`),
  )
}

/** The database with its journal played back, and a backup that is made now. */
async function embedded({ settings }: Place): Promise<Map<string, Buffer>> {
  const file = join(settings.dataDirectory, 'roster.db')
  const copy = `${file}.copy`
  for (const suffix of ['', '-wal']) await copyFile(file + suffix, copy + suffix)
  const key = await keyOf(settings)
  const place = `${settings.dataDirectory}.backup`
  const { folder } = await makeBackup(settings, { place, clock: Date.now, environment: {}, reach: () => {} })
  const files = new Map([
    ['the database', inClear(copy, key)],
    ['a backup', inClear(join(folder, dataFiles.sqlite), key)],
  ])
  await Promise.all([copy, folder].map((made) => rm(made, { recursive: true })))
  return files
}

async function keyOf(settings: World['settings']): Promise<Buffer> {
  const { file } = await openDirectoryKeys(settings)
  return Buffer.concat([Buffer.from('raw:'), file])
}

function opened(file: string, key: Buffer) {
  const open = new Database(file)
  open.pragma(`cipher = 'aegis'`)
  open.key(key)
  return open
}

/**
 * Every page as it lies in the file, with what is free of it, and those that nobody uses among them (SQLite, “sqlite3_serialize”). To take the key away from the
 * file would not do: pages of ciphers keep room for a tag, so that writes the file anew.
 */
export function inClear(file: string, key: Buffer): Buffer {
  const open = opened(file, key)
  open.pragma('journal_mode = delete')
  const bytes = open.serialize()
  open.close()
  if (!bytes.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) throw new Error(`${file} is not in clear`)
  return bytes
}

/** Has PostgreSQL look into every column, as it does by itself when enough of a table has changed: it keeps values of what it finds. */
export async function gatherStatistics(world: Place): Promise<void> {
  if (world.engine !== 'postgres') return
  const client = new pg.Client({ connectionString: world.settings.databaseUrl ?? '' })
  await client.connect()
  try {
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

/** Every table and index, once all that is changed has been written to it. */
async function shared({ settings }: Place): Promise<Map<string, Buffer>> {
  const client = new pg.Client({ connectionString: settings.databaseUrl ?? '' })
  await client.connect()
  try {
    await client.query('checkpoint')
    const { rows } = await client.query<{ place: string }>(
      `select current_setting('data_directory') || '/base/' || oid as place from pg_database where datname = current_database()`,
    )
    const place = rows[0]?.place ?? ''
    const { rows: relations } = await client.query<{ node: string; name: string }>(
      `select relname as name, cast(pg_relation_filenode(oid) as text) as node from pg_class where relfilenode <> 0`,
    )
    const names = new Map(relations.map(({ node, name }) => [node, name]))
    const files = await readdir(place)
    return new Map(
      await Promise.all(
        files.map(async (file) => {
          const name = names.get(file.replace(/[._].*/, '')) ?? 'no relation'
          return [`${name} (${file})`, await contentOf(join(place, file))] as const
        }),
      ),
    )
  } finally {
    await client.end()
  }
}

/** PostgreSQL throws files away that it only remembers things in, and whose relation is gone: in a file that is gone nothing lies. */
async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return Buffer.alloc(0)
  }
}
