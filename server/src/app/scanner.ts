import { type Clamd, noScanner, openClamd } from '../adapters/clamd.ts'
import type { Scanner } from '../core/avatars/ports.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

export type { Clamd } from '../adapters/clamd.ts'

/** Whatever people upload goes through the operator's scanner, if there is one. */
export function scannerOf({ clamd }: Pick<Settings, 'clamd'>, log: Log): Scanner {
  return clamd === null ? noScanner : openClamd(clamd, { onTrouble: (code) => log.warn('scanner-away', { code }) })
}

/** Null where none is named. */
export function clamdOf({ clamd }: Pick<Settings, 'clamd'>): Clamd | null {
  return clamd === null ? null : openClamd(clamd)
}
