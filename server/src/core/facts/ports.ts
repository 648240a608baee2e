import type { Eventually } from '../outcome.ts'

export interface FactReads {
  isNoted(name: string): Eventually<boolean>
  /** Null where it is not kept. */
  valueOf(name: string): Eventually<string | null>
}

/** Inside a transaction `valueOf` holds the fact until the end. */
export interface FactStore extends Pick<FactReads, 'valueOf'> {
  note(name: string): Promise<void>
  keep(name: string, value: string): Promise<void>
  forget(name: string): Promise<void>
}
