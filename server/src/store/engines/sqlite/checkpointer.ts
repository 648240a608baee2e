import { getPriority, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { limits } from '../../../core/limits.ts'
import { DatabaseUnavailable } from '../engine.ts'
import { asUnavailable, type Connection, copyJournal, openWriting } from './connection.ts'
import type { Seat } from './messages.ts'

// The thread that copies pages of the journal into the file while the writer goes on. Nobody waits for it: see `journal.ts`.

export interface CheckpointerTask {
  readonly seat: Seat
  /** 1 while it copies, or is told to. */
  readonly busy: Int32Array
}

/** It copies pages, and reads none but the first. */
const cacheKib = 64

// On Linux this sets the priority of the calling thread; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(Math.max(getPriority(), limits.niceness))

if (parentPort === null) throw new Error('the checkpointer runs as a worker thread')
const port = parentPort
const { seat, busy } = workerData as CheckpointerTask
let connection: Connection | null = null

port.on('message', (order: 'copy' | 'end') => {
  copy()
  Atomics.store(busy, 0, 0)
  Atomics.notify(busy, 0)
  if (order === 'copy') return
  connection?.close()
  port.close()
})

/** Where it cannot open the file either, the next time it may. */
function copy(): void {
  try {
    connection ??= open()
  } catch (error) {
    if (!(asUnavailable(error) instanceof DatabaseUnavailable)) throw error
    return
  }
  copyJournal(connection)
}

function open(): Connection {
  const opened = openWriting(seat.file, seat.fileKey)
  opened.pragma(`cache_size = -${cacheKib}`)
  return opened
}
