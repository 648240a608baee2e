import { rm } from 'node:fs/promises'
import { type OpenDirectory, openDirectoryFor } from '../src/app/directory.ts'
import { openLog } from '../src/app/log.ts'
import { readSettings, type Settings, tellMistakes } from '../src/app/settings.ts'
import { system } from '../src/core/actor.ts'
import type { Core } from '../src/core/ports.ts'
import { type CastName, cast, startedAtMs } from './cast.ts'
import { makePlace } from './memory.ts'
import { freshDatabase } from './postgres.ts'

/** Every suite that touches the store runs on each of these; one that is missing is a failure. */
export const engines = ['sqlite', 'postgres'] as const
export type EngineName = (typeof engines)[number]

/** A directory with the cast in it and no server in front. */
export async function openStoreWorld(
  engine: EngineName,
): Promise<OpenDirectory & { environment: Record<string, string> }> {
  const place = await openPlace(engine)
  const settings = settingsFrom({ ...place.environment })
  const directory = await openDirectoryFor(settings, {
    log: openLog(settings, { out: { write: () => {} } }),
    clock: () => startedAtMs,
  })
  await settle(directory)
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

export async function openPlace(engine: EngineName) {
  const dataDirectory = await makePlace('roster-')
  const database = engine === 'postgres' ? await freshDatabase() : null
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
