import type { Eventually } from '../outcome.ts'
import type { UserId } from '../users/user.ts'
import type { Import, ImportId } from './import.ts'

export interface ImportReads {
  byId(id: ImportId): Eventually<Import | null>
}

/** What has come of files is sealed. */
export interface ImportStore {
  add(begun: Import): Promise<void>
  /** Whether one that the user began is running, of which something was heard since. */
  isRunning(startedBy: UserId, sinceMs: number): Promise<boolean>
  keep(going: Import): Promise<void>
  /** Forgets some that began before, and tells how many. */
  forget(beforeMs: number): Promise<number>
}
