import { readdir, readFile } from 'node:fs/promises'

/* The files of `exchanges/`, as the README beside them describes them. */

export interface ExchangeFile {
  readonly says: string
  readonly recorded: boolean
  readonly cases: readonly Case[]
}

export interface Case {
  readonly says: string
  readonly client: ClientFacts
  readonly now?: string
  readonly together?: boolean
  readonly calls: readonly CallFacts[]
  readonly http: readonly Http[]
  readonly tokens?: readonly (TokenFacts | null)[]
  /** The client cannot be made. */
  readonly error?: ErrorFacts
}

export interface ClientFacts {
  readonly baseURL: string
  readonly token?: string
  readonly refreshToken?: string
  readonly maxRetries?: number
  readonly maxRetryAfterMs?: number
  readonly timeoutMs?: number
}

export interface TokenFacts {
  readonly accessToken: string
  readonly refreshToken?: string
}

export interface CallFacts {
  readonly call: string
  readonly ids?: readonly string[]
  readonly body?: unknown
  readonly query?: Readonly<Record<string, unknown>>
  readonly options?: {
    readonly ifMatch?: string
    readonly ifNoneMatch?: string
    readonly idempotencyKey?: string
  }
  readonly take?: number
  readonly result?: unknown
  readonly error?: ErrorFacts
  readonly etag?: string | null
  readonly status?: number
}

export interface ErrorFacts {
  readonly class: string
  readonly code: string
  readonly status?: number
  readonly message?: string
  readonly details?: readonly { readonly field: string; readonly message: string }[]
  readonly retryAfter?: number | null
  readonly requestId?: string | null
}

export interface Http {
  readonly request: RequestFacts
  readonly response?: ResponseFacts
  readonly failure?: 'cut' | 'cut-short' | 'silence'
}

export interface RequestFacts {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly without?: readonly string[]
  readonly body?: unknown
  readonly form?: Readonly<Record<string, FileFacts>>
  readonly after?: { readonly atLeastMs: number; readonly atMostMs: number }
}

export interface FileFacts {
  readonly type: string
  readonly base64: string
}

export interface ResponseFacts {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly text?: string
}

export const folder = new URL('../exchanges/', import.meta.url)

export async function readExchanges(): Promise<Map<string, ExchangeFile>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const read = names.map(
    async (name): Promise<[string, ExchangeFile]> => [name, JSON.parse(await readFile(new URL(name, folder), 'utf8'))],
  )
  return new Map(await Promise.all(read))
}

/** A file among what a call takes. */
export function isFile(body: unknown): body is { readonly file: FileFacts } {
  return typeof body === 'object' && body !== null && 'file' in body
}

export function blobOf({ type, base64 }: FileFacts): Blob {
  return new Blob([Buffer.from(base64, 'base64')], { type })
}
