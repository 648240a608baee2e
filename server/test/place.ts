import { rmSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import pg from 'pg'
import { type OpenDirectory, openDirectoryFor } from '../src/app/directory.ts'
import { openLog } from '../src/app/log.ts'
import { readSettings, type Settings, tellMistakes } from '../src/app/settings.ts'
import { system } from '../src/core/actor.ts'
import type { Core } from '../src/core/ports.ts'
import { type CastName, cast, startedAtMs } from './cast.ts'
import { makePlace } from './memory.ts'
import { copyDatabase, type FreshDatabase, freshDatabase } from './postgres.ts'

/** Every suite that touches the store runs on each of these; one that is missing is a failure. */
export const engines = ['sqlite', 'postgres'] as const
export type EngineName = (typeof engines)[number]

/** Where a directory is kept. */
export interface Place {
  readonly environment: Record<string, string>
  /** Nothing stays behind. */
  leave(): Promise<void>
}

/** A directory with the cast in it and no server in front. */
export async function openStoreWorld(
  engine: EngineName,
  { keys = 'as all have' }: { keys?: 'as all have' | 'of its own' } = {},
): Promise<OpenDirectory & { environment: Record<string, string> }> {
  const place = await (keys === 'of its own' ? settleNew(engine) : openSettledPlace(engine))
  const directory = await openDirectoryAt(place)
  const close = async () => {
    await directory.close()
    await place.leave()
  }
  return { ...directory, environment: place.environment, close, [Symbol.asyncDispose]: close }
}

export function settingsFrom(environment: Record<string, string>): Settings {
  const read = readSettings(environment)
  if (read.mistakes) throw new Error(tellMistakes(read.mistakes))
  return read.settings
}

/** Hashed once for each process of tests: what is tested is not how long that takes. */
let hashes: Promise<Map<CastName, string>> | null = null

export async function settle({ core }: OpenDirectory): Promise<void> {
  hashes ??= hashAll(core)
  const hashOf = await hashes
  const people = Object.entries(cast).map(([name, { user }]) => ({
    user,
    passwordHash: hashOf.get(name as CastName) ?? null,
  }))
  const added = await core.commit('add-people', { actor: system, people, onlyIfEmpty: true })
  if (!added.ok) throw new Error(`the cast could not be added: ${added.refusal.code}`)
}

async function hashAll(core: Core): Promise<Map<CastName, string>> {
  const hashed = new Map<CastName, string>()
  for (const [name, { password }] of Object.entries(cast)) {
    const outcome = await core.passwords.hash(password)
    if (!outcome.ok) throw new Error('no room to hash the passwords of the cast')
    hashed.set(name as CastName, outcome.value)
  }
  return hashed
}

/** Where nothing is kept yet. */
export function openPlace(engine: EngineName): Promise<Place> {
  return placeWith(engine === 'postgres' ? freshDatabase() : null)
}

/** Of each engine, the place that is copied by this process. */
const settled = new Map<EngineName, Promise<Place>>()

/** Where a directory is kept that has the cast in it: a copy of the first one, with its keys. */
export async function openSettledPlace(engine: EngineName): Promise<Place> {
  const known = settled.get(engine) ?? settleOnce(engine)
  settled.set(engine, known)
  const { DATA_DIR = '', DATABASE_URL: url } = (await known).environment
  const place = await placeWith(url === undefined ? null : copyDatabase({ url }))
  await cp(DATA_DIR, place.environment.DATA_DIR ?? '', { recursive: true })
  return place
}

async function settleNew(engine: EngineName): Promise<Place> {
  const place = await openPlace(engine)
  // A moment before any world begins: within one millisecond, entries that several threads write are in no order.
  await using directory = await openDirectoryAt(place, startedAtMs - 1)
  await settle(directory)
  return place
}

async function settleOnce(engine: EngineName): Promise<Place> {
  const place = await settleNew(engine)
  if (place.environment.DATABASE_URL !== undefined) await forgetNodes(place.environment.DATABASE_URL)
  process.once('exit', () => rmSync(place.environment.DATA_DIR ?? '', { recursive: true, force: true }))
  return place
}

/** So that the first node of a copy waits for nobody who may have been there before it. */
async function forgetNodes(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`delete from facts where name = 'first_node'`)
  await client.end()
}

export function openDirectoryAt({ environment }: Place, nowMs = startedAtMs): Promise<OpenDirectory> {
  const settings = settingsFrom({ ...environment })
  const log = openLog(settings, { out: { write: () => {} } })
  return openDirectoryFor(settings, { log, clock: () => nowMs })
}

async function placeWith(databaseToBe: Promise<FreshDatabase> | null): Promise<Place> {
  const dataDirectory = await makePlace('roster-')
  const database = await databaseToBe
  const environment: Record<string, string> = {
    DATA_DIR: dataDirectory,
    LOG_LEVEL: 'debug',
    RATE_LIMITS: 'off',
    ...(database === null ? {} : { DATABASE_URL: database.url }),
  }
  return {
    environment,
    async leave() {
      await database?.drop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
