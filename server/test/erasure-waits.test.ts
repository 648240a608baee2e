import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type OpenDirectory, openDirectoryFor } from '../src/app/directory.ts'
import { openFinisher } from '../src/app/erasures.ts'
import { openLog } from '../src/app/log.ts'
import { examine } from '../src/cli/doctor-checks.ts'
import { eraseAgain } from '../src/core/erasures/erase-again.ts'
import { limits } from '../src/core/limits.ts'
import { cast, startedAtMs } from './cast.ts'
import { gatherStatistics, whatLies } from './files-in-clear.ts'
import {
  openDirectoryAt,
  openPlace,
  openSettledPlace,
  openStoreWorld,
  type Place,
  settingsFrom,
  settle,
} from './place.ts'
import { startOwnPostgres } from './postgres.ts'
import { until } from './timing.ts'

const grace = cast.grace.user
const canary = { 'last name': Buffer.from(grace.lastName ?? '') }

/** Longer than tables take to be written anew: who writes when they are begun writes still when they are done. */
const writesMs = 1_500

/** A role that may sign in and owns nothing yet, as somebody else's connection. */
async function openRole(url: string) {
  const name = `keeper_${randomBytes(6).toString('hex')}`
  const password = randomBytes(12).toString('hex')
  const own = Object.assign(new URL(url), { username: name, password }).href
  const above = new pg.Client({ connectionString: url })
  await above.connect()
  await above.query(`create role ${name} login password '${password}'`)
  return {
    name,
    url: own,
    above,
    async [Symbol.asyncDispose]() {
      await above.query(`reassign owned by ${name} to current_user`)
      await above.query(`drop owned by ${name}`)
      await above.query(`drop role ${name}`)
      await above.end()
    },
  }
}

/** A directory as that role opens it, whose tables all are its own; of its files it can be seen what lies in them. */
async function openAs(role: { readonly name: string; readonly url: string; readonly above: pg.Client }, place: Place) {
  const { rows } = await role.above.query<{ table: string }>(
    `select tablename as table from pg_tables where schemaname = 'public'`,
  )
  for (const { table } of rows) await role.above.query(`alter table ${table} owner to ${role.name}`)
  await role.above.query(`grant create on schema public to ${role.name}`)
  let nowMs = startedAtMs
  const environment = { ...place.environment, DATABASE_URL: role.url }
  const settings = settingsFrom(environment)
  const log = openLog(settings, { out: { write: () => {} } })
  const directory = await openDirectoryFor(settings, { log, clock: () => nowMs })
  return Object.assign(directory, {
    environment,
    tick: (ms: number) => {
      nowMs += ms
    },
  })
}

/** What lies in the files, by whoever may read all of them. */
function filesOf({ environment }: Pick<Place, 'environment'>) {
  const place = { engine: 'postgres', settings: settingsFrom({ ...environment }) } as const
  return {
    gatherStatistics: () => gatherStatistics(place),
    lies: async () => (await whatLies(place, canary)).map((line) => line.replace(/ \(.+/, '')),
  }
}

async function isFinished({ core }: Pick<OpenDirectory, 'core'>): Promise<boolean> {
  return typeof (await core.directory.erasures.ofUser(grace.id))?.finishedAtMs === 'number'
}

test('a role that does not own the database finishes no erasure, and whoever runs it is told, until it does', async () => {
  const place = await openSettledPlace('postgres')
  const { DATABASE_URL: url = '' } = place.environment
  const files = filesOf(place)
  await using placed = new AsyncDisposableStack()
  placed.defer(place.leave)
  const role = placed.use(await openRole(url))
  const directory = placed.use(await openAs(role, place))
  await files.gatherStatistics()
  const left: string[] = []
  const finish = openFinisher(directory, { onLeft: (why) => left.push(why) })
  const isTold = async () => (await examine(directory.environment)).some(({ says }) => says.includes('ALTER DATABASE'))

  await eraseAgain(directory.core, [grace.id])
  const first = await finish(directory.core.clock())
  const again = await finish(directory.core.clock())
  const [lie, wasFinished, wasTold] = [await files.lies(), await isFinished(directory), await isTold()]
  await role.above.query(`alter database ${new URL(url).pathname.slice(1)} owner to ${role.name}`)
  directory.tick(limits.erasuresLeftMs)
  const last = await finish(directory.core.clock())

  assert.deepEqual([first, again, wasFinished], [false, false, false])
  assert.deepEqual(left, ['not_allowed'], 'nothing is written anew in vain each minute')
  assert.deepEqual(
    lie.filter((line) => line !== 'last name in pg_statistic'),
    [],
    'all is cleaned that may be',
  )
  assert.equal(wasTold, true)
  assert.deepEqual([last, await isFinished(directory), await files.lies(), await isTold()], [true, true, [], false])
})

test('cleaning waits for the transaction of another role, which sees what was deleted, and then leaves nothing of it', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  await using role = await openRole(directory.environment.DATABASE_URL ?? '')
  const reader = new pg.Client({ connectionString: role.url })
  await reader.connect()
  await reader.query('begin isolation level repeatable read')
  await reader.query('select 1')

  await eraseAgain(directory.core, [grace.id])
  const finished = openFinisher(directory)(directory.core.clock())
  await until(() => isWaiting(role.above))
  const before = [await isFinished(directory), await files.lies()]
  await reader.query('commit')
  await reader.end()

  assert.equal(await finished, true)
  assert.deepEqual(before, [false, ['last name in users']])
  assert.deepEqual([await isFinished(directory), await files.lies()], [true, []])
})

