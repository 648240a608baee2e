import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { Membership, Page, QueryOf } from '../types.ts'

type Query = QueryOf<'listOrganizationsOfUser'>

/** What somebody belongs to. */
export class UserOrganizations {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of organizations, and what they are in each.
   *
   * @example
   * ```ts
   * const { data } = await client.users.organizations.list(id)
   * ```
   */
  list(id: string, query: Query = {}, options?: CallOptions): Call<Page<Membership>> {
    return this.#send('listOrganizationsOfUser', { path: { id }, query }, options)
  }

  /**
   * All of them, page after page.
   *
   * @example
   * ```ts
   * for await (const { name, role } of client.users.organizations.all(id)) console.log(name, role)
   * ```
   */
  all(id: string, query?: Query, options?: CallOptions): AsyncGenerator<Membership, void, undefined> {
    return byPage(query, (place) => this.list(id, { ...query, ...place }, options))
  }
}

/** What the caller belongs to. */
export class OwnOrganizations {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of organizations, and what the caller is in each.
   *
   * @example
   * ```ts
   * const { data } = await client.me.organizations.list()
   * ```
   */
  list(query: Query = {}, options?: CallOptions): Call<Page<Membership>> {
    return this.#send('listOwnOrganizations', { query }, options)
  }

  /**
   * All of them, page after page.
   *
   * @example
   * ```ts
   * for await (const { name, role } of client.me.organizations.all()) console.log(name, role)
   * ```
   */
  all(query?: Query, options?: CallOptions): AsyncGenerator<Membership, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }
}
