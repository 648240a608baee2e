import type { Call } from '../call.ts'
import type { CallOptions, OnceOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { BodyOf, Invitation, Page, QueryOf, ResultOf } from '../types.ts'

type Query = QueryOf<'listInvitations'>

/** Asking people in. */
export class Invitations {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of invitations, newest first.
   *
   * @example
   * ```ts
   * const { data } = await client.invitations.list({ state: 'pending' })
   * ```
   */
  list(query: Query = {}, options?: CallOptions): Call<Page<Invitation>> {
    return this.#send('listInvitations', { query }, options)
  }

  /**
   * All invitations, page after page.
   *
   * @example
   * ```ts
   * for await (const { email, state } of client.invitations.all()) console.log(email, state)
   * ```
   */
  all(query?: Query, options?: CallOptions): AsyncGenerator<Invitation, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }

  /**
   * Makes a pending user and mails them a link, with which they choose a password.
   *
   * @example
   * ```ts
   * const { id, expiresAt } = await client.invitations.create({ email: 'jane@example.com', role: 'user' })
   * ```
   */
  create(invitation: BodyOf<'invite'>, options?: OnceOptions): Call<Invitation> {
    return this.#send('invite', { body: invitation }, options)
  }

  /**
   * Sends up to a thousand invitations. Each is sent or refused by itself. Given a text, it is CSV with a line of names first.
   *
   * @example
   * ```ts
   * const { data, meta } = await client.invitations.createMany('email,role\njane@example.com,user\n', { dryRun: true })
   * console.log(meta, data[0]?.status)
   * ```
   */
  createMany(
    invitations: BodyOf<'inviteMany'> | string,
    query: QueryOf<'inviteMany'> = {},
    options?: OnceOptions,
  ): Call<ResultOf<'inviteMany'>> {
    if (typeof invitations !== 'string') return this.#send('inviteMany', { body: invitations, query }, options)
    return this.#send('inviteMany', { raw: { body: invitations, type: 'text/csv' }, query }, options)
  }

  /**
   * One invitation.
   *
   * @example
   * ```ts
   * const { state } = await client.invitations.get(invitationId)
   * ```
   */
  get(id: string, options?: CallOptions): Call<Invitation> {
    return this.#send('readInvitation', { path: { id } }, options)
  }

  /**
   * Voids the links of an invitation. A user who was made for it is deleted for good.
   *
   * @example
   * ```ts
   * await client.invitations.revoke(invitationId)
   * ```
   */
  revoke(id: string, options?: CallOptions): Call<ResultOf<'revokeInvitation'>> {
    return this.#send('revokeInvitation', { path: { id } }, options)
  }

  /**
   * Mails an invitation again, which can be accepted for as long again.
   *
   * @example
   * ```ts
   * const { sentAt } = await client.invitations.resend(invitationId)
   * ```
   */
  resend(id: string, options?: OnceOptions): Call<Invitation> {
    return this.#send('resendInvitation', { path: { id } }, options)
  }
}
