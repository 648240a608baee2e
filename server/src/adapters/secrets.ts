import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../core/factors/ports.ts'

/** Crockford's base32: no letter looks like a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** HMAC-SHA256 in base64url: who reads the store can neither use nor recognise what was handed out. */
export function openSecrets(digestKey: KeyObject): Secrets {
  const digestOf = (purpose: string, text: string) =>
    createHmac('sha256', digestKey).update(`${purpose}: ${text}`).digest('base64url')
  return {
    newChallengeId: () => randomBytes(32).toString('base64url'),
    newSetUpToken: () => randomBytes(32).toString('base64url'),
    newRecoveryCode: () => Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length]).join(''),
    digest: digestOf,
    isOf(digest, purpose, text) {
      const [found, right] = [Buffer.from(digest), Buffer.from(digestOf(purpose, text))]
      return found.length === right.length && timingSafeEqual(found, right)
    },
  }
}
