import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { Page, QueryOf, ResultOf, Session } from '../types.ts'

type Query = QueryOf<'listSessions'>
/** `keep: 'current'` spares the session that asks. */
type Spared = QueryOf<'revokeSessions'>

/** Where somebody is signed in. */
export class UserSessions {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of sessions.
   *
   * @example
   * ```ts
   * const { data } = await client.users.sessions.list(id)
   * ```
   */
  list(id: string, query: Query = {}, options?: CallOptions): Call<Page<Session>> {
    return this.#send('listSessions', { path: { id }, query }, options)
  }

  /**
   * All sessions, page after page.
   *
   * @example
   * ```ts
   * for await (const { device, lastUsedAt } of client.users.sessions.all(id)) console.log(device, lastUsedAt)
   * ```
   */
  all(id: string, query?: Query, options?: CallOptions): AsyncGenerator<Session, void, undefined> {
    return byPage(query, (place) => this.list(id, { ...query, ...place }, options))
  }

  /**
   * Ends one session.
   *
   * @example
   * ```ts
   * await client.users.sessions.revoke(id, sessionId)
   * ```
   */
  revoke(id: string, sessionId: string, options?: CallOptions): Call<ResultOf<'revokeSession'>> {
    return this.#send('revokeSession', { path: { id, sid: sessionId } }, options)
  }

  /**
   * Ends all sessions.
   *
   * @example
   * ```ts
   * const { revoked } = await client.users.sessions.revokeAll(id)
   * ```
   */
  revokeAll(id: string, query: Spared = {}, options?: CallOptions): Call<ResultOf<'revokeSessions'>> {
    return this.#send('revokeSessions', { path: { id }, query }, options)
  }
}

/** Where the caller is signed in. */
export class OwnSessions {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of sessions; `current` marks the one that asks.
   *
   * @example
   * ```ts
   * const { data } = await client.me.sessions.list()
   * ```
   */
  list(query: Query = {}, options?: CallOptions): Call<Page<Session>> {
    return this.#send('listOwnSessions', { query }, options)
  }

  /**
   * All sessions, page after page.
   *
   * @example
   * ```ts
   * for await (const { device, current } of client.me.sessions.all()) console.log(device, current)
   * ```
   */
  all(query?: Query, options?: CallOptions): AsyncGenerator<Session, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }

  /**
   * Ends one session.
   *
   * @example
   * ```ts
   * await client.me.sessions.revoke(sessionId)
   * ```
   */
  revoke(sessionId: string, options?: CallOptions): Call<ResultOf<'revokeOwnSession'>> {
    return this.#send('revokeOwnSession', { path: { sid: sessionId } }, options)
  }

  /**
   * Signs out everywhere, or everywhere else.
   *
   * @example
   * ```ts
   * const { revoked } = await client.me.sessions.revokeAll({ keep: 'current' })
   * ```
   */
  revokeAll(query: Spared = {}, options?: CallOptions): Call<ResultOf<'revokeOwnSessions'>> {
    return this.#send('revokeOwnSessions', { query }, options)
  }
}
