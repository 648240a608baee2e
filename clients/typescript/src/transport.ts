import { pathWith, type QueryValue, queryOf } from './address.ts'
import { attempt, type Payload, type Reply, type Request } from './attempt.ts'
import { type Answer, Call } from './call.ts'
import { clock } from './clock.ts'
import { ApiError, type Detail, UsageError } from './errors.ts'
import { operations } from './generated/operations.ts'
import { type AnyOptions, count, duration, type Settings } from './options.ts'
import { mayRepeat, type Repeatability, readRetryAfterMs, waitMs } from './repetition.ts'
import type { TokenKeeper } from './token-keeper.ts'
import type { BodyOf, OperationId, PathOf, QueryOf, ResultOf } from './types.ts'
import { randomUuid } from './uuid.ts'

/** In place of a body of JSON. */
interface OtherBodies {
  readonly raw?: { readonly body: Payload; readonly type: string }
  readonly form?: Readonly<Record<string, Blob>>
}

/** What an operation is called with. */
export type Given<Id extends OperationId> = ([PathOf<Id>] extends [never] ? unknown : { readonly path: PathOf<Id> }) & {
  readonly body?: BodyOf<Id>
  readonly query?: { readonly [Key in keyof QueryOf<Id>]?: QueryValue }
} & OtherBodies

/** How nouns call operations. */
export type Send = <Id extends OperationId>(id: Id, given: Given<Id>, options?: AnyOptions) => Call<ResultOf<Id>>

/** As much of it as is asked of any operation. */
interface AnyGiven extends OtherBodies {
  readonly path?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly query?: Readonly<Record<string, QueryValue>>
}

interface Row {
  readonly method: string
  readonly path: string
  readonly anonymous?: true
  readonly repeatable?: true
  readonly streamed?: true
}

interface Asked extends Repeatability {
  readonly row: Row
  readonly request: Request
  readonly maxRetries: number
}

/** Sends what nouns ask for: with tokens, again where that is safe, and reads what comes back. */
export class Transport {
  readonly #settings: Settings
  readonly #tokens: TokenKeeper

  constructor(settings: Settings, tokens: TokenKeeper) {
    this.#settings = settings
    this.#tokens = tokens
  }

  readonly send: Send = (id, given, options = {}) => {
    return new Call(this.#answer(operations[id], id === 'refreshTokens', given as AnyGiven, options))
  }

  async #answer<Result>(row: Row, spends: boolean, given: AnyGiven, options: AnyOptions): Promise<Answer<Result>> {
    const asked = this.#ask(row, spends, given, options)
    const reply = await this.#withTokens(asked)
    const { status, headers } = reply
    return { data: resultOf(reply) as Result, etag: headers.get('etag'), status, headers }
  }

  #ask(row: Row, spends: boolean, given: AnyGiven, options: AnyOptions): Asked {
    const { base, headers: always, timeoutMs, maxRetries } = this.#settings
    const headers = headersFrom({ ...always, ...options.headers })
    const retries = options.maxRetries === undefined ? maxRetries : count('maxRetries', options.maxRetries)
    headers.set('accept', 'application/json')
    const body = bodyOf(row, given, headers)
    setConditions(row, options, headers, retries)
    return {
      row,
      method: row.method,
      hasKey: headers.has('idempotency-key'),
      spends,
      isStreamed: isStream(body),
      maxRetries: retries,
      request: {
        method: row.method,
        url: `${base}${pathWith(row.path, given.path ?? {})}${queryOf(given.query)}`,
        headers,
        body,
        isLong: row.streamed === true,
        timeoutMs: options.timeoutMs === undefined ? timeoutMs : duration(options.timeoutMs),
        signal: options.signal,
      },
    }
  }

  /** Once more with another token, where the first is over. */
  async #withTokens(asked: Asked): Promise<Reply> {
    const { row, request, isStreamed } = asked
    if (row.anonymous) return this.#withRepetitions(asked)
    const token = this.#tokens.accessToken
    const reply = await this.#withRepetitions(asked, token)
    if (reply.status !== 401 || refusalOf(reply).code !== 'UNAUTHORIZED' || isStreamed) return reply
    const isRenewed = await this.#tokens.renew(token, request.signal)
    return isRenewed ? this.#withRepetitions(asked, this.#tokens.accessToken) : reply
  }

  async #withRepetitions(asked: Asked, token?: string): Promise<Reply> {
    const { request, maxRetries } = asked
    const headers = new Headers(request.headers)
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    for (let repetition = 1; ; repetition += 1) {
      const outcome = await attempt(this.#settings.fetch, { ...request, headers }).catch((thrown: unknown) => ({
        thrown,
      }))
      const isReply = !('thrown' in outcome)
      const retryAfterMs = isReply ? readRetryAfterMs(outcome.headers) : null
      const goesOn =
        repetition <= maxRetries &&
        mayRepeat(asked, isReply ? outcome.status : outcome.thrown) &&
        (retryAfterMs ?? 0) <= this.#settings.maxRetryAfterMs
      if (!goesOn && isReply) return outcome
      if (!goesOn && !isReply) throw outcome.thrown
      await clock.wait(waitMs(repetition, retryAfterMs), request.signal)
    }
  }
}

