import { createHmac, type KeyObject, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { apiTokenPrefix } from '../core/api-tokens/api-token.ts'
import type { ApiTokens } from '../core/api-tokens/ports.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 62⁴³ is more than 2²⁵⁶. */
const secretLength = 43
/** 36⁷ is more than 2³². */
const checkLength = 7
const shape = new RegExp(`^${apiTokenPrefix}([0-9A-Za-z]{${secretLength}})([0-9a-z]{${checkLength}})$`)

/**
 * `roster_`, 43 random characters, and a checksum of these: a scanner that finds one in a log or a repository knows what it is and that it is no
 * accident, and whoever sends something else is turned away without a look into the directory. What is kept is an HMAC-SHA256 in base64url.
 */
export function openApiTokens(key: KeyObject): ApiTokens {
  const digest = (token: string) => createHmac('sha256', key).update(token).digest('base64url')
  return {
    newToken() {
      const secret = Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join('')
      const token = `${apiTokenPrefix}${secret}${checksumOf(secret)}`
      return { token, digest: digest(token) }
    },
    digestOf(token) {
      const [, secret = '', checksum] = shape.exec(token) ?? []
      return checksum === checksumOf(secret) ? digest(token) : null
    },
  }
}

function checksumOf(secret: string): string {
  return crc32(secret).toString(36).padStart(checkLength, '0')
}
