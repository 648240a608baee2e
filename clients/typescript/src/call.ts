import { UsageError } from './errors.ts'

/** What came of a call, with what the answer said besides. */
export interface Answer<Result> {
  /** The result. */
  readonly data: Result
  /** Which version of the record this is, for `ifMatch` and `ifNoneMatch`; null where the answer has none. */
  readonly etag: string | null
  /** The HTTP status. */
  readonly status: number
  /** All that a browser shows of the headers. */
  readonly headers: Headers
}

/**
 * A call that is under way: a promise of its result. {@link Call.withResponse} gives the response, too.
 *
 * @example
 * ```ts
 * const { data: user, etag } = await client.users.get(id).withResponse()
 * if (etag !== null) await client.users.update(id, { firstName: `${user.firstName}!` }, { ifMatch: etag })
 * ```
 */
export class Call<Result> implements Promise<Result> {
  readonly #answer: Promise<Answer<Result>>

  constructor(answer: Promise<Answer<Result>>) {
    this.#answer = answer
  }

  get [Symbol.toStringTag](): string {
    return 'Call'
  }

  /** The result, with the `etag`, the status and the headers of the answer. Nothing is sent a second time. */
  withResponse(): Promise<Answer<Result>> {
    return this.#answer
  }

  // biome-ignore lint/suspicious/noThenProperty: this is a promise
  then<Fulfilled = Result, Rejected = never>(
    onFulfilled?: ((result: Result) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#answer.then(({ data }) => data).then(onFulfilled, onRejected)
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Result | Rejected> {
    return this.then(null, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<Result> {
    return this.then().finally(onFinally)
  }
}

/** The same call, which is done only when `work` is. */
export function andThen<Result>(call: Call<Result>, work: (result: Result) => Promise<void>): Call<Result> {
  return new Call(call.withResponse().then((answer) => work(answer.data).then(() => answer)))
}

/** A call that was not made. */
export function refused(message: string): Call<never> {
  return new Call(Promise.reject(new UsageError('INVALID_ARGUMENT', message)))
}
