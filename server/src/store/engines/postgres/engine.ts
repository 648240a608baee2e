import { setTimeout as sleep } from 'node:timers/promises'
import { migrations } from '../../migrations/migrations.ts'
import { readings } from '../../readings.ts'
import { runCommit } from '../../run-commit.ts'
import { DatabaseUnavailable, type Engine } from '../engine.ts'
import { beginCleaning } from './cleaning.ts'
import { ask, type Connection, connectionOf, openPool, withConnection } from './connections.ts'
import { keepFact } from './facts.ts'
import { SharedLimiter } from './limiter.ts'
import { migrate } from './migrate.ts'
import type { Who } from './notice-texts.ts'
import { type Notices, openNotices } from './notices.ts'
import { queriesOver, type Sealer } from './queries.ts'
import { checkSuitability, DatabaseUnsuitable } from './suitability.ts'
import { openTransactions, readAtOnce } from './transactions.ts'

export interface PostgresOptions {
  readonly url: string
  readonly sealer: Sealer
  /** Connections for look-ups and commits. Lists have half as many of their own, and notices one. */
  readonly poolSize?: number
  /** Told when this node has stopped hearing the others, and tries again. */
  readonly onTrouble?: (error: unknown) => void
}

const poolSizeDefault = 10
const lookUpMsMax = 15_000
/** Lists, totals and exports. */
const readingMsMax = 60_000
const firstBeatMsMax = 10_000
const rememberMsMax = 5_000

/**
 * One node of a directory in PostgreSQL. Brings the schema up to date, and is open once it hears its own notices.
 * Throws `DatabaseUnsuitable`, `DatabaseTooNew` or `DatabaseUnavailable`.
 */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const { url, sealer, poolSize = poolSizeDefault, onTrouble = nothing } = options
  const listeners: ((who: Who) => void)[] = []
  const tell = (who: Who) => {
    for (const listener of listeners) listener(who)
  }

  await using opened = new AsyncDisposableStack()
  const endPool = (pool: { end(): Promise<void> }) => pool.end()
  const pool = opened.adopt(openPool(url, { size: poolSize, statementMsMax: lookUpMsMax }), endPool)
  /** So that no number of slow lists holds up a look-up. */
  const asidePool = opened.adopt(
    openPool(url, { size: Math.ceil(poolSize / 2), statementMsMax: readingMsMax }),
    endPool,
  )
  const connection = connectionOf(pool)
  await withConnection(url, async (own) => {
    await checkSuitability(own)
    await migrate(own, migrations)
  })
  const notices = opened.adopt(openNotices({ url, tell, onTrouble }), (open) => open.close())
  await begin(notices, connection)
  const open = opened.move()

  const mailListeners: (() => void)[] = []
  const tellOfMail = () => {
    for (const listener of mailListeners) listener()
  }
  const transact = openTransactions({ pool, sealer, notices, tell, tellOfMail })
  const work = acceptWork()

  return {
    name: 'postgres',
    here: queriesOver(connection, sealer),
    aside: (name, input) =>
      work.accept(() => readAtOnce(asidePool, sealer, (queries) => readings[name](queries, input as never) as never)),
    commit: (name, input, nowMs) => work.accept(() => transact((queries) => runCommit(queries, name, input, nowMs))),
    beginCleaning: () => {
      const clean = beginCleaning(url)
      return (stop) => work.accept(() => clean(stop))
    },
    filling: null,
    isShared: true,
    trustsMemory: notices.trusted,
    rememberMsMax,
    lost: new Promise(() => {}),
    onTouched: (listener) => listeners.push(listener),
    onMail: (listener) => mailListeners.push(listener),
    limiter: (rules) => new SharedLimiter(connection, rules),
    async ping() {
      await ask(connection, { text: 'select 1' })
    },
    async close() {
      await work.finish()
      await open.disposeAsync()
    },
  }
}

/**
 * Whoever is the first node that ever came to this directory, and listened before it said so, hears every beat there is: each later node
 * finds the fact before it sends one.
 */
async function begin(notices: Notices, connection: Connection): Promise<void> {
  await notices.listening()
  const isFirst = await keepFact(connection, 'first_node', 'came')
  const stop = new AbortController()
  const begun = notices.begin(isFirst).then(() => true)
  const tooLate = sleep(firstBeatMsMax, false, { signal: stop.signal })
  if (await Promise.race([begun, tooLate])) return stop.abort()
  throw new DatabaseUnsuitable(
    'The database does not deliver notices (LISTEN, NOTIFY). Point DATABASE_URL to the server itself, or to a pooler in session mode.',
  )
}

interface AcceptedWork {
  accept<T>(start: () => Promise<T>): Promise<T>
  /** Accepts no more, and resolves when all that was accepted is done. */
  finish(): Promise<void>
}

function acceptWork(): AcceptedWork {
  const underWay = new Set<Promise<unknown>>()
  let finishing = false
  return {
    async accept(start) {
      if (finishing) throw new DatabaseUnavailable('the directory is being closed')
      const work = start()
      underWay.add(work)
      try {
        return await work
      } finally {
        underWay.delete(work)
      }
    },
    async finish() {
      finishing = true
      await Promise.allSettled(underWay)
    },
  }
}

function nothing(): void {}
