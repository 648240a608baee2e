import { unlessAborted } from './clock.ts'
import { ApiError } from './errors.ts'
import { type ClientOptions, readToken, type SharedTokens, type TokenPair } from './options.ts'

/** Trades a refresh token for a new pair, by one request. */
export type Refresh = (refreshToken: string) => Promise<TokenPair>

/** Holds the tokens of a client. Nothing of it shows when a client is printed. */
export class TokenKeeper {
  readonly #refresh: Refresh
  readonly #tell: ClientOptions['onTokens']
  readonly #shared: SharedTokens | undefined
  #tokens: Partial<TokenPair>
  #renewal: Promise<boolean> | null = null

  constructor({ token, refreshToken, onTokens, sharedTokens }: ClientOptions, refresh: Refresh) {
    this.#refresh = refresh
    this.#tell = onTokens
    this.#shared = sharedTokens
    this.#tokens = {
      ...(token === undefined ? {} : { accessToken: readToken('token', token) }),
      ...(refreshToken === undefined ? {} : { refreshToken: readToken('refreshToken', refreshToken) }),
    }
  }

  get accessToken(): string | undefined {
    return this.#tokens.accessToken
  }

  get refreshToken(): string | undefined {
    return this.#tokens.refreshToken
  }

  /** Goes on with these, of which the caller knows. */
  use(tokens: TokenPair | null): void {
    this.#tokens = tokens === null ? {} : readPair(tokens)
  }

  /** Goes on with these, and tells whoever keeps them. */
  async change(tokens: TokenPair | null): Promise<void> {
    this.use(tokens)
    await this.#tell?.(tokens === null ? null : readPair(tokens))
  }

  /**
   * Gets another access token than the one that was refused, and answers whether there is one. However many ask, there is one refresh under way: a refresh
   * token that comes a second time ends its session.
   */
  renew(refused: string | undefined, signal: AbortSignal | undefined): Promise<boolean> {
    const { accessToken, refreshToken } = this.#tokens
    if (accessToken !== refused) return Promise.resolve(accessToken !== undefined)
    if (refreshToken === undefined) return Promise.resolve(false)
    this.#renewal ??= this.#renewNow(refused).finally(() => {
      this.#renewal = null
    })
    return unlessAborted(this.#renewal, signal)
  }

  #renewNow(refused: string | undefined): Promise<boolean> {
    const shared = this.#shared
    if (shared === undefined) return this.#trade()
    return shared.lock(async () => {
      const kept = await shared.load()
      this.use(kept)
      return kept !== null && kept.accessToken === refused ? this.#trade() : kept !== null
    })
  }

  /** What has changed while the request was under way stays: somebody has signed in or out meanwhile. */
  async #trade(): Promise<boolean> {
    const before = this.#tokens
    if (before.refreshToken === undefined) return false
    const fresh = await this.#refresh(before.refreshToken).catch((thrown: unknown) => {
      if (thrown instanceof ApiError && thrown.status === 401) return null
      throw thrown
    })
    if (this.#tokens !== before) return this.accessToken !== undefined
    await this.change(fresh)
    return fresh !== null
  }
}

function readPair({ accessToken, refreshToken }: TokenPair): TokenPair {
  return {
    accessToken: readToken('accessToken', accessToken),
    ...(refreshToken === undefined ? {} : { refreshToken: readToken('refreshToken', refreshToken) }),
  }
}
