import { ApiError } from '@sudigital/client'

const secondMs = 1000

/** Sends something, and again after each pause that the server asks for. */
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
      await pause(error.retryAfter * secondMs, signal)
      onPause(null)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
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
