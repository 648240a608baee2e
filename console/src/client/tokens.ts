import type { SharedTokens, TokenPair } from '@sudigital/client'

const kept = 'roster.tokens'

/** The tokens of this browser, which all its tabs share; null when nobody is signed in. */
export function loadTokens(): TokenPair | null {
  const text = localStorage.getItem(kept)
  if (text === null) return null
  try {
    const pair: unknown = JSON.parse(text)
    return isPair(pair) ? pair : null
  } catch {
    return null
  }
}

export function keepTokens(tokens: TokenPair | null): void {
  if (tokens === null) localStorage.removeItem(kept)
  else localStorage.setItem(kept, JSON.stringify(tokens))
}

/** A refresh token works once, so tabs refresh one after another. Browsers lock for pages of `https` and of this machine only. */
export const sharedTokens: SharedTokens = {
  load: loadTokens,
  lock: <Done>(work: () => Promise<Done>): Promise<Done> =>
    navigator.locks === undefined
      ? work()
      : navigator.locks.request('roster.tokens', work).then((done) => done as Done),
}

/** Tells when another tab has signed in, out, or refreshed. Answers how to stop it. */
export function onTokensElsewhere(tell: (tokens: TokenPair | null) => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === kept || key === null) tell(loadTokens())
  }
  addEventListener('storage', listen)
  return () => removeEventListener('storage', listen)
}

function isPair(value: unknown): value is TokenPair {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'accessToken') === 'string'
}
