import { ConnectionError } from './errors.ts'

/** What time it is, how it passes, and chance; in one place, so that tests can stand in for them. */
export const clock = {
  nowMs: () => Date.now(),
  random: () => Math.random(),

  /** Does something later, unless that is cancelled. */
  after(ms: number, act: () => void): { cancel(): void } {
    const timer = setTimeout(act, ms)
    return { cancel: () => clearTimeout(timer) }
  },

  /** Ends early, as an error, when the signal says so. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal))
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      const stop = () => {
        clearTimeout(timer)
        reject(aborted(signal))
      }
      signal?.addEventListener('abort', stop, { once: true })
    })
  },
}

export function aborted(signal: AbortSignal | undefined): ConnectionError {
  return new ConnectionError('ABORTED', 'The call was aborted', signal?.reason)
}

/** Stops waiting for what others wait for, too. */
export function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted(signal))
    const stop = () => reject(aborted(signal))
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
