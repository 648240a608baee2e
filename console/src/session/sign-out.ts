import { ApiError } from '@sudigital/client'
import { client, forgetTokens } from '../client/client.ts'

let isLeaving = false

/** Whether tokens that vanish do so because whoever had them wants it so. */
export function isSigningOut(): boolean {
  return isLeaving
}

/** Ends the session, unless it is over already; `after` takes whoever had it elsewhere, before anything misses it. */
export async function signOut(after: () => Promise<void>): Promise<void> {
  isLeaving = true
  try {
    await Promise.resolve(client.auth.logout()).catch((thrown: unknown) => {
      if (!(thrown instanceof ApiError) || thrown.status !== 401) throw thrown
      forgetTokens()
    })
    await after()
  } finally {
    isLeaving = false
  }
}
