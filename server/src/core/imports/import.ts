import type { EntryRefusal } from '../refusals.ts'
import type { UserId } from '../users/user.ts'

/** UUIDv7 in lower case. */
export type ImportId = string & { readonly brand: 'ImportId' }

export const importStates = ['running', 'done', 'stopped'] as const
/** What was stopped left in what it had added: the rest of the file was not looked at. */
export type ImportState = (typeof importStates)[number]

/** A file that somebody sent, and what has come of it so far. */
export interface Import {
  readonly id: ImportId
  readonly startedBy: UserId
  readonly state: ImportState
  readonly startedAtMs: number
  /** When a node wrote down last how far it was. */
  readonly updatedAtMs: number
  readonly progress: ImportProgress
}

export interface ImportProgress {
  /** Nobody is added. */
  readonly dryRun: boolean
  readonly lines: number
  readonly added: number
  /** Of these, whoever is sent a mail. */
  readonly mailed: number
  readonly organizations: number
  readonly refused: number
  /** The first of them. */
  readonly errors: readonly ImportError[]
}

export interface ImportError {
  /** From 1. */
  readonly line: number
  readonly refusal: EntryRefusal
}
