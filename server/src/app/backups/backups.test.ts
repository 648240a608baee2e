import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import pg from 'pg'
import { cast, person, startedAtMs } from '../../../test/cast.ts'
import { hasPgPrograms, pgProgramsAreMissing } from '../../../test/pg-programs.ts'
import { type EngineName, engines, openPlace, openSettledPlace, type Place, settingsFrom } from '../../../test/place.ts'
import { system } from '../../core/actor.ts'
import { eraseUser } from '../../core/erasures/erase-user.ts'
import type { Core } from '../../core/ports.ts'
import { lookAtTarget, restoreDatabase } from '../../store/engines/postgres/restore.ts'
import { copyDatabase } from '../../store/engines/sqlite/copy.ts'
import { takeLock } from '../../store/engines/sqlite/lock.ts'
import { openDirectoryFor } from '../directory.ts'
import { readDirectoryKeys } from '../directory-key.ts'
import { openLog } from '../log.ts'
import { rotateMasterKey } from '../rotate-master-key.ts'
import { makeBackup } from './make-backup.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import { type PlacedBackup, placeBackup, type RestoreOptions } from './restore-backup.ts'

const log = openLog({ production: false, logLevel: 'silent' })
const quiet = { clock: () => startedAtMs, environment: process.env, reach: () => {} }
const unusual = 'zu-keiner-sicherung'

