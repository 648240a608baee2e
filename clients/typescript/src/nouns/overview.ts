import type { Call } from '../call.ts'
import type { CallOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type { Stats as Figures, Attention as Matter, SettingsInForce, StatsQuery } from '../types.ts'

/** How many there are, and how many come. */
export class Stats {
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
  get(query: StatsQuery = {}, options?: CallOptions): Call<Figures> {
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
export class Attention {
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
  list(options?: CallOptions): Call<Matter[]> {
    return this.#send('listAttention', {}, options)
  }
}
