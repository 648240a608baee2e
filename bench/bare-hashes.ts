import { availableParallelism } from 'node:os'
import { verify } from '@node-rs/argon2'

/*
 * The yardstick for sign-ins: as many password hashes as all processors do, and nothing else.
 *
 *   node bench/bare-hashes.ts seconds        prints how many a second
 */

const seconds = Number(process.argv[2] ?? 3)
/** Of the cost that the server's own have. */
const stored = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`

let done = 0
const startedAt = performance.now()
const endsAt = startedAt + seconds * 1000
await Promise.all(Array.from({ length: availableParallelism() }, hashUntilTheEnd))
console.log(done / ((performance.now() - startedAt) / 1000))

async function hashUntilTheEnd(): Promise<void> {
  while (performance.now() < endsAt) {
    await verify(stored, 'a password')
    done += 1
  }
}
