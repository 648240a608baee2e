import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { CommitInput, CommitName } from '../../../core/commits.ts'
import { runCommit } from '../../run-commit.ts'
import { type Connection, openWriting } from './connection.ts'
import { openGroupCommit } from './group-commit.ts'
import { type CommitTask, type News, type Order, plainError, type Seat, type Waiting } from './messages.ts'
import { migrate } from './migrate.ts'
import { openQueries } from './queries.ts'

// The thread that owns the only connection that writes.

if (parentPort === null) throw new Error('the writer runs as a worker thread')
const port = parentPort
const { file, fileKey } = workerData as Seat
try {
  const connection = openWriting(file, fileKey)
  const migrated = await migrate(connection, Date.now())
  work(connection)
  tell({ kind: 'ready', greeting: migrated })
} catch (error) {
  tell({ kind: 'failed', error: plainError(error) })
  port.close()
}

function work(connection: Connection): void {
  const queries = openQueries(connection)
  const commitGroup = openGroupCommit(connection, ({ name, input, nowMs }) =>
    runCommit(queries, name as CommitName, input as CommitInput<CommitName>, nowMs),
  )
  const orders: Order<CommitTask>[] = []
  let state: 'idle' | 'working' | 'closing' = 'idle'

  port.on('message', async (order: Order<CommitTask>) => {
    orders.push(order)
    if (state !== 'idle') return
    state = 'working'
    for (let first = next(); first !== undefined; first = next()) {
      tell({ kind: 'answers', answers: await commitGroup(first, next) })
    }
    if (state === 'working') state = 'idle'
    else close()
  })

  /** Straight from the port: whoever has asked in the meantime belongs to the group. */
  function next(): Waiting<CommitTask> | undefined {
    if (state === 'closing') return undefined
    const order: Order<CommitTask> | undefined = orders.shift() ?? receiveMessageOnPort(port)?.message
    if (order?.kind !== 'close') return order
    state = 'closing'
    return undefined
  }

  function close(): void {
    connection.pragma('wal_checkpoint(truncate)')
    connection.close()
    port.close()
  }
}

function tell(news: News): void {
  port.postMessage(news)
}
