import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import { type OpenDirectory, openDirectoryFor } from '../src/app/directory.ts'
import { openFinisher } from '../src/app/erasures.ts'
import { openLog } from '../src/app/log.ts'
import { examine } from '../src/cli/doctor-checks.ts'
import { eraseAgain } from '../src/core/erasures/erase-again.ts'
import { limits } from '../src/core/limits.ts'
import { cast, startedAtMs } from './cast.ts'
import { gatherStatistics, whatLies } from './files-in-clear.ts'
import { openSettledPlace, openStoreWorld, type Place, settingsFrom } from './place.ts'
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

/** Whether somebody who holds the lock of cleaning has asked more than once who is still in a transaction. */
async function isWaiting(above: pg.Client): Promise<boolean> {
  const { rows } = await above.query(
    `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and query like '%virtualtransaction%= any(%' and query_start > backend_start + interval '150 milliseconds'`,
  )
  return rows.length > 0
}
