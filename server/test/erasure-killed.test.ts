import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import pg from 'pg'
import { openRoster } from '../src/app/assemble.ts'
import { inspectDirectory } from '../src/app/inspection.ts'
import { openLog } from '../src/app/log.ts'
import type { Settings } from '../src/app/settings.ts'
import { type CastName, cast } from './cast.ts'
import { whatLies } from './files-in-clear.ts'
import { engines, openSettledPlace, type Place, settingsFrom } from './place.ts'
import { until } from './timing.ts'

const program = join(import.meta.dirname, 'erasing-process.ts')

/** Has somebody erased by a process that is killed as soon as it says so. */
async function killed({ environment }: Place, name: CastName, when: string): Promise<void> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const child = spawn(process.execPath, ['--no-warnings', program, cast[name].user.id], {
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line)
    if (line === when) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL', said.join())
}

/** What a dead process has begun goes on until the database finds that nobody listens. */
async function areAllGone({ environment: { DATABASE_URL: url } }: Place): Promise<boolean> {
  if (url === undefined) return true
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await client.end()
  return rows.length === 0
}

async function owed(settings: Settings): Promise<number | undefined> {
  await using inspection = await inspectDirectory(settings)
  return (await inspection?.people?.erasuresOwed(Date.now()))?.owed
}

for (const engine of engines) {
  test(`${engine}: an erasure that is killed, wherever it was, is finished when a server starts, and left on no page`, async () => {
    const place = await openSettledPlace(engine)
    await using placed = new AsyncDisposableStack()
    placed.defer(place.leave)
    const settings = settingsFrom({ ...place.environment, PORT: '0' })
    const log = openLog(settings, { out: { write: () => {} } })
    const canaries = { grace: Buffer.from('Hopper'), linus: Buffer.from('Torvalds') }
    const erased = [cast.grace.user.id, cast.linus.user.id]

    await killed(place, 'grace', 'cleaning')
    await killed(place, 'linus', 'finishing')
    await until(() => areAllGone(place))
    const left = await owed(settings)
    const roster = placed.use(await openRoster(settings, { log, populate: async () => {} }))
    const { erasures } = roster.directory.core.directory
    const areFinished = async () => {
      const found = await Promise.all(erased.map((id) => erasures.ofUser(id)))
      return found.every((erasure) => typeof erasure?.finishedAtMs === 'number')
    }
    await until(areFinished)

    assert.equal(left, erased.length)
    assert.deepEqual(await whatLies({ engine, settings }, canaries), [])
    if (engine === 'sqlite')
      assert.deepEqual(
        (await readFile(join(settings.dataDirectory, 'erased.ids'), 'utf8')).match(/\S+/g)?.sort(),
        erased,
      )
  })
}
