import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { BodyOf, Factor, FactorPageMeta, Message, Page, QueryOf, ResultOf } from '../types.ts'

/** What is asked of somebody at sign-in, besides the password. */
export class UserFactors {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of factors.
   *
   * @example
   * ```ts
   * const { data } = await client.users.factors.list(id)
   * ```
   */
  list(id: string, query: QueryOf<'listFactors'> = {}, options?: CallOptions): Call<Page<Factor, FactorPageMeta>> {
    return this.#send('listFactors', { path: { id }, query }, options)
  }

  /**
   * All factors, page after page.
   *
   * @example
   * ```ts
   * for await (const { kind, name } of client.users.factors.all(id)) console.log(kind, name)
   * ```
   */
  all(id: string, query?: QueryOf<'listFactors'>, options?: CallOptions): AsyncGenerator<Factor, void, undefined> {
    return byPage(query, (place) => this.list(id, { ...query, ...place }, options))
  }

  /**
   * Removes what somebody has lost, and ends their sessions.
   *
   * @example
   * ```ts
   * await client.users.factors.remove(id, factorId)
   * ```
   */
  remove(id: string, factorId: string, options?: CallOptions): Call<Message> {
    return this.#send('removeFactor', { path: { id, fid: factorId } }, options)
  }
}

/** What is asked of the caller at sign-in, besides the password. To change it takes a sign-in of the last ten minutes. */
export class OwnFactors {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of factors.
   *
   * @example
   * ```ts
   * const { data } = await client.me.factors.list()
   * ```
   */
  list(query: QueryOf<'listOwnFactors'> = {}, options?: CallOptions): Call<Page<Factor, FactorPageMeta>> {
    return this.#send('listOwnFactors', { query }, options)
  }

  /**
   * All factors, page after page.
   *
   * @example
   * ```ts
   * for await (const { kind, name } of client.me.factors.all()) console.log(kind, name)
   * ```
   */
  all(query?: QueryOf<'listOwnFactors'>, options?: CallOptions): AsyncGenerator<Factor, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }

  /**
   * Begins to set up an authenticator app. The answer shows its secret, this once, as a text, a link and a QR code.
   *
   * @example
   * ```ts
   * const { qr, factor } = await client.me.factors.enrolTotp({ currentPassword: password })
   * ```
   */
  enrolTotp(asked: BodyOf<'enrolTotp'> = {}, options?: CallOptions): Call<ResultOf<'enrolTotp'>> {
    return this.#send('enrolTotp', { body: asked }, options)
  }

  /**
   * Has the app asked for from now on, by one of its codes. With the first factor come recovery codes.
   *
   * @example
   * ```ts
   * const { recoveryCodes } = await client.me.factors.confirmTotp({ code: '123456' })
   * ```
   */
  confirmTotp(proof: BodyOf<'confirmTotp'>, options?: CallOptions): Call<ResultOf<'confirmTotp'>> {
    return this.#send('confirmTotp', { body: proof }, options)
  }

  /**
   * Asks what a new passkey has to be: what `PublicKeyCredential.parseCreationOptionsFromJSON` reads.
   *
   * @example
   * ```ts
   * const { challenge } = await client.me.factors.offerPasskey({ currentPassword: password })
   * ```
   */
  offerPasskey(asked: BodyOf<'offerPasskey'> = {}, options?: CallOptions): Call<ResultOf<'offerPasskey'>> {
    return this.#send('offerPasskey', { body: asked }, options)
  }

  /**
   * Adds a passkey, as its `toJSON()` gives it. With the first factor come recovery codes.
   *
   * @example
   * ```ts
   * const { factor } = await client.me.factors.addPasskey({ name: 'Phone', credential: newCredential })
   * ```
   */
  addPasskey(passkey: BodyOf<'addPasskey'>, options?: CallOptions): Call<ResultOf<'addPasskey'>> {
    return this.#send('addPasskey', { body: passkey }, options)
  }

  /**
   * Makes ten recovery codes, and voids those that were there.
   *
   * @example
   * ```ts
   * const { recoveryCodes } = await client.me.factors.makeRecoveryCodes()
   * ```
   */
  makeRecoveryCodes(options?: CallOptions): Call<ResultOf<'makeRecoveryCodes'>> {
    return this.#send('makeRecoveryCodes', {}, options)
  }

  /**
   * Removes a factor. Recovery codes go with the last.
   *
   * @example
   * ```ts
   * await client.me.factors.remove(factorId)
   * ```
   */
  remove(factorId: string, options?: CallOptions): Call<Message> {
    return this.#send('removeOwnFactor', { path: { fid: factorId } }, options)
  }
}
