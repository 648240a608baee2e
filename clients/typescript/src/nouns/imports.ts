import type { Payload } from '../attempt.ts'
import type { Call } from '../call.ts'
import type { CallOptions, FileOptions, OnceOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type { Import, QueryOf } from '../types.ts'

/** Taking people in. */
export class Imports {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * Sends a file of lines of JSON, or of CSV with a line of names first, at most 16 MiB. What becomes of it is told by {@link Imports.get}.
   *
   * @example
   * ```ts
   * const { id } = await client.imports.start(file, { dryRun: true }, { type: 'text/csv' })
   * ```
   */
  start(file: Payload, query: QueryOf<'startImport'> = {}, options: FileOptions & OnceOptions = {}): Call<Import> {
    const { type = 'application/x-ndjson', ...others } = options
    return this.#send('startImport', { raw: { body: file, type }, query }, others)
  }

  /**
   * How far an import is, and what is wrong with which line.
   *
   * @example
   * ```ts
   * const { state } = await client.imports.get(importId)
   * ```
   */
  get(id: string, options?: CallOptions): Call<Import> {
    return this.#send('readImport', { path: { id } }, options)
  }
}
