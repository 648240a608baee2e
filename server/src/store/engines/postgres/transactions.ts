import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { UserId } from '../../../core/users/user.ts'
import type { Queries } from '../../queries.ts'
import { DatabaseUnavailable, type Touch } from '../engine.ts'
import { ask, checkOut, isStalePlan, isWorthAnotherTry } from './connections.ts'
import type { Who } from './notice-texts.ts'
import type { Announcement, Notices } from './notices.ts'
import { queriesOver, type Sealer } from './queries.ts'

const attemptsMax = 8
const pauseMs = 5
const pauseMsMax = 200

/** What was done in a transaction; a refusal undoes it. */
export interface Work<Outcome extends { readonly ok: boolean }> {
  readonly outcome: Outcome
  readonly touched: ReadonlyMap<UserId, Touch>
  /** Whether it leaves mail to be sent. */
  readonly mailed: boolean
}

export type Transact = <Outcome extends { readonly ok: boolean }>(
  work: (queries: Queries) => Promise<Work<Outcome>>,
) => Promise<Outcome>

export interface TransactionParts {
  readonly pool: pg.Pool
  readonly sealer: Sealer
  readonly notices: Notices
  /** Tells this node's own listeners. */
  readonly tell: (who: Who) => void
  readonly tellOfMail: () => void
}

/**
 * Runs work in a transaction, and again when it had to give way to another one. Nothing that the work knows outlives an attempt, so it may
 * be run as often as it takes. A connection that is lost under way is a fault, and whether COMMIT took place is then unknown.
 */
export function openTransactions(parts: TransactionParts): Transact {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce(parts, work)
      } catch (error) {
        if (!isWorthAnotherTry(error)) throw error
        if (attempt === attemptsMax) {
          throw new DatabaseUnavailable(`gave way to other transactions ${attempt} times`, { cause: error })
        }
      }
      await sleep(Math.random() * Math.min(pauseMs * 2 ** attempt, pauseMsMax))
    }
  }
}

async function attemptOnce<Outcome extends { readonly ok: boolean }>(
  parts: TransactionParts,
  work: (queries: Queries) => Promise<Work<Outcome>>,
): Promise<Outcome> {
  const client = await checkOut(parts.pool)
  let announcement: Announcement | null = null
  let done: Work<Outcome>
  try {
    await ask(client, { text: 'begin isolation level read committed' })
    done = await work(queriesOver(client, parts.sealer))
    if (done.outcome.ok) announcement = await commit(client, parts, done.touched)
    else await ask(client, { text: 'rollback' })
  } catch (error) {
    await giveUp(client, error)
    throw error
  }
  client.release()
  if (done.outcome.ok && done.mailed) parts.tellOfMail()
  await announcement?.settled()
  return done.outcome
}

/** Notices of what is revoked go with the transaction. Listeners are told even when nobody knows whether COMMIT took place. */
async function commit(
  client: pg.PoolClient,
  { notices, tell }: TransactionParts,
  touched: ReadonlyMap<UserId, Touch>,
): Promise<Announcement | null> {
  const revoked = [...touched].filter(([, touch]) => touch === 'record').map(([id]) => id)
  const announcement = revoked.length > 0 ? notices.announce(revoked) : null
  try {
    for (const payload of announcement?.payloads ?? []) {
      await ask(client, { name: 'notify', text: 'select pg_notify($1, $2)', values: [announcement?.channel, payload] })
    }
    const { command } = await ask(client, { text: 'commit' })
    if (command !== 'COMMIT') throw new Error('the transaction had failed before it was to be committed')
    return announcement
  } catch (error) {
    announcement?.drop()
    throw error
  } finally {
    if (touched.size > 0) tell([...touched.keys()])
  }
}

/** A reading on one state of the directory, from its first statement to its last. */
export async function readAtOnce<T>(pool: pg.Pool, sealer: Sealer, read: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await checkOut(pool)
  try {
    await ask(client, { text: 'begin isolation level repeatable read read only' })
    const answer = await read(queriesOver(client, sealer))
    await ask(client, { text: 'commit' })
    client.release()
    return answer
  } catch (error) {
    await giveUp(client, error)
    throw error
  }
}

/** Leaves the connection as new, or not at all. */
async function giveUp(client: pg.PoolClient, error: unknown): Promise<void> {
  const worthKeeping = !(error instanceof DatabaseUnavailable) && !isStalePlan(error)
  const kept = worthKeeping && (await client.query('rollback').then(yes, no))
  client.release(!kept)
}

const yes = () => true
const no = () => false