/** A directory with the cast in it, a folder for backups, and what people do with both. */
async function openKept(engine: EngineName, place?: Place) {
  const { environment, leave } = place ?? (await openSettledPlace(engine))
  const folder = await mkdtemp(join(tmpdir(), 'roster-backups-'))
  const settings = settingsFrom(environment)
  return {
    engine,
    environment,
    settings,
    folder,
    file: (name: string) => join(folder, name),
    async during<T>(work: (core: Core) => Promise<T>): Promise<T> {
      await using directory = await openDirectoryFor(settings, { log, clock: () => startedAtMs })
      return await work(directory.core)
    },
    backup: (name: string) => makeBackup(settings, { place: join(folder, name), ...quiet }),
    restore: (backup: string, how: Partial<RestoreOptions> = {}): Promise<PlacedBackup> =>
      placeBackup(settings, {
        ...{ backup, backupKeyFile: null, replace: false, erasedFile: null, keepApiTokens: false },
        ...{ ...quiet, ...how },
      }),
    async [Symbol.asyncDispose]() {
      await leave()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Kept = Awaited<ReturnType<typeof openKept>>

/** What a restore must not have touched. */
async function contentsOf({ settings: { databaseUrl, dataDirectory } }: Kept): Promise<unknown> {
  if (databaseUrl === null)
    return (await readdir(dataDirectory)).filter((name) => !/^roster\.(?:lock|db-)/.test(name)).sort()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } =
    await client.query(`select relname from pg_class where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information)'
    order by 1`)
  await client.end()
  return rows
}

for (const engine of engines) {
  const missing = engine === 'postgres' && !hasPgPrograms

  test(`a backup is the directory at one instant while somebody writes; restored, it forgets again whoever was erased (${engine})`, async (t) => {
    if (missing) return t.diagnostic(pgProgramsAreMissing)
    await using kept = await openKept(engine)
    const { grace, linus } = cast
    let place = 1_000
    const add = async (core: Core) => {
      const user = person({ place: ++place, firstName: unusual, email: `${unusual}-${place}@example.com` })
      assert.ok((await core.commit('create-user', { actor: system, user, passwordHash: null })).ok)
      return user.id
    }

    const { made, before, after } = await kept.during(async (core) => {
      const first = await add(core)
      const making = kept.backup('night').finally(() => {
        done = true
      })
      let done = false
      while (!done) await add(core)
      const late = await add(core)
      assert.ok((await eraseUser(core, system, grace.user.id, { versions: null })).ok)
      return { made: await making, before: first, after: late }
    })
    const files = (await readdir(made.folder)).sort()
    for (const name of files) {
      const bytes = await readFile(join(made.folder, name))
      assert.deepEqual([bytes.includes(unusual), bytes.includes('grace@example.com')], [false, false], name)
      assert.equal((await stat(join(made.folder, name))).mode & 0o777, 0o600)
    }
    assert.equal((await stat(made.folder)).mode & 0o777, 0o700)
    assert.deepEqual(await readdir(kept.folder), ['night'])
    await assert.rejects(kept.backup('night'), /there is a backup .+, and nothing is written over/)

    const placed = await kept.restore(made.folder, { replace: true })

    assert.equal(placed.erased, 1)
    await kept.during(async ({ directory }) => {
      assert.notEqual(await directory.users.byId(before), null)
      assert.equal(await directory.users.byId(after), null)
      assert.equal((await directory.users.byId(linus.user.id))?.email, 'linus@example.com')
      assert.equal(await directory.users.byId(grace.user.id), null)
      assert.notEqual(await directory.erasures.ofUser(grace.user.id), null)
      assert.equal(await directory.facts.valueOf('restored'), null)
    })
    assert.equal(engine === 'sqlite' ? existsSync(placed.aside ?? '') : placed.aside?.startsWith('replaced_'), true)
  })

  test(`a backup under a master key of before is taken back with that key, and opens with the one of now (${engine})`, async (t) => {
    if (missing) return t.diagnostic(pgProgramsAreMissing)
    await using kept = await openKept(engine)
    await using empty = await openKept(engine, await openPlace(engine))
    await cp(join(kept.settings.dataDirectory, 'development-master.key'), kept.file('old.key'))
    const { folder } = await kept.backup('old')
    await writeFile(kept.file('new.key'), Buffer.alloc(32, 9).toString('base64'))
    await rotateMasterKey(kept.settings, async () => Buffer.alloc(32, 9))
    const settings = settingsFrom({ ...empty.environment, MASTER_KEY_FILE: kept.file('new.key') })
    const options = { ...quiet, backup: folder, replace: false, erasedFile: null, keepApiTokens: false }

    const before = await contentsOf(empty)
    await assert.rejects(
      placeBackup(settings, { ...options, backupKeyFile: null }),
      /name the file of that one by --backup-key-file/,
    )
    assert.deepEqual(await contentsOf(empty), before)
    await placeBackup(settings, { ...options, backupKeyFile: kept.file('old.key') })

    await using directory = await openDirectoryFor(settings, { log })
    assert.equal((await directory.core.directory.users.byClaim('email', 'ada@example.com'))?.id, cast.ada.user.id)
  })

  test(`what is not whole, not ours, too new or in the way is refused in a sentence, and nothing is touched (${engine})`, async (t) => {
    if (missing) return t.diagnostic(pgProgramsAreMissing)
    await using kept = await openKept(engine)
    const { folder, manifest } = await kept.backup('good')
    const keys = await readDirectoryKeys(kept.settings)
    const spoilt = async (name: string, spoil: (at: (file: string) => string) => Promise<void>) => {
      await cp(folder, kept.file(name), { recursive: true })
      await spoil((file) => join(kept.file(name), file))
      return kept.file(name)
    }
    const { file, bytes } = manifest.data
    const flip = async (path: string) => {
      const all = await readFile(path)
      all.writeUInt8(all.readUInt8(all.length >> 1) ^ 1, all.length >> 1)
      await writeFile(path, all)
    }
    const say = (changes: Partial<Manifest>, key = keys.backup) =>
      writeManifest({ ...manifest, ...changes } as Manifest, key)
    const cases: readonly (readonly [string, RegExp])[] = [
      [await spoilt('flipped', (at) => flip(at(file))), /is damaged: .+ is not what it held/],
      [await spoilt('cut', (at) => truncate(at(file), bytes - 1)), /is not of the size that it had/],
      [await spoilt('lacking', (at) => rm(at(file))), /is missing/],
      [await spoilt('keyless', (at) => rm(at('directory.key'))), /it has no directory\.key/],
      [
        await spoilt('unkeyed', (at) => writeFile(at('directory.key'), '{"v":1}')),
        /is damaged: the directory\.key of it is not what it held/,
      ],
      [await spoilt('touched', (at) => writeFile(at('manifest.json'), say({ schema: 1 }, keys.digest))), /was changed/],
      [
        await spoilt('newer', (at) => writeFile(at('manifest.json'), say({ schema: 900 }))),
        /of schema 900, this program knows/,
      ],
      [
        await spoilt('torn', (at) => writeFile(at('manifest.json'), '{')),
        /is damaged: .+manifest\.json cannot be read/,
      ],
      [kept.folder, /there is no backup in/],
      [folder, engine === 'sqlite' ? /there is a directory in/ : /the database is not empty/],
    ]
    const before = await contentsOf(kept)
    for (const [backup, says] of cases) {
      const replace = backup !== folder
      await assert.rejects(kept.restore(backup, { replace }), (thrown: Error) => {
        assert.match(thrown.name, /^(?:BackupTrouble|DatabaseTooNew)$/)
        assert.match(thrown.message, says)
        return true
      })
    }
    await kept.during(async () => {
      await assert.rejects(
        kept.restore(folder, { replace: true }),
        /uses .+: stop (?:it|every node) before you restore/,
      )
    })
    assert.deepEqual(await contentsOf(kept), before)
  })
}

test('a restore that was cut short between two files opens as no directory, and is done again', async () => {
  await using kept = await openKept('sqlite')
  const { folder } = await kept.backup('good')
  await rm(join(kept.settings.dataDirectory, 'directory.key'))
  await writeFile(join(kept.settings.dataDirectory, 'restore.unfinished'), '')

  await assert.rejects(
    kept.during(async () => {}),
    /a restore into .+ was cut short: run `npx roster restore` again/,
  )
  const placed = await kept.restore(folder, { replace: true })

  assert.equal(placed.asideUnreadable, true)
  await kept.during(async ({ directory }) => assert.notEqual(await directory.users.byId(cast.ada.user.id), null))
})

test('a restore sweeps away what killed ones have left, and touches nothing while a key is being changed', async () => {
  await using kept = await openKept('sqlite')
  const { folder } = await kept.backup('good')
  const { dataDirectory } = kept.settings
  await cp(folder, join(dataDirectory, 'restoring-aB3_x9'), { recursive: true })
  const changing = takeLock(dataDirectory, 'keys.lock')
  const before = await readFile(join(dataDirectory, 'directory.key'))

  await assert.rejects(
    kept.restore(folder, { replace: true }),
    /^KeyTrouble: the key of .+ is being changed by another command$/,
  )
  changing?.release()
  assert.deepEqual(await readFile(join(dataDirectory, 'directory.key')), before)
  const names = await readdir(dataDirectory)
  assert.deepEqual(
    names.filter((name) => /^(?:restor|replac)/.test(name)),
    [],
  )
})

test('a copy whose place goes away fails, and takes nothing else with it', async () => {
  await using kept = await openKept('sqlite')
  const { file: fileKey } = await readDirectoryKeys(kept.settings)
  const order = { from: join(kept.settings.dataDirectory, 'roster.db'), to: kept.file('gone/roster.db'), fileKey }

  await assert.rejects(
    copyDatabase(order, () => {}),
    { code: 'SQLITE_CANTOPEN' },
  )
})

test('a restore that breaks off leaves the database as it was', async (t) => {
  if (!hasPgPrograms) return t.diagnostic(pgProgramsAreMissing)
  await using kept = await openKept('postgres')
  const url = kept.settings.databaseUrl ?? ''
  const target = await lookAtTarget(url)
  const dump = execFileSync('pg_dump', ['--format=custom', `--dbname=${url}`])
  const broken = Readable.from(
    (async function* () {
      yield dump.subarray(0, dump.length >> 1)
      throw new Error('as told')
    })(),
  )

  const work = { target, aside: 'replaced_now', facts: {} }
  await assert.rejects(restoreDatabase({ url, environment: process.env }, broken, work), /as told/)

  assert.deepEqual((await lookAtTarget(url)).tables, target.tables)
  await kept.during(async ({ directory }) => assert.notEqual(await directory.users.byId(cast.ada.user.id), null))
})

test('without the programs of PostgreSQL, or with older ones, it is said what to install', async () => {
  await using kept = await openKept('postgres')
  const backup = (environment: Record<string, string>) =>
    makeBackup(kept.settings, { place: kept.file('none'), ...quiet, environment })

  await assert.rejects(
    backup({ PATH: '/nowhere' }),
    /^ProgramTrouble: there is no pg_dump on the PATH: install .+postgresql-client/,
  )
  await writeFile(kept.file('pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6.24"\n', { mode: 0o700 })
  await assert.rejects(
    backup({ PATH: kept.folder }),
    /pg_dump is of version 9, and the database server of \d+: install/,
  )
  assert.deepEqual(await readdir(kept.folder), ['pg_dump'])
})
