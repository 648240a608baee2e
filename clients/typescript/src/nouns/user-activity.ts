import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { Activity, ActivityQuery, Page } from '../types.ts'

/** What happened to somebody's account, newest first. */
export class UserActivity {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of entries.
   *
   * @example
   * ```ts
   * const { data } = await client.users.activity.list(id, { type: 'login', from: new Date('2026-01-01') })
   * ```
   */
  list(id: string, query: ActivityQuery = {}, options?: CallOptions): Call<Page<Activity>> {
    return this.#send('listActivity', { path: { id }, query }, options)
  }

  /**
   * All entries, page after page.
   *
   * @example
   * ```ts
   * for await (const { type, createdAt } of client.users.activity.all(id)) console.log(createdAt, type)
   * ```
   */
  all(id: string, query?: ActivityQuery, options?: CallOptions): AsyncGenerator<Activity, void, undefined> {
    return byPage(query, (place) => this.list(id, { ...query, ...place }, options))
  }
}

/** What happened to the caller's account, newest first. */
export class OwnActivity {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of entries.
   *
   * @example
   * ```ts
   * const { data } = await client.me.activity.list({ limit: 10 })
   * ```
   */
  list(query: ActivityQuery = {}, options?: CallOptions): Call<Page<Activity>> {
    return this.#send('listOwnActivity', { query }, options)
  }

  /**
   * All entries, page after page.
   *
   * @example
   * ```ts
   * for await (const { type, createdAt } of client.me.activity.all()) console.log(createdAt, type)
   * ```
   */
  all(query?: ActivityQuery, options?: CallOptions): AsyncGenerator<Activity, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }
}
