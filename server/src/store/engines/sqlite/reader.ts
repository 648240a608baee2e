import { parentPort } from 'node:worker_threads'
import { type Connection, openReading } from './connection.ts'
import { type News, type Order, plainError, type ReadingTask, type Seat, type Waiting } from './messages.ts'
import { openReadings } from './run-readings.ts'

// The thread for reads that take long.

if (parentPort === null) throw new Error('the reader runs as a worker thread')
const port = parentPort
let connection: Connection | null = null
let read: ReturnType<typeof openReadings>

port.on('message', (order: Order<ReadingTask>) => {
  if (order.kind === 'open') open(order.seat)
  else if (order.kind === 'close') close()
  else if (order.kind === 'task') answer(order)
})

function open({ file, fileKey }: Seat): void {
  try {
    connection = openReading(file, fileKey)
    read = openReadings(connection)
    tell({ kind: 'ready', greeting: null })
  } catch (error) {
    tell({ kind: 'failed', error: plainError(error) })
  }
}

async function answer({ id, task }: Waiting<ReadingTask>): Promise<void> {
  try {
    const value = await read(task)
    tell({ kind: 'answers', answers: [{ id, value, touched: [], mailed: false }] })
  } catch (error) {
    tell({ kind: 'answers', answers: [{ id, error: plainError(error) }] })
  }
}

function close(): void {
  connection?.close()
  connection = null
  tell({ kind: 'closed' })
}

function tell(news: News): void {
  port.postMessage(news)
}
