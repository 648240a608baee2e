import { deserialize } from 'node:v8'
import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import type { CommitInput, CommitName } from '../../../core/commits.ts'
import type { Queries } from '../../queries.ts'
import { type CommitRun, runUnsearched } from '../../run-commit.ts'
import { searchChanges } from '../../search.ts'
import { clean, cleanOnOpening } from './cleaning.ts'
import { asUnavailable, type Connection, openWriting } from './connection.ts'
import { beginFilling, endFilling, fillingDialect, owesIndexes } from './filling.ts'
import { giveBack } from './give-back.ts'
import {
  type CommitGroup,
  type Groups,
  inGroups,
  inLongGroups,
  openGroupCommit,
  TakenBack,
  type Work,
} from './group-commit.ts'
import { type Journal, openJournal } from './journal.ts'
import {
  type Answer,
  type CommitTask,
  type Fill,
  type News,
  type Order,
  plainError,
  type Seat,
  type Serialized,
  type Waiting,
} from './messages.ts'
import { migrate } from './migrate.ts'
import { openQueries } from './queries.ts'

// The thread that owns the only connection that writes.

if (parentPort === null) throw new Error('the writer runs as a worker thread')
const port = parentPort
type Read = Exclude<Order<CommitTask>, Serialized>
const orders: Read[] = []
let connection: Connection | null = null
let seat: Seat
let commitGroup: CommitGroup
let isBusy = false

port.on('message', async (latest: Order<CommitTask>) => {
  const first = readOrder(latest)
  if (first === undefined) return
  orders.push(first)
  if (isBusy) return
  isBusy = true
  for (let order = next(); order !== undefined; order = next()) {
    if (order.kind === 'open') await open(order.seat)
    else if (order.kind === 'close') await close()
    else if (order.kind === 'task') tell({ kind: 'answers', answers: await commitGroup(order, nextTask) })
    else if (order.kind === 'fill') tell({ kind: 'answers', answers: [await fill(order)] })
    else tell({ kind: 'answers', answers: [cleanOnce(order)] })
  }
  isBusy = false
})

/** Straight from the port: whoever has asked in the meantime belongs to the group. */
function next(): Read | undefined {
  let read = orders.shift()
  while (read === undefined) {
    const received = receiveMessageOnPort(port) as { message: Order<CommitTask> } | undefined
    if (received === undefined) return undefined
    read = readOrder(received.message)
  }
  return read
}

/** What cannot be read is answered with why, and is a fault of whoever sent it. */
function readOrder(order: Order<CommitTask>): Read | undefined {
  if (order.kind !== 'serialized') return order
  const { id, task } = order
  try {
    return { kind: 'task', id, task: deserialize(task) }
  } catch (error) {
    tell({ kind: 'answers', answers: [{ id, error: plainError(error) }] })
    return undefined
  }
}

function nextTask(fits: (task: CommitTask) => boolean): Waiting<CommitTask> | undefined {
  const order = next()
  if (order === undefined) return undefined
  if (order.kind === 'task' && fits(order.task)) return order
  orders.unshift(order)
  return undefined
}

function cleanOnce({ id, step }: Extract<Order<CommitTask>, { kind: 'clean' }>): Answer {
  try {
    if (connection === null) throw new Error('nothing is open that could be cleaned')
    return { id, value: clean(connection, step, seat.rewrittenBytesMax), touched: [], mailed: false }
  } catch (error) {
    return { id, error: plainError(asUnavailable(error)) }
  }
}

async function open(taken: Seat): Promise<void> {
  seat = taken
  const { file, fileKey, fills = false } = seat
  try {
    connection = openWriting(file, fileKey)
    if (!fills && owesIndexes(connection)) {
      tell({ kind: 'indexing' })
      await endFilling(connection, seat)
      connection = reopened(connection)
    }
    const migrated = await migrate(connection, Date.now())
    connection = cleanOnOpening(connection, seat, Date.now())
    commitBy(openQueries(connection), inGroups)
    tell({ kind: 'ready', greeting: migrated })
  } catch (error) {
    tell({ kind: 'failed', error: plainError(error) })
  }
}

/** The index of the search was made behind the back of FTS5, which remembers another. */
function reopened(filled: Connection): Connection {
  filled.close()
  return openWriting(seat.file, seat.fileKey)
}

/** Of a directory that is filled. */
let names: ReturnType<typeof fillingDialect>['names'] | null = null

async function fill({ id, step }: Fill): Promise<Answer> {
  let open = connection as Connection
  await journal?.close()
  try {
    const isFilling = step === 'begin' && beginFilling(open)
    if (step === 'end') {
      names?.forget()
      giveBack()
      await endFilling(open, seat)
      open = reopened(open)
      connection = open
    }
    const filling = isFilling ? fillingDialect(open) : null
    names = filling?.names ?? null
    if (filling === null) commitBy(openQueries(open), inGroups)
    else commitBy(openQueries(open, filling), inLongGroups)
    return { id, value: isFilling, touched: [], mailed: false }
  } catch (error) {
    return { id, error: plainError(asUnavailable(error)) }
  }
}

function commitBy(queries: Queries, groups: Groups): void {
  const work: Work<CommitRun<CommitName>> = {
    run: runWith(queries),
    // Names that are looked up in memory are not taken back with the transaction.
    runBare: groups === inGroups ? runWith({ ...queries, attempt: orTakeBack }) : null,
    // Each savepoint has FTS5 write a segment of what it was given since the last one: it is given everything after them.
    async finish(stay) {
      const found = searchChanges()
      for (const { search } of stay) found.add(search)
      await found.write(queries)
    },
    isPatient: ({ name }) => name === ('add-arrivals' satisfies CommitName),
  }
  const open = connection as Connection
  journal = groups === inGroups ? openJournal(open, seat) : null
  commitGroup = openGroupCommit(open, work, groups, journal)
}

function runWith(queries: Queries): Work<CommitRun<CommitName>>['run'] {
  return ({ name, input, nowMs }) => runUnsearched(queries, name as CommitName, input as CommitInput<CommitName>, nowMs)
}

async function orTakeBack(work: () => Promise<boolean>): Promise<true> {
  if (!(await work())) throw new TakenBack()
  return true
}

/** Null while a directory is filled, which has ways of its own. */
let journal: Journal | null = null

async function close(): Promise<void> {
  await journal?.close()
  journal = null
  connection?.pragma('wal_checkpoint(truncate)')
  connection?.close()
  connection = null
  tell({ kind: 'closed' })
}

function tell(news: News): void {
  port.postMessage(news)
}
