/** One thing that is wrong with what was sent: which value, and what about it. */
export interface Detail {
  readonly field: string
  readonly message: string
}

/** What an {@link ApiError} says besides its message. */
export interface ApiErrorFacts {
  readonly code: string
  readonly status: number
  readonly details?: readonly Detail[]
  readonly retryAfter: number | null
  readonly requestId: string | null
}

/** Why there was no answer. */
export type ConnectionErrorCode = 'NETWORK_ERROR' | 'TIMEOUT' | 'ABORTED'

/** What is wrong with a call that was never sent. */
export type UsageErrorCode = 'INVALID_ARGUMENT' | 'INVALID_OPTION'

/** The same in every copy of this package and in every realm, so that `instanceof` holds across them. */
const kindOf = Symbol.for('@sudigital/client:error')
/** As `instanceof` goes elsewhere, for whatever others derive from these classes. */
const isDerived = Function.prototype[Symbol.hasInstance]

/**
 * Whatever a call rejects with is one of the three classes {@link ApiError}, {@link ConnectionError} and {@link UsageError}, all of them of this one.
 * Go by `code`, which is stable; `message` is for people. `instanceof` holds for errors of other realms and other copies of the package, too.
 */
export abstract class SUDIGITALError extends Error {
  /** What programs go by. */
  abstract readonly code: string
}

/**
 * The server said no, or said something that cannot be read.
 *
 * @example
 * ```ts
 * import { ApiError } from '@sudigital/client'
 *
 * try {
 *   await client.users.create({ email: 'jane@example.com', password: 'weak', firstName: 'Jane', lastName: 'Smith' })
 * } catch (error) {
 *   if (!(error instanceof ApiError)) throw error
 *   if (error.code === 'EMAIL_ALREADY_EXISTS') console.log('There is somebody with this address')
 *   for (const { field, message } of error.details) console.log(`${field}: ${message}`)
 * }
 * ```
 */
export class ApiError extends SUDIGITALError {
  /** One of the contract's (`USER_NOT_FOUND`, `VALIDATION_ERROR`, …), or `UNREADABLE_ANSWER` for an answer that is not in its form. */
  readonly code: string
  /** The HTTP status; 0 where a browser hides it. */
  readonly status: number
  /** Everything that is wrong, at once. */
  readonly details: readonly Detail[]
  /** After how many seconds it may go better, where the server says so. */
  readonly retryAfter: number | null
  /** What to look for in the server's log, where there is something to find. */
  readonly requestId: string | null

  constructor(message: string, facts: ApiErrorFacts) {
    super(message)
    this.code = facts.code
    this.status = facts.status
    this.details = facts.details ?? []
    this.retryAfter = facts.retryAfter
    this.requestId = facts.requestId
  }
}

/**
 * There was no answer: the network, the time-out, or your own signal (then `cause` is its reason). Whether the server has done what it was asked is not known.
 */
export class ConnectionError extends SUDIGITALError {
  /** The line, the clock, or you. */
  readonly code: ConnectionErrorCode

  constructor(code: ConnectionErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Nothing was sent, because the call makes no sense: an id that is empty, a token with a line break. */
export class UsageError extends SUDIGITALError {
  /** What was wrong: an argument of the call, or an option. */
  readonly code: UsageErrorCode

  constructor(code: UsageErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

for (const [name, { prototype }] of Object.entries({ ApiError, ConnectionError, UsageError })) {
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(prototype, kindOf, { value: name })
}
for (const [name, original] of Object.entries({ SUDIGITALError, ApiError, ConnectionError, UsageError })) {
  Object.defineProperty(original, Symbol.hasInstance, {
    value(this: object, value: unknown) {
      return this === original ? isOf(name, value) : isDerived.call(this as never, value)
    },
  })
}

/** Whether an error says of itself that it is of this class, or of one that was derived from it. */
function isOf(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const kind: unknown = Reflect.get(value, kindOf)
  return name === 'SUDIGITALError' ? kind !== undefined : kind === name
}
