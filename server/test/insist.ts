import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseUnavailable } from '../src/store/engines/engine.ts'

/* Fifty who ask at once are more than there are connections: on a busy machine some are told to come again, and clients do. */

/** Asks again when the server said to. */
export async function insistently(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask()
    const seconds = answer.headers.get('retry-after')
    if (answer.status !== 503 || seconds === null) return answer
    await sleep(Number(seconds) * 1000)
  }
}

/** Does the work, again where it got no connection. */
export async function untilServed<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error
    }
  }
}
