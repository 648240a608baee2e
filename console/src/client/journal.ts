/** A request as it was sent, without the token. */
export interface SentRequest {
  readonly id: number
  readonly method: string
  /** With the query, below the address of the API. */
  readonly path: string
  /** What was sent as JSON; undefined for nothing, or for what is no JSON. */
  readonly body: unknown
  /** The page that sent it. */
  readonly page: string
}

const keptMax = 60
let sent: readonly SentRequest[] = []
let count = 0
const listeners = new Set<() => void>()

/** What was sent lately, oldest first. The array is another one whenever something was added. */
export function sentRequests(): readonly SentRequest[] {
  return sent
}

export function onSent(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A `fetch` that writes down what it sends. Whatever lets somebody sign in is left out. */
export function writingDown(base: string, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const path = String(input).slice(base.length)
    if (!path.startsWith('/api/auth/')) {
      count += 1
      const body = typeof init?.body === 'string' ? withoutSecrets(init.body) : undefined
      sent = [
        ...sent.slice(1 - keptMax),
        { id: count, method: init?.method ?? 'GET', path, body, page: location.pathname },
      ]
      for (const tell of listeners) tell()
    }
    return fetch(input, init)
  }
}

const secrets = new Set(['password', 'newPassword', 'currentPassword', 'code', 'token', 'refreshToken', 'credential'])

function withoutSecrets(body: string): unknown {
  try {
    return JSON.parse(body, (key, value) => (secrets.has(key) ? '…' : value))
  } catch {
    return undefined
  }
}
