import { isId } from '../../client/ids.ts'
import { type EntryType, isEntryType } from './types.ts'

/** What the address of the audit log says. Days are those of the reader's time zone, and both ends are part of it. */
export interface ActivitySearch {
  readonly type?: EntryType
  /** Who did it, by id. */
  readonly actor?: string
  /** Whose account it is, by id. */
  readonly user?: string
  readonly from?: string
  readonly to?: string
  /** The entry that is shown in full, if it is among those that were read. */
  readonly entry?: string
}

/** Takes from an address what makes sense, and leaves the rest. */
export function readActivitySearch(given: Record<string, unknown>): ActivitySearch {
  return {
    ...(isEntryType(given.type) ? { type: given.type } : {}),
    ...(isId(given.actor) ? { actor: given.actor } : {}),
    ...(isId(given.user) ? { user: given.user } : {}),
    ...(isDay(given.from) ? { from: given.from } : {}),
    ...(isDay(given.to) ? { to: given.to } : {}),
    ...(isId(given.entry) ? { entry: given.entry } : {}),
  }
}

function isDay(given: unknown): given is string {
  return typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given))
}