function headersFrom(given: Readonly<Record<string, string>>): Headers {
  try {
    return new Headers(given)
  } catch {
    throw new UsageError('INVALID_OPTION', 'headers hold something that no header can be')
  }
}

function bodyOf({ method }: Row, { body, raw, form }: AnyGiven, headers: Headers): Payload | null {
  if (form !== undefined) return formOf(form)
  if (raw !== undefined) {
    headers.set('content-type', raw.type)
    return raw.body
  }
  if (body === undefined) return null
  headers.set('content-type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json')
  return JSON.stringify(body)
}

/** `fetch` says of which type it is, and where its parts end. */
function formOf(files: Readonly<Record<string, Blob>>): FormData {
  const form = new FormData()
  for (const [field, file] of Object.entries(files)) {
    if (!(file instanceof Blob)) throw new UsageError('INVALID_ARGUMENT', `${field} must be a Blob or a File`)
    form.set(field, file, field)
  }
  return form
}

function setConditions(row: Row, options: AnyOptions, headers: Headers, retries: number): void {
  const { ifMatch, ifNoneMatch, idempotencyKey } = options
  const key = row.repeatable ? (idempotencyKey ?? (retries > 0 ? randomUuid() : undefined)) : undefined
  for (const [name, value] of Object.entries({
    'if-match': ifMatch,
    'if-none-match': ifNoneMatch,
    'idempotency-key': key,
  })) {
    if (value === undefined) continue
    if (typeof value !== 'string' || !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
      throw new UsageError('INVALID_ARGUMENT', `${name} must be a text of visible ASCII`)
    }
    headers.set(name, value)
  }
}

function isStream(body: Payload | null): boolean {
  return typeof ReadableStream === 'function' && body instanceof ReadableStream
}

/** Throws what the server refused. */
function resultOf(reply: Reply): unknown {
  const { status, text, stream } = reply
  if (stream !== null) return stream
  if (status === 304) return null
  if (status < 200 || status > 299) throw refusalOf(reply)
  if (text === '') return null
  const body = parsed(text)
  if (typeof body !== 'object' || body === null) throw unreadable(reply)
  return 'data' in body && !('meta' in body) ? body.data : body
}

/** `{"error":{"code","message","details"?},"status"}`, or whatever else it is. */
function refusalOf(reply: Reply): ApiError {
  const { error } = (parsed(reply.text) ?? {}) as { error?: { code?: unknown; message?: unknown; details?: unknown } }
  if (typeof error?.code !== 'string' || typeof error.message !== 'string') return unreadable(reply)
  const details = Array.isArray(error.details) ? (error.details as Detail[]) : []
  return new ApiError(error.message, { ...factsOf(reply), code: error.code, details })
}

function unreadable(reply: Reply): ApiError {
  return new ApiError(`An answer of status ${reply.status} cannot be read`, {
    ...factsOf(reply),
    code: 'UNREADABLE_ANSWER',
  })
}

function factsOf({ status, headers }: Reply) {
  const retryAfterMs = readRetryAfterMs(headers)
  return {
    status,
    retryAfter: retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000),
    requestId: headers.get('x-request-id'),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
