import type { UserId } from '../../../core/users/user.ts'
import { DatabaseTooNew, DatabaseUnavailable } from '../engine.ts'
import type { CleaningStep } from './cleaning.ts'
import { WrongKey } from './connection.ts'

/** What a worker needs to take its place. */
export interface Seat {
  readonly file: string
  readonly fileKey: Uint8Array
  /** Whoever opens the directory goes on filling it, if its indexes are owed. */
  readonly fills?: boolean
  /** Up to which size the file is written anew beside its use; else `limits.rewrittenAtOnceBytesMax`. */
  readonly rewrittenBytesMax?: number
}

/** What a worker is told: to take a place, then tasks, then to leave it in order. After that it may be given another one. */
export type Order<Task> =
  | { readonly kind: 'open'; readonly seat: Seat }
  | Waiting<Task>
  | Serialized
  | { readonly kind: 'clean'; readonly id: number; readonly step: CleaningStep }
  | Fill
  | { readonly kind: 'close' }

export interface Waiting<Task> {
  readonly kind: 'task'
  readonly id: number
  readonly task: Task
}

/** A task as another process wrote it. */
export interface Serialized {
  readonly kind: 'serialized'
  readonly id: number
  readonly task: Uint8Array<ArrayBuffer>
}

/** To begin to fill a directory, or to end that: see `filling.ts`. */
export interface Fill {
  readonly kind: 'fill'
  readonly id: number
  readonly step: 'begin' | 'end'
}

/** One transaction: a commit by its name, and what it is given. */
export interface CommitTask {
  readonly name: string
  readonly input: unknown
  readonly nowMs: number
}

export interface ReadingTask {
  readonly name: string
  readonly input: unknown
}

/** What a worker tells. */
export type News =
  | { readonly kind: 'ready'; readonly greeting: unknown }
  | { readonly kind: 'failed'; readonly error: PlainError }
  /** The directory was left without indexes, which are made before it is ready. */
  | { readonly kind: 'indexing' }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] }
  | { readonly kind: 'closed' }

export type Answer =
  | { readonly id: number; readonly value: unknown; readonly touched: readonly UserId[]; readonly mailed: boolean }
  | { readonly id: number; readonly error: PlainError }

/** An error as it crosses threads and processes, where its class is lost. */
export interface PlainError {
  readonly name: string
  readonly message: string
  /** What tells the operator what to do. */
  readonly code: string | undefined
  readonly stack: string | undefined
  readonly cause: PlainError | undefined
}

const classes = { DatabaseTooNew, DatabaseUnavailable, WrongKey }

export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return plainError(new Error(String(error)))
  const cause = error.cause === undefined ? undefined : plainError(error.cause)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, message: error.message, code, stack: error.stack, cause }
}

export function reviveError({ name, message, code, stack, cause }: PlainError): Error {
  const options = cause === undefined ? {} : { cause: reviveError(cause) }
  const known = Object.hasOwn(classes, name) ? classes[name as keyof typeof classes] : null
  const error: Error = known === null ? new Error(message, options) : new known(message, options)
  if (known === null) error.name = name
  if (stack !== undefined) error.stack = stack
  if (code !== undefined) Object.assign(error, { code })
  return error
}
