import { type CommonPasswords, commonPasswords } from '../adapters/common-passwords.ts'
import { readPasswordHash } from '../adapters/hashes/read-hash.ts'
import type { Busy } from '../adapters/line.ts'
import { isOwnHash, type PasswordHasher } from '../adapters/password-hash.ts'
import type { Passwords } from '../core/credentials/ports.ts'
import { grant, refuse } from '../core/outcome.ts'

/** What the core asks about passwords, answered by the hasher and the list. */
export function passwordsBy(hasher: PasswordHasher): Passwords & { common(): Promise<CommonPasswords> } {
  return {
    common: commonPasswords,
    async hash(password) {
      const hashed = await hasher.hash(password)
      return 'hash' in hashed ? grant(hashed.hash) : busy(hashed)
    },
    async verify(hash, password) {
      const verified = await hasher.verify(hash, password)
      return 'matches' in verified ? grant(verified.matches) : busy(verified)
    },
    isOwn: isOwnHash,
    readForeign(hash) {
      const read = readPasswordHash(hash)
      return 'flaw' in read ? read : { value: hash }
    },
  }
}

function busy({ busyForSeconds }: Busy) {
  return refuse({ code: 'busy' as const, retryAfterSeconds: busyForSeconds })
}
