import { availableParallelism } from 'node:os'
import { openPasswordHasher } from '../server/src/adapters/password-hash.ts'

/*
 * The yardstick for sign-ins: as many password hashes as all processors do, and nothing else.
 *
 *   node bench/bare-hashes.ts seconds        prints how many a second
 */

const seconds = Number(process.argv[2] ?? 3)
const hasher = openPasswordHasher({ running: availableParallelism(), waiting: 0 })

let done = 0
const startedAt = performance.now()
const endsAt = startedAt + seconds * 1000
await Promise.all(Array.from({ length: availableParallelism() }, hashUntilTheEnd))
console.log(done / ((performance.now() - startedAt) / 1000))

async function hashUntilTheEnd(): Promise<void> {
  while (performance.now() < endsAt) {
    await hasher.verify(null, 'a password')
    done += 1
  }
}
