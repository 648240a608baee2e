import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '#kysely'
import { freezableProxy } from '../../../../test/freezable-proxy.ts'
import { add, newUser, openWorld, sealer, setStatus, type World } from '../../../../test/postgres-nodes.ts'
import { until } from '../../../../test/timing.ts'
import { system } from '../../../core/actor.ts'
import type { UserId } from '../../../core/users/user.ts'
import type { Queries } from '../../queries.ts'
import { DatabaseUnavailable, type Touch } from '../engine.ts'
import { ask, connectionOf, openPool } from './connections.ts'
import type { Who } from './notice-texts.ts'
import { openNotices } from './notices.ts'
import { openTransactions, readAtOnce, type Transact } from './transactions.ts'

test('of two transactions that wait for each other both take place', async () => {
  await using world = await openWorld()
  await using node = await barePieces(world)
  await world.outside.query(`insert into facts values ('a', ''), ('b', '')`)
  const met = meetingOf(2)
  let runs = 0
  const write = (mark: string, first: string, second: string) =>
    node.transact(async (queries) => {
      runs += 1
      await append(queries, first, mark)
      if (runs <= 2) await met()
      await append(queries, second, mark)
      return done
    })

  await Promise.all([write('1', 'a', 'b'), write('2', 'b', 'a')])

  assert.ok(runs > 2 && runs <= 10, `${runs}: whoever gave way ran again, and gave way again if it came in between`)
  const { rows } = await world.outside.query(`select value from facts where name in ('a', 'b') order by name`)
  for (const { value } of rows) assert.deepEqual([...value].sort(), ['1', '2'])
})

test('adding up is broken off when it takes too long, and the reading goes on', async () => {
  await using world = await openWorld()
  await world.node()
  const pool = openPool(world.url, { size: 1, statementMsMax: 5_000 })
  const hits = (seconds: number) => (queries: Queries) =>
    queries.sql
      .selectFrom('active_admins')
      .select(sql<number>`case when pg_sleep(${seconds}) is null then 0 else 1 end`.as('hits'))

  const tallies = await readAtOnce(pool, sealer, async (queries) => [
    await queries.tally(hits(2)(queries), 100),
    await queries.tally(hits(0)(queries), 4_000),
  ])

  assert.deepEqual(tallies, [
    { n: 0, isWhole: false },
    { n: 1, isWhole: true },
  ])
  await pool.end()
})

test('a refusal takes back what was written, and tells nobody', async () => {
  await using world = await openWorld()
  await using node = await barePieces(world)

  const outcome = await node.transact(async (queries) => {
    await queries.query(queries.sql.insertInto('facts').values({ name: 'a', value: '' }))
    return { outcome: { ok: false }, touched: touching(ada), mailed: false }
  })

  assert.deepEqual(outcome, { ok: false })
  assert.deepEqual((await world.outside.query(`select 1 from facts where name = 'a'`)).rows, [])
  assert.deepEqual(node.told, [])
})

test('a fault takes back what was written, and the connection serves again', async () => {
  await using world = await openWorld()
  await using node = await barePieces(world)

  await assert.rejects(
    node.transact(async (queries) => {
      await queries.query(queries.sql.insertInto('facts').values({ name: 'a', value: '' }))
      throw new Error('a bug')
    }),
    /a bug/,
  )

  assert.deepEqual((await world.outside.query(`select 1 from facts where name = 'a'`)).rows, [])
  assert.equal((await node.transact(async () => done)).ok, true)
})

test('a transaction whose connection is lost is not available, and the next one is', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const linus = await add(node, newUser('linus'))

  await world.outside.query('begin; lock table users')
  const stuck = assert.rejects(setStatus(node, linus.id, 'inactive'), DatabaseUnavailable)
  await until(() => waitsForLock(world))
  await world.outside.query(`${terminateOthers} and application_name = 'roster'; commit`)

  await stuck
  await setStatus(node, linus.id, 'inactive')
})

test('look-ups survive the loss of every connection', async () => {
  await using world = await openWorld()
  const pool = openPool(world.url, { size: 10, statementMsMax: 5_000 })
  const lookUp = () => ask(connectionOf(pool), { text: 'select 1' })
  await Promise.all(Array.from({ length: 10 }, lookUp))
  assert.equal(pool.totalCount, 10)

  await world.outside.query(terminateOthers)
  await until(() => pool.totalCount === 0)

  await Promise.all(Array.from({ length: 10 }, lookUp))
  await pool.end()
})

test('a change that took place after its node gave it up for lost is told when it does', async () => {
  await using world = await openWorld()
  await using proxy = await freezableProxy(world.url)
  await using node = await barePieces(world, proxy.url)
  await world.outside.query(commitsThatWait)

  const lost = assert.rejects(
    node.transact(async (queries) => {
      await queries.query(queries.sql.insertInto('facts').values({ name: 'slow', value: '' }))
      return { outcome: { ok: true }, touched: touching(ada), mailed: false }
    }),
    DatabaseUnavailable,
  )
  await until(() => waitsForLock(world))
  proxy.cut()

  await lost
  assert.deepEqual(node.told, [[ada]])
  await world.outside.query('select pg_advisory_unlock(1)')
  await until(() => node.told.length > 1)
  assert.deepEqual(node.told, [[ada], [ada]])
})

test('a node that closes finishes what it accepted and accepts no more', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const user = newUser('grace')

  const underWay = node.commit('create-user', { actor: system, user, passwordHash: null }, 1)
  await node.close()

  assert.equal((await underWay).ok, true)
  await assert.rejects(setStatus(node, user.id, 'inactive'), DatabaseUnavailable)
})

const ada = '01890000-0000-7000-8000-000000000001' as UserId
const done = { outcome: { ok: true }, touched: new Map<UserId, Touch>(), mailed: false } as const

const terminateOthers = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

/** COMMIT itself waits for whoever holds the lock, if the fact `slow` was written. */
const commitsThatWait = `
  create function wait() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
  create constraint trigger slowly after insert on facts deferrable initially deferred
    for each row when (new.name = 'slow') execute function wait();
  select pg_advisory_lock(1)`

async function waitsForLock({ outside }: World): Promise<boolean> {
  const { rowCount } = await outside.query(`select 1 from pg_stat_activity
    where datname = current_database() and application_name = 'roster' and wait_event_type = 'Lock'`)
  return rowCount === 1
}

function touching(id: UserId): Map<UserId, Touch> {
  return new Map([[id, 'record']])
}

async function append(queries: Queries, name: string, mark: string): Promise<void> {
  const value = sql<string>`value || ${mark}`
  await queries.query(queries.sql.updateTable('facts').set({ value }).where('name', '=', name))
}

function meetingOf(count: number): () => Promise<void> {
  const all = Promise.withResolvers<void>()
  let present = 0
  return () => {
    present += 1
    if (present === count) all.resolve()
    return all.promise
  }
}

/** Transactions and notices of a node without the rest of it; transactions by way of `url`. */
async function barePieces(
  world: World,
  url = world.url,
): Promise<AsyncDisposable & { transact: Transact; told: Who[] }> {
  await (await world.node()).close()
  const opened = new AsyncDisposableStack()
  const told: Who[] = []
  const tell = (who: Who) => told.push(who)
  const pool = opened.adopt(openPool(url, { size: 4, statementMsMax: 5_000 }), (one) => one.end())
  const notices = opened.adopt(openNotices({ url: world.url, tell, onTrouble() {} }), (one) => one.close())
  await notices.listening()
  await notices.begin(false)
  told.length = 0
  const transact = openTransactions({ pool, sealer, notices, tell, tellOfMail: () => {} })
  return { transact, told, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
