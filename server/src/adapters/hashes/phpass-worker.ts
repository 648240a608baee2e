import { hash } from 'node:crypto'
import { getPriority, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { limits } from '../../core/limits.ts'
import type { PhpassTask } from './phpass.ts'

// On Linux this sets the priority of the calling thread; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(Math.max(getPriority(), limits.niceness))

parentPort?.on('message', (task: PhpassTask) => parentPort?.postMessage(digestOf(task)))

/** PHPass 0.3, `crypt_private`. */
function digestOf({ password, salt, rounds }: PhpassTask): Uint8Array {
  const typed = Buffer.from(password)
  const bytes = Buffer.concat([Buffer.alloc(16), typed])
  let digest = hash('md5', Buffer.concat([Buffer.from(salt), typed]), 'buffer')
  for (let round = 0; round < rounds; round += 1) {
    digest.copy(bytes)
    digest = hash('md5', bytes, 'buffer')
  }
  return digest
}
