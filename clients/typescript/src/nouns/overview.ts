import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type { Attention, SettingsInForce, Stats, StatsQuery } from '../types.ts'

/** How many there are, and how many come. */
export class Statistics {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * Totals, and sign-ups and sign-ins over time: the last 30 days by days, unless asked otherwise.
   *
   * @example
   * ```ts
   * const { totals, series } = await client.stats.get({ from: '2026-01-01', interval: 'week' })
   * ```
   */
  get(query: StatsQuery = {}, options?: CallOptions): Call<Stats> {
    return this.#send('readStats', { query }, options)
  }
}

/** How the server is set up. */
export class Settings {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * The settings and limits in force, without secrets.
   *
   * @example
   * ```ts
   * const { settings, limits } = await client.settings.get()
   * ```
   */
  get(options?: CallOptions): Call<SettingsInForce> {
    return this.#send('readSettings', {}, options)
  }
}

/** What somebody has to look at. */
export class AttentionList {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * What wants attention; nothing when all is well.
   *
   * @example
   * ```ts
   * for (const { code, count } of await client.attention.list()) console.log(code, count)
   * ```
   */
  list(options?: CallOptions): Call<Attention[]> {
    return this.#send('listAttention', {}, options)
  }
}
