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
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** An answer that was read to its end. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends a request once, and reads the whole answer. */
export async function attempt(fetch: typeof globalThis.fetch, request: Request): Promise<Reply> {
  const { signal, timeoutMs } = request
  if (signal?.aborted) throw aborted(signal)
  const own = new AbortController()
  const stop = () => own.abort(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const timer = clock.after(timeoutMs, () => own.abort(tooLate))
  try {
    const response = await fetch(request.url, { ...initOf(request), signal: own.signal })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (thrown) {
    if (signal?.aborted) throw aborted(signal)
    if (own.signal.aborted) throw new ConnectionError('TIMEOUT', `There was no answer within ${timeoutMs} ms`)
    throw new ConnectionError('NETWORK_ERROR', 'The server could not be reached, or broke off', thrown)
  } finally {
    timer.cancel()
    signal?.removeEventListener('abort', stop)
  }
}

const tooLate = new Error('too late')

/** A redirection might lead the request, and what is in it, to somebody else. Answers of a browser's cache may be older than one's own changes. */
function initOf({ method, headers, body }: Request): RequestInit {
  const init: RequestInit = { method, headers, body, redirect: 'manual' }
  return 'cache' in globalThis.Request.prototype ? { ...init, cache: 'no-store' } : init
}
