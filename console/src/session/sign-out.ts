import { client } from '../client/client.ts'

let isLeaving = false

/** Whether tokens that vanish do so because whoever had them wants it so. */
export function isSigningOut(): boolean {
  return isLeaving
}

/** Ends the session; `after` takes whoever had it elsewhere, before anything misses it. */
export async function signOut(after: () => Promise<void>): Promise<void> {
  isLeaving = true
  try {
    await client.auth.logout()
    await after()
  } finally {
    isLeaving = false
  }
}
