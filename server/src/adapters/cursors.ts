import type { KeyObject } from 'node:crypto'
import { limits } from '../core/limits.ts'
import type { Bookmark, Cursors } from '../core/users/page.ts'
import { BrokenSeal, openSealer } from './keys.ts'

/** A bookmark holds what its row is sorted by, an e-mail address for one, so it is sealed and not only signed. */
export function openCursors(cursorKey: KeyObject): Cursors {
  const sealer = openSealer(cursorKey)
  return {
    seal: (bookmark, question) => sealer.seal(JSON.stringify(bookmark), contextOf(question)).toString('base64url'),
    open(cursor, question) {
      if (cursor.length > limits.cursorLengthMax) return null
      const sealed = Buffer.from(cursor, 'base64url')
      if (sealed.toString('base64url') !== cursor) return null
      try {
        return JSON.parse(sealer.unseal(sealed, contextOf(question))) as Bookmark
      } catch (error) {
        if (error instanceof BrokenSeal) return null
        throw error
      }
    },
  }
}

function contextOf(question: string): string {
  return `cursor ${question}`
}
