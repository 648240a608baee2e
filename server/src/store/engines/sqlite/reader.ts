import { parentPort, workerData } from 'node:worker_threads'
import { type Connection, openReading } from './connection.ts'
import { type News, type Order, plainError, type ReadingTask, type Seat, type Waiting } from './messages.ts'
import { openReadings } from './run-readings.ts'

// The thread for reads that take long.

if (parentPort === null) throw new Error('the reader runs as a worker thread')
const port = parentPort
const { file, fileKey } = workerData as Seat
try {
  work(openReading(file, fileKey))
  tell({ kind: 'ready', greeting: null })
} catch (error) {
  tell({ kind: 'failed', error: plainError(error) })
  port.close()
}

function work(connection: Connection): void {
  const read = openReadings(connection)

  port.on('message', (order: Order<ReadingTask>) => {
    if (order.kind === 'task') return answer(order)
    connection.close()
    port.close()
  })

  async function answer({ id, task }: Waiting<ReadingTask>): Promise<void> {
    try {
      const value = await read(task)
      tell({ kind: 'answers', answers: [{ id, value, touched: [] }] })
    } catch (error) {
      tell({ kind: 'answers', answers: [{ id, error: plainError(error) }] })
    }
  }
}

function tell(news: News): void {
  port.postMessage(news)
}
