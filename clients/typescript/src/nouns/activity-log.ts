import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import { byCursor } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { LogEntry, LogPageMeta, LogQuery, Page } from '../types.ts'

/** What happened to all accounts, newest first. */
export class ActivityLog {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of entries. Admins of an organization are shown what is about it.
   *
   * @example
   * ```ts
   * const { data } = await client.activity.list({ type: 'login_failed', from: new Date('2026-01-01') })
   * ```
   */
  list(query: LogQuery = {}, options?: CallOptions): Call<Page<LogEntry, LogPageMeta>> {
    return this.#send('listAllActivity', { query }, options)
  }

  /**
   * All entries, page after page.
   *
   * @example
   * ```ts
   * for await (const { createdAt, description } of client.activity.all({ user: id })) console.log(createdAt, description)
   * ```
   */
  all(query?: LogQuery, options?: CallOptions): AsyncGenerator<LogEntry, void, undefined> {
    return byCursor(query, (place) => this.list({ ...query, ...place }, options))
  }
}
