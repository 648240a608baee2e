import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { limits } from '../core/limits.ts'
import type { LinkId, LinkPurpose } from '../core/links/link.ts'
import type { LinkTokens } from '../core/links/ports.ts'
import { canonical } from '../core/users/text.ts'

const idBytes = 16
const tagBytes = 32

/**
 * A token is the link's id and an HMAC-SHA256 of it and its purpose, 64 characters of base64url. So nothing secret is kept with a link, and
 * what was not made here is turned away before anything is looked up.
 */
export function openLinkTokens(key: KeyObject): LinkTokens {
  const tag = (purpose: LinkPurpose, id: LinkId) => createHmac('sha256', key).update(`${purpose} ${id}`).digest()
  return {
    token(purpose, id) {
      const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
      if (bytes.length !== idBytes) throw new RangeError('the id of a link is a UUID')
      return Buffer.concat([bytes, tag(purpose, id)]).toString('base64url')
    },
    requestName: (purpose, address) =>
      createHmac('sha256', key)
        .update(`request ${purpose} ${canonical(address)}`)
        .digest('base64url'),
    read(purpose, token) {
      if (token.length > limits.linkTokenLengthMax) return null
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== idBytes + tagBytes || bytes.toString('base64url') !== token) return null
      const id = uuidOf(bytes.subarray(0, idBytes))
      return timingSafeEqual(bytes.subarray(idBytes), tag(purpose, id)) ? id : null
    },
  }
}

function uuidOf(bytes: Buffer): LinkId {
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return parts.join('-') as LinkId
}
