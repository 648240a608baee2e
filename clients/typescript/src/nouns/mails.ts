import type { Call } from '../call.ts'
import type { CallOptions, OnceOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { Mail, MailWithLetter, Page, QueryOf } from '../types.ts'

type Query = QueryOf<'listMail'>

/** What is sent to people about their accounts. */
export class Mails {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of what waits, was sent in the last 30 days, or was given up, newest first.
   *
   * @example
   * ```ts
   * const { data } = await client.mail.list({ state: 'dead' })
   * ```
   */
  list(query: Query = {}, options?: CallOptions): Call<Page<Mail>> {
    return this.#send('listMail', { query }, options)
  }

  /**
   * All of it, page after page.
   *
   * @example
   * ```ts
   * for await (const { to, subject } of client.mail.all()) console.log(to, subject)
   * ```
   */
  all(query?: Query, options?: CallOptions): AsyncGenerator<Mail, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }

  /**
   * One mail. What it says is shown by a server in development only.
   *
   * @example
   * ```ts
   * const mail = await client.mail.get(mailId)
   * ```
   */
  get(id: string, options?: CallOptions): Call<Mail | MailWithLetter> {
    return this.#send('readMail', { path: { id } }, options)
  }

  /**
   * Has a mail that was given up tried again.
   *
   * @example
   * ```ts
   * const { state } = await client.mail.retry(mailId)
   * ```
   */
  retry(id: string, options?: OnceOptions): Call<Mail> {
    return this.#send('retryMail', { path: { id } }, options)
  }
}
