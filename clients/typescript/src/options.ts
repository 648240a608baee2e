import { UsageError } from './errors.ts'

/** What a client calls with. */
export interface TokenPair {
  /** What each request is sent with. */
  readonly accessToken: string
  /** Good once, for new tokens. */
  readonly refreshToken?: string | undefined
}

/** Tokens that several clients hold, such as the tabs of a browser. A refresh token works once: who refreshes while another does, loses the session for both. */
export interface SharedTokens {
  /** The tokens as they are kept by now; null if there are none any more. */
  load(): TokenPair | null | Promise<TokenPair | null>
  /** Runs `work` while no other holder runs theirs: `(work) => navigator.locks.request('roster', work)`. */
  lock<Done>(work: () => Promise<Done>): Promise<Done>
}

/** What a client can be told. */
export interface ClientOptions {
  /** Where the server is: `https://users.example.com`, with or without a path and a slash at the end. */
  readonly baseURL: string | URL
  /** An access token or an API token; absent for whoever signs in by `client.auth.login`, or needs nobody. */
  readonly token?: string | undefined
  /** With it the client gets new tokens by itself when the access token is over. */
  readonly refreshToken?: string | undefined
  /** Is told whenever the client has other tokens, and given null when it has none any more; whoever keeps tokens, keeps these. Calls wait for it. */
  readonly onTokens?: ((tokens: TokenPair | null) => void | Promise<void>) | undefined
  /** For tokens that others hold, too. */
  readonly sharedTokens?: SharedTokens | undefined
  /** How often a request is sent again at most; 2 unless said. */
  readonly maxRetries?: number | undefined
  /** For how long the server may tell the client to wait before it gives up; a minute unless said. */
  readonly maxRetryAfterMs?: number | undefined
  /** For how long each attempt may take; 30 seconds unless said. */
  readonly timeoutMs?: number | undefined
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** In place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** What can be said with each call. */
export interface CallOptions {
  /** Ends the call whatever it does at the moment, waiting included. */
  readonly signal?: AbortSignal | undefined
  /** For how long each attempt may take. */
  readonly timeoutMs?: number | undefined
  /** How often it is sent again at most. */
  readonly maxRetries?: number | undefined
  /** Sent besides those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Of calls that take effect once, however often they are sent. */
export interface OnceOptions extends CallOptions {
  /** Visible ASCII; one is made up unless you have one. */
  readonly idempotencyKey?: string | undefined
}

/** Of changes that may be founded on what was read before. */
export interface ChangeOptions extends CallOptions {
  /** The `etag` of what was read: who has been overtaken by somebody else is refused with `PRECONDITION_FAILED`. */
  readonly ifMatch?: string | undefined
}

/** Of reads of what may be known already. */
export interface ReadOptions extends CallOptions {
  /** The `etag` of what is known: if that still holds, the answer is null. */
  readonly ifNoneMatch?: string | undefined
}

/** Of a file that is sent. */
export interface FileOptions extends CallOptions {
  /** What the file is: lines of JSON, unless said. */
  readonly type?: 'application/x-ndjson' | 'text/csv' | undefined
}

export type AnyOptions = OnceOptions & ChangeOptions & ReadOptions

/** Options with everything in them. */
export interface Settings {
  /** Without a slash at its end. */
  readonly base: string
  readonly maxRetries: number
  readonly maxRetryAfterMs: number
  readonly timeoutMs: number
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: typeof globalThis.fetch
}

const defaults = { maxRetries: 2, maxRetryAfterMs: 60_000, timeoutMs: 30_000 }
/** What timers can count to. */
const timerMsMax = 2_147_483_647

export function readOptions(options: ClientOptions): Settings {
  if (typeof options !== 'object' || options === null)
    throw new UsageError('INVALID_OPTION', 'The client needs options')
  if (typeof (options.fetch ?? globalThis.fetch) !== 'function') {
    throw new UsageError('INVALID_OPTION', 'There is no fetch here; give one as an option')
  }
  return {
    base: readBase(options.baseURL),
    maxRetries: count('maxRetries', options.maxRetries ?? defaults.maxRetries),
    maxRetryAfterMs: count('maxRetryAfterMs', options.maxRetryAfterMs ?? defaults.maxRetryAfterMs),
    timeoutMs: duration(options.timeoutMs ?? defaults.timeoutMs),
    headers: { ...options.headers },
    fetch: (...asked) => (options.fetch ?? globalThis.fetch)(...asked),
  }
}

export function count(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new UsageError('INVALID_OPTION', `${name} must be an integer that is not negative`)
}

export function duration(timeoutMs: number): number {
  if (timeoutMs > 0 && timeoutMs <= timerMsMax) return timeoutMs
  throw new UsageError('INVALID_OPTION', `timeoutMs must be between 1 and ${timerMsMax}`)
}

/** None of these values is named in the error: whoever reads it need not know them. */
export function readToken(name: string, token: string): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token
  throw new UsageError('INVALID_OPTION', `${name} must be a text of visible ASCII`)
}

function readBase(given: string | URL): string {
  const url = URL.canParse(String(given)) ? new URL(given) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('INVALID_OPTION', 'baseURL must be an absolute address of http or https')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new UsageError('INVALID_OPTION', 'baseURL must have no credentials, no query and no fragment')
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
