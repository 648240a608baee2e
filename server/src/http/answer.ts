/** What a contract answers, ready for the wire. Header names are in lower case. */
export interface Answer {
  readonly status: number
  /** Media type with its parameters; absent when there is no body. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Chunks are sent as they come, and no more are asked for than the caller takes. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>
}

export type Headers = Readonly<Record<string, string>>

const jsonType = 'application/json; charset=utf-8'
const textType = 'text/plain; charset=utf-8'

export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return { status, type: jsonType, headers, body: JSON.stringify(value) }
}

/** JSON that was written before: `written` goes out byte for byte. */
export function jsonText(status: number, written: string | Uint8Array, headers: Headers = {}): Answer {
  return { status, type: jsonType, headers, body: written }
}

export function text(status: number, body: string, headers: Headers = {}): Answer {
  return { status, type: textType, headers, body }
}

export function empty(status: number, headers: Headers = {}): Answer {
  return { status, headers }
}

export function bytes(status: number, type: string, body: Uint8Array, headers: Headers = {}): Answer {
  return { status, type, headers, body }
}

/** A long answer: if `chunks` throws half-way, the connection is cut, so that nobody takes the part for the whole. */
export function stream(
  status: number,
  type: string,
  chunks: AsyncIterable<string | Uint8Array>,
  headers: Headers = {},
): Answer {
  return { status, type, headers, body: chunks }
}
