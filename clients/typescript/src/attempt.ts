import { aborted, clock } from './clock.ts'
import { ConnectionError } from './errors.ts'

/** What can be sent; not every realm has a name for it. */
export type Payload = NonNullable<RequestInit['body']>

/** A request as it is sent, as often as need be. */
export interface Request {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: Payload | null
  /** What comes is handed on while it comes. */
  readonly isLong: boolean
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** An answer that was read to its end, or, where it is long, to the end of its head. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly stream: ReadableStream<Uint8Array> | null
}

/** Sends a request once, and reads the answer. */
export async function attempt(fetch: typeof globalThis.fetch, request: Request): Promise<Reply> {
  const { signal, timeoutMs } = request
  if (signal?.aborted) throw aborted(signal)
  const own = new AbortController()
  const stop = () => own.abort(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const timer = clock.after(timeoutMs, () => own.abort(tooLate))
  const leave = () => signal?.removeEventListener('abort', stop)
  const whyNot = (thrown: unknown): ConnectionError => {
    if (signal?.aborted) return aborted(signal)
    if (own.signal.aborted) return new ConnectionError('TIMEOUT', `There was no answer within ${timeoutMs} ms`)
    return new ConnectionError('NETWORK_ERROR', 'The server could not be reached, or broke off', thrown)
  }
  try {
    const response = await fetch(request.url, { ...initOf(request), signal: own.signal })
    const { status, headers, body } = response
    if (request.isLong && response.ok && body !== null) {
      return { status, headers, text: '', stream: handedOn(body, { whyNot, leave }) }
    }
    const text = await response.text()
    leave()
    return { status, headers, text, stream: null }
  } catch (thrown) {
    leave()
    throw whyNot(thrown)
  } finally {
    timer.cancel()
  }
}

/** The same bytes, with errors as calls have them. */
function handedOn(
  body: ReadableStream<Uint8Array>,
  { whyNot, leave }: { whyNot: (thrown: unknown) => ConnectionError; leave: () => void },
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        controller.close()
      } catch (thrown) {
        controller.error(whyNot(thrown))
      }
      leave()
    },
    async cancel(reason) {
      leave()
      await reader.cancel(reason)
    },
  })
}

const tooLate = new Error('too late')

/** A redirection might lead the request, and what is in it, to somebody else. Answers of a browser's cache may be older than one's own changes. */
function initOf({ method, headers, body }: Request): RequestInit {
  const isStream = typeof ReadableStream === 'function' && body instanceof ReadableStream
  const init: RequestInit = { method, headers, body, redirect: 'manual', ...(isStream ? { duplex: 'half' } : {}) }
  return 'cache' in globalThis.Request.prototype ? { ...init, cache: 'no-store' } : init
}
