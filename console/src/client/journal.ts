/** A request as it was sent, without the token. */
export interface SentRequest {
  readonly id: number
  readonly method: string
  /** With the query, below the address of the API. */
  readonly path: string
  /** What was sent as JSON; undefined for nothing, {@link file} for what is no JSON. */
  readonly body: unknown
  /** What the body is said to be; null without one. */
  readonly type: string | null
  /** The version that a change was founded on. */
  readonly ifMatch: string | null
  /** The path of the page that sent it, as the router has it. */
  readonly page: string
}

/** In place of a body that is no JSON. */
export const file: unique symbol = Symbol('a file')

const keptMax = 60
let sent: readonly SentRequest[] = []
let count = 0
const listeners = new Set<() => void>()

/** What was sent lately, oldest first. The array is another one whenever something was added. */
export function sentRequests(): readonly SentRequest[] {
  return sent
}

/** Leaves nothing of what was sent for whoever signs in next. */
export function forgetSent(): void {
  sent = []
  for (const tell of listeners) tell()
}

export function onSent(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where the API is, and what stands before the path of every page. */
interface Places {
  readonly base: string
  readonly pagesRoot: string
}

/** A `fetch` that writes down what it sends. Whatever lets somebody sign in is left out. */
export function writingDown({ base, pagesRoot }: Places, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const path = String(input).slice(base.length)
    if (!path.startsWith('/api/auth/')) {
      count += 1
      const headers = new Headers(init?.headers)
      const type = headers.get('content-type')
      const request = {
        id: count,
        method: init?.method ?? 'GET',
        path,
        body: bodyOf(init?.body, type),
        type,
        ifMatch: headers.get('if-match'),
        page: location.pathname.slice(pagesRoot.length),
      }
      sent = [...sent.slice(1 - keptMax), request]
      for (const tell of listeners) tell()
    }
    return fetch(input, init)
  }
}

const secrets = new Set(['password', 'newPassword', 'currentPassword', 'code', 'token', 'refreshToken', 'credential'])

function bodyOf(body: unknown, type: string | null): unknown {
  if (body === null || body === undefined) return undefined
  return typeof body === 'string' && /^application\/([\w-]+\+)?json\b/.test(type ?? '') ? withoutSecrets(body) : file
}

function withoutSecrets(body: string): unknown {
  try {
    return withoutSecretsIn(JSON.parse(body))
  } catch {
    return file
  }
}

/** Attributes are named by whoever makes them up; none of those names is one of ours. */
function withoutSecretsIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecretsIn)
  const shown = ([key, held]: [string, unknown]): [string, unknown] => {
    if (secrets.has(key)) return [key, '…']
    return [key, key === 'attributes' ? held : withoutSecretsIn(held)]
  }
  return Object.fromEntries(Object.entries(value).map(shown))
}
