import { parentPort, workerData } from 'node:worker_threads'
import { openReading } from './connection.ts'
import type { CopyOrder } from './copy.ts'
import { plainError } from './messages.ts'

// The thread that writes a copy of the directory: one statement, which takes as long as the file is big. It is as well encrypted as what it is made of
// (SQLite3 Multiple Ciphers has VACUUM INTO take over cipher and key), and what it needs meanwhile is kept in memory.

const { from, to, fileKey } = workerData as CopyOrder
try {
  const connection = openReading(from, fileKey)
  try {
    connection.prepare('vacuum into ?').run([to])
  } finally {
    connection.close()
  }
  parentPort?.postMessage(null)
} catch (error) {
  parentPort?.postMessage(plainError(error))
}
