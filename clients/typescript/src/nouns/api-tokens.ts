import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { ApiToken, BodyOf, Message, NewApiToken, Page, QueryOf } from '../types.ts'

type Query = QueryOf<'listApiTokens'>

/** What programs call with, in place of a session. */
export class ApiTokens {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of the caller's API tokens, or, for admins, of those of the user `userId`.
   *
   * @example
   * ```ts
   * const { data } = await client.tokens.list()
   * ```
   */
  list(query: Query = {}, options?: CallOptions): Call<Page<ApiToken>> {
    return this.#send('listApiTokens', { query }, options)
  }

  /**
   * All of them, page after page.
   *
   * @example
   * ```ts
   * for await (const { name, expiresAt } of client.tokens.all()) console.log(name, expiresAt)
   * ```
   */
  all(query?: Query, options?: CallOptions): AsyncGenerator<ApiToken, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }

  /**
   * Makes a token. This answer is the only one that ever shows it, so the request is not sent again when the answer is lost.
   *
   * @example
   * ```ts
   * const { token } = await client.tokens.create({ name: 'Nightly export', permissions: ['users:read', 'users:list'] })
   * ```
   */
  create(token: BodyOf<'createApiToken'>, options?: CallOptions): Call<NewApiToken> {
    return this.#send('createApiToken', { body: token }, options)
  }

  /**
   * Has a token refused from the next request on.
   *
   * @example
   * ```ts
   * await client.tokens.revoke(tokenId)
   * ```
   */
  revoke(id: string, options?: CallOptions): Call<Message> {
    return this.#send('revokeApiToken', { path: { id } }, options)
  }
}
