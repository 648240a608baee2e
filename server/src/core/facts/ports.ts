import type { Eventually } from '../outcome.ts'

export interface FactReads {
  isNoted(name: string): Eventually<boolean>
  /** Null where it is not kept. */
  valueOf(name: string): Eventually<string | null>
}

export interface FactStore {
  note(name: string): Promise<void>
  keep(name: string, value: string): Promise<void>
  forget(name: string): Promise<void>
}
