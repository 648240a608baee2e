import { createHmac, type KeyObject, randomBytes } from 'node:crypto'
import type { Secrets } from '../core/factors/ports.ts'

/** Crockford's base32: no letter looks like a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** HMAC-SHA256 in base64url: who reads the store can neither use nor recognise what was handed out. */
export function openSecrets(digestKey: KeyObject): Secrets {
  return {
    newChallengeId: () => randomBytes(32).toString('base64url'),
    newRecoveryCode: () => Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length]).join(''),
    digest: (purpose, text) => createHmac('sha256', digestKey).update(`${purpose}: ${text}`).digest('base64url'),
  }
}