/** A transaction that writes, in another database of the same server. */
async function beginElsewhere(url: string) {
  const writer = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href })
  await writer.connect()
  await writer.query('begin')
  await writer.query('select pg_current_xact_id()')
  return { [Symbol.asyncDispose]: () => writer.end() }
}

test('cleaning waits for who writes in another database of the server, since rows are kept until they are done', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  const url = directory.environment.DATABASE_URL ?? ''
  await using role = await openRole(url)
  await using writers = new AsyncDisposableStack()
  const writer = await beginElsewhere(url)
  writers.use(writer)

  await eraseAgain(directory.core, [grace.id])
  const finished = openFinisher(directory)(directory.core.clock())
  await until(() => isWaiting(role.above))
  const before = [await isFinished(directory), await files.lies()]
  await writer[Symbol.asyncDispose]()

  assert.equal(await finished, true)
  assert.deepEqual(before, [false, ['last name in users']])
  assert.deepEqual([await isFinished(directory), await files.lies()], [true, []])
})

test('somebody always writes elsewhere: cleaning ends all the same, and the planner keeps nothing', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  await files.gatherStatistics()
  const url = directory.environment.DATABASE_URL ?? ''
  const done = new AbortController()
  const writers = [0, 1].map(async (place) => {
    await delay(place * (writesMs / 2))
    while (!done.signal.aborted) {
      await using _ = await beginElsewhere(url)
      await delay(writesMs)
    }
  })
  await delay(writesMs)

  await eraseAgain(directory.core, [grace.id])
  const finished = await openFinisher(directory)(directory.core.clock())
  const lie = await files.lies()
  done.abort()
  await Promise.all(writers)

  assert.deepEqual([finished, lie], [true, []])
})

test('cleaning waits for who decodes the log of the server, since what the planner kept is kept for them', async () => {
  await using postgres = await startOwnPostgres(['wal_level=logical'])
  const { environment, leave } = await openPlace('sqlite')
  const place = { environment: { ...environment, DATABASE_URL: `${postgres.url}/postgres` }, leave }
  await using placed = new AsyncDisposableStack()
  placed.defer(leave)
  const role = placed.use(await openRole(place.environment.DATABASE_URL))
  const directory = placed.use(await openDirectoryAt(place))
  await settle(directory)
  const files = filesOf(place)
  await files.gatherStatistics()
  await role.above.query(`select pg_create_logical_replication_slot('changes', 'pgoutput')`)

  await eraseAgain(directory.core, [grace.id])
  const finished = openFinisher(directory)(directory.core.clock())
  await until(() => isWaiting(role.above))
  const before = await isFinished(directory)
  await role.above.query(`select pg_drop_replication_slot('changes')`)

  assert.deepEqual([before, await finished, await files.lies()], [false, true, []])
})

/** Whether somebody who holds the lock of cleaning has asked more than once who is still in a transaction. */
async function isWaiting(above: pg.Client): Promise<boolean> {
  const { rows } = await above.query(
    `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and (query like '%virtualtransaction%= any(%' or query like '%pg_snapshot_xmin%') and query_start > backend_start + interval '150 milliseconds'`,
  )
  return rows.length > 0
}
