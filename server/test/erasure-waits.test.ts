import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type OpenDirectory, openDirectoryFor } from '../src/app/directory.ts'
import { openFinisher } from '../src/app/erasures.ts'
import { openLog } from '../src/app/log.ts'
import { examine } from '../src/cli/doctor-checks.ts'
import { eraseAgain } from '../src/core/erasures/erase-again.ts'
import { limits } from '../src/core/limits.ts'
import type { Cleanliness } from '../src/store/engines/engine.ts'
import { beginCleaning } from '../src/store/engines/postgres/cleaning.ts'
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

/** An erasure of grace that is being finished, and waits for somebody. */
async function waitingErasure(directory: Pick<OpenDirectory, 'core' | 'engine'>, above: pg.Client) {
  await eraseAgain(directory.core, [grace.id])
  const finished = openFinisher(directory)(directory.core.clock())
  await until(() => isWaiting(above))
  return { finished }
}

/** Whether whoever cleans asks who may still see what was deleted, and has for a while. */
async function isWaiting(above: pg.Client): Promise<boolean> {
  const { rows } = await above.query(
    `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and query like '%from pg_replication_slots%' and query_start > backend_start + interval '150 milliseconds'`,
  )
  return rows.length > 0
}

async function openReader(url: string) {
  const reader = new pg.Client({ connectionString: url })
  await reader.connect()
  await reader.query('begin isolation level repeatable read')
  return Object.assign(reader, { [Symbol.asyncDispose]: () => reader.end() })
}

test('cleaning waits for the transaction of another role, and for whoever takes over what that one sees', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  await using role = await openRole(directory.environment.DATABASE_URL ?? '')
  await using first = await openReader(role.url)
  await using second = await openReader(role.url)
  const { rows } = await first.query('select pg_export_snapshot() as snapshot')

  const { finished } = await waitingErasure(directory, role.above)
  await second.query(`set transaction snapshot '${rows[0].snapshot}'`)
  await first.query('commit')
  await delay(500)
  const before = [await isFinished(directory), await files.lies()]
  await second.query('commit')

  assert.equal(await finished, true)
  assert.deepEqual(before, [false, ['last name in users']])
  assert.deepEqual([await isFinished(directory), await files.lies()], [true, []])
})

/** A transaction that writes, in another database of the same server. */
async function beginElsewhere(url: string): Promise<AsyncDisposable> {
  const writer = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href })
  await writer.connect()
  await writer.query('begin')
  await writer.query('select pg_current_xact_id()')
  return { [Symbol.asyncDispose]: () => writer.end() }
}

/** Two who write elsewhere, one after another without an end, so that there is always one who has a half of it before them. */
async function writeOnElsewhere(url: string, transactionMs: number): Promise<AsyncDisposable> {
  const done = new AbortController()
  const writers = [0, 1].map(async (place) => {
    await delay((place * transactionMs) / 2)
    while (!done.signal.aborted) {
      await using _ = await beginElsewhere(url)
      await delay(transactionMs)
    }
  })
  await delay(transactionMs)
  return {
    async [Symbol.asyncDispose]() {
      done.abort()
      await Promise.all(writers)
    },
  }
}

test('cleaning waits for who writes in another database of the server, since rows are kept until they are done', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  const url = directory.environment.DATABASE_URL ?? ''
  await using role = await openRole(url)
  await using opened = new AsyncDisposableStack()
  opened.use(await beginElsewhere(url))

  const { finished } = await waitingErasure(directory, role.above)
  const before = [await isFinished(directory), await files.lies()]
  await opened.disposeAsync()

  assert.equal(await finished, true)
  assert.deepEqual(before, [false, ['last name in users']])
  assert.deepEqual([await isFinished(directory), await files.lies()], [true, []])
})

test('somebody always writes elsewhere: cleaning ends all the same, and the planner keeps nothing', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  await files.gatherStatistics()
  await using _ = await writeOnElsewhere(directory.environment.DATABASE_URL ?? '', 1_500)

  await eraseAgain(directory.core, [grace.id])
  const finished = await openFinisher(directory)(directory.core.clock())

  assert.deepEqual([finished, await files.lies()], [true, []])
})

