import type { Call } from '../call.ts'
import type { CallOptions, ReadOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type { ResultOf } from '../types.ts'

/** What the server says of itself. */
export class Description {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * The API description, in OpenAPI 3.1.
   *
   * @example
   * ```ts
   * const { openapi } = await client.description.get()
   * ```
   */
  get(options?: CallOptions): Call<ResultOf<'readDescription'>>
  get(options: ReadOptions): Call<ResultOf<'readDescription'> | null>
  get(options?: ReadOptions): Call<ResultOf<'readDescription'> | null> {
    return this.#send('readDescription', {}, options)
  }
}
