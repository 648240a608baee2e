import { ApiError } from '@sudigital/client'

const secondMs = 1000

/** Sends something, and again after each pause that the server asks for. `onPause` is told until when, in milliseconds since 1970, and null when it is over. */
export async function patiently<Done>(
  send: () => PromiseLike<Done>,
  { signal, onPause }: { readonly signal: AbortSignal; readonly onPause: (untilMs: number | null) => void },
): Promise<Done> {
  for (;;) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.retryAfter === null || ![429, 503].includes(error.status)) throw error
      onPause(Date.now() + error.retryAfter * secondMs)
      await pause(error.retryAfter * secondMs, signal).finally(() => onPause(null))
    }
  }
}

/** Waits; throws as soon as it is not to be waited for any more. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
