import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type { ExportQuery } from '../types.ts'

/** Taking people out. */
export class Exports {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * All users, those who are named, or those whom the filters leave in, as lines of JSON or as CSV, in order of creation. The bytes come while they are read.
   *
   * @example
   * ```ts
   * const table = await client.exports.users({ format: 'csv', status: 'active' })
   * const saved = await new Response(table).blob()
   * ```
   */
  users(query: ExportQuery = {}, options?: CallOptions): Call<ReadableStream<Uint8Array>> {
    return this.#send('exportUsers', { query }, options)
  }
}