test('a try that is too short for whoever writes goes on in the next, and does nothing twice', async () => {
  await using directory = await openStoreWorld('postgres')
  const files = filesOf(directory)
  const url = directory.environment.DATABASE_URL ?? ''
  await files.gatherStatistics()
  await using writers = new AsyncDisposableStack()
  const first = writers.use(await beginElsewhere(url))
  await eraseAgain(directory.core, [grace.id])
  const clean = beginCleaning(url, { waitMsMax: 200 })
  const answers: [Cleanliness, string[]][] = []
  const attempt = async () => answers.push([await clean(new AbortController().signal), await files.lies()])

  await attempt()
  const second = writers.use(await beginElsewhere(url))
  await first[Symbol.asyncDispose]()
  // Others write elsewhere, too, and each of them for a short time.
  await until(async () => (await attempt()) > 0 && answers.at(-1)?.[1].join() === 'last name in pg_statistic')
  writers.use(await beginElsewhere(url))
  await second[Symbol.asyncDispose]()
  await until(async () => (await attempt()) > 0 && answers.at(-1)?.[0] === 'clean')

  assert.deepEqual(answers[0], ['still_seen', ['last name in users', 'last name in pg_statistic']])
  assert.ok(answers.slice(0, -1).every(([answer]) => answer === 'still_seen'))
  assert.deepEqual(answers.at(-1), ['clean', []])
})

/** A PostgreSQL of its own, with a directory in it: what is done to the whole server keeps nobody else waiting. */
async function openServer(configuration: readonly string[]) {
  await using placed = new AsyncDisposableStack()
  const postgres = placed.use(await startOwnPostgres(configuration))
  const url = `${postgres.url}/postgres`
  const { environment, leave } = await openPlace('sqlite')
  placed.defer(leave)
  const place = { environment: { ...environment, DATABASE_URL: url }, leave }
  const role = placed.use(await openRole(url))
  const directory = placed.use(await openDirectoryAt(place))
  await settle(directory)
  const files = filesOf(place)
  await files.gatherStatistics()
  const opened = placed.move()
  return { url, above: role.above, directory, files, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

test('who decodes the log of the server keeps what the planner knew until they have come as far, and no rows', async () => {
  await using server = await openServer(['wal_level=logical'])
  await server.above.query(`select pg_create_logical_replication_slot('changes', 'pgoutput')`)

  const { finished } = await waitingErasure(server.directory, server.above)
  await until(async () => (await server.files.lies()).join() === 'last name in pg_statistic')
  const before = await isFinished(server.directory)
  await server.above.query(`select pg_drop_replication_slot('changes')`)

  assert.deepEqual([before, await finished, await server.files.lies()], [false, true, []])
})

test('a slot that is lost keeps nothing, and nobody waits for it', async () => {
  await using server = await openServer(['wal_level=logical', 'max_slot_wal_keep_size=1MB', 'min_wal_size=32MB'])
  await server.above.query(`select pg_create_logical_replication_slot('changes', 'pgoutput')`)
  const isLost = async () => {
    await server.above.query('select pg_switch_wal()')
    await server.above.query('checkpoint')
    const { rows } = await server.above.query('select wal_status from pg_replication_slots')
    return rows[0].wal_status === 'lost'
  }
  await until(isLost)

  await eraseAgain(server.directory.core, [grace.id])
  const finished = await openFinisher(server.directory)(server.directory.core.clock())

  assert.deepEqual([finished, await server.files.lies()], [true, []])
})

test('cleaning waits for a replica that says what is seen there', async () => {
  await using server = await openServer([])
  const { rows } = await server.above.query(
    `select pg_current_wal_flush_lsn() as at, pg_snapshot_xmin(pg_current_snapshot())::text as oldest`,
  )
  await using replica = await openReplica(server.url, rows[0].at)
  replica.see(Number(rows[0].oldest))
  await until(async () => {
    const { rows } = await server.above.query('select 1 from pg_stat_replication where backend_xmin is not null')
    return rows.length > 0
  })

  const { finished } = await waitingErasure(server.directory, server.above)
  const before = [await isFinished(server.directory), (await server.files.lies()).includes('last name in users')]
  replica.see(nothing)

  assert.deepEqual([before, await finished, await server.files.lies()], [[false, true], true, []])
})

/** No transaction has this number. */
const nothing = 0

/**
 * Of a replica, the part that says back what its readers see (PostgreSQL, “Streaming Replication Protocol”: hot standby feedback). It begins `at` a place of the
 * log that was flushed: further on there is nothing to be sent yet, which the server says only after it has begun.
 */
async function openReplica(url: string, at: string) {
  const client = new pg.Client({ connectionString: url, replication: 'true' } as pg.ClientConfig)
  await client.connect()
  const { connection } = client as unknown as { connection: pg.Connection & { sendCopyFromChunk(chunk: Buffer): void } }
  const begun = once(connection, 'replicationStart')
  let isOver = false
  client.query(`START_REPLICATION PHYSICAL ${at}`).catch((fault: unknown) => {
    if (!isOver) throw fault
  })
  await begun
  const see = (oldest: number) => {
    const feedback = Buffer.alloc(25)
    feedback.write('h')
    feedback.writeUInt32BE(oldest, 9)
    connection.sendCopyFromChunk(feedback)
  }
  const end = () => {
    isOver = true
    return client.end()
  }
  return { see, [Symbol.asyncDispose]: end }
}
