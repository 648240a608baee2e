import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import type { CommitInput, CommitName } from '../../../core/commits.ts'
import { runCommit } from '../../run-commit.ts'
import { type Connection, openWriting } from './connection.ts'
import { type CommitGroup, openGroupCommit } from './group-commit.ts'
import { type CommitTask, type News, type Order, plainError, type Seat, type Waiting } from './messages.ts'
import { migrate } from './migrate.ts'
import { openQueries } from './queries.ts'

// The thread that owns the only connection that writes.

if (parentPort === null) throw new Error('the writer runs as a worker thread')
const port = parentPort
const orders: Order<CommitTask>[] = []
let connection: Connection | null = null
let commitGroup: CommitGroup
let isBusy = false

port.on('message', async (latest: Order<CommitTask>) => {
  orders.push(latest)
  if (isBusy) return
  isBusy = true
  for (let order = next(); order !== undefined; order = next()) {
    if (order.kind === 'open') await open(order.seat)
    else if (order.kind === 'close') close()
    else tell({ kind: 'answers', answers: await commitGroup(order, nextTask) })
  }
  isBusy = false
})

/** Straight from the port: whoever has asked in the meantime belongs to the group. */
function next(): Order<CommitTask> | undefined {
  return orders.shift() ?? receiveMessageOnPort(port)?.message
}

function nextTask(): Waiting<CommitTask> | undefined {
  const order = next()
  if (order === undefined || order.kind === 'task') return order
  orders.unshift(order)
  return undefined
}

async function open({ file, fileKey }: Seat): Promise<void> {
  try {
    connection = openWriting(file, fileKey)
    const migrated = await migrate(connection, Date.now())
    const queries = openQueries(connection)
    commitGroup = openGroupCommit(connection, ({ name, input, nowMs }) =>
      runCommit(queries, name as CommitName, input as CommitInput<CommitName>, nowMs),
    )
    tell({ kind: 'ready', greeting: migrated })
  } catch (error) {
    tell({ kind: 'failed', error: plainError(error) })
  }
}

function close(): void {
  connection?.pragma('wal_checkpoint(truncate)')
  connection?.close()
  connection = null
  tell({ kind: 'closed' })
}

function tell(news: News): void {
  port.postMessage(news)
}
