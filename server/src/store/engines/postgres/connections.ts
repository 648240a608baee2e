import pg from 'pg'
import { limits } from '../../../core/limits.ts'
import { DatabaseUnavailable } from '../engine.ts'

/** Whatever a question can be put to: a pool, or the one connection of a transaction. */
export interface Connection {
  query(question: pg.QueryConfig): Promise<pg.QueryResult>
}

const connectMsMax = 5_000
/** The server gives up first, so that its answer says why; the client's own limit is for a network that swallows the answer. */
const networkMsMax = 5_000

/** How every connection is opened. */
export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'roster',
    connectionTimeoutMillis: connectMsMax,
    keepAlive: true,
    types: { getTypeParser },
  }
}

/** Connections are made when they are needed. One that breaks while idle is replaced in silence. */
export function openPool(url: string, { size, statementMsMax }: { size: number; statementMsMax: number }): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings(url),
    max: size,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementMsMax,
    idle_in_transaction_session_timeout: statementMsMax,
    query_timeout: statementMsMax + networkMsMax,
  })
  pool.on('error', () => {})
  return pool
}

/** Each question on whichever connection is free. */
export function connectionOf(pool: pg.Pool): Connection {
  return {
    async query(question) {
      refuseWhenFull(pool)
      try {
        return await pool.query(question)
      } catch (error) {
        if (!isStalePlan(error)) throw error
        const { text, values } = question
        return pool.query(values === undefined ? { text } : { text, values })
      }
    },
  }
}

/** One connection for oneself until it is released; its breaking shows in the next question, not as an event that nobody hears. */
export async function checkOut(pool: pg.Pool): Promise<pg.PoolClient> {
  refuseWhenFull(pool)
  try {
    const client = await pool.connect()
    if (!client.listeners('error').includes(ignore)) client.on('error', ignore)
    return client
  } catch (error) {
    throw faultOf(error)
  }
}

/** A connection that belongs to no pool, with no limit on how long a statement may take. Whoever opens it ends it. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client(connectionSettings(url))
  client.on('error', ignore)
  try {
    await client.connect()
    return client
  } catch (error) {
    throw faultOf(error)
  }
}

/** Such a connection for one piece of work. */
export async function withConnection<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const client = await openClient(url)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function ignore(): void {}

function refuseWhenFull(pool: pg.Pool): void {
  if (pool.waitingCount >= limits.transactionsWaitingMax) {
    throw new DatabaseUnavailable('too many questions wait for a database connection')
  }
}

/** Puts the question. Throws `DatabaseUnavailable`, or what the database objects to. */
export async function ask(connection: Connection, question: pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await connection.query(question)
  } catch (error) {
    throw faultOf(error)
  }
}

/** Two transactions met and one gave way, or a prepared statement outlived a migration: another attempt is likely to succeed. */
export function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001' || isStalePlan(error))
}

/** `cached plan must not change result type`: a newer node has added a column. */
export function isStalePlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
}

/**
 * Connection lost (08), out of resources (53), shut down or cancelled (57), no longer the primary (25006), idle in a transaction for too
 * long (25P03), lock not to be had (55P03). Appendix A of PostgreSQL's documentation.
 */
const unavailable = /^(08|53|57|25006$|25P03$|55P03$)/

/** What the database answers has a code; everything else that goes wrong on the way to it is the way. */
function faultOf(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable || error instanceof TypeError) return error
  if (!(error instanceof pg.DatabaseError)) {
    return new DatabaseUnavailable('the connection to the database failed', { cause: error })
  }
  error.detail = undefined // quotes the row, and faults are logged
  return unavailable.test(error.code ?? '')
    ? new DatabaseUnavailable(`the database does not serve at the moment (${error.code})`, { cause: error })
    : error
}

/** The statement took longer than it was given (57014); asked of what `ask` throws. */
export function isBrokenOff(error: unknown): boolean {
  const cause = error instanceof DatabaseUnavailable ? error.cause : error
  return cause instanceof pg.DatabaseError && cause.code === '57014'
}

/** The role may not do this (42501). */
export function isForbidden(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '42501'
}

const int8 = 20

/** Instants, numbers and counts stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')
}
