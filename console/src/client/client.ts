import { SUDIGITALClient, type TokenPair } from '@sudigital/client'
import { apiAddress, pagesRoot } from '../place.ts'
import { writingDown } from './journal.ts'
import { keepTokens, loadTokens, onTokensElsewhere, sharedTokens } from './tokens.ts'

type Listener = (tokens: TokenPair | null) => void
const listeners = new Set<Listener>()
const first = loadTokens()

/** How the console asks for anything. There is no other way to the server in it. */
export const client = new SUDIGITALClient({
  baseURL: apiAddress,
  ...(first === null ? {} : { token: first.accessToken, refreshToken: first.refreshToken }),
  fetch: writingDown({ base: apiAddress, pagesRoot }, (...asked) => globalThis.fetch(...asked)),
  sharedTokens,
  onTokens: (tokens) => {
    keepTokens(tokens)
    tell(tokens)
  },
  maxRetryAfterMs: 2_000,
})

/** Is told whenever the client has other tokens, or none any more, be it by another tab. Answers how to stop it. */
export function onTokens(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

onTokensElsewhere((tokens) => {
  client.useTokens(tokens)
  tell(tokens)
})

/** Nobody is signed in any more, in no tab of this browser. */
export function forgetTokens(): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of the client, no hook
  client.useTokens(null)
  keepTokens(null)
  tell(null)
}

function tell(tokens: TokenPair | null): void {
  for (const listener of listeners) listener(tokens)
}
