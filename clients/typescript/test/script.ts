import assert from 'node:assert/strict'
import type { Case, Http, RequestFacts, ResponseFacts } from '../../conformance/test/exchange.ts'
import type { TokenPair } from '../src/index.ts'

/** The server of an exchange: it takes the requests that are expected, and gives the answers that stand beside them. */
export interface Script {
  readonly fetch: typeof globalThis.fetch
  /** What the client was told of its tokens. */
  readonly told: (TokenPair | null)[]
  tell(tokens: TokenPair | null): void
  /** In place of time that passes. */
  wait(ms: number): Promise<void>
  /** In place of the time-out, which comes where the exchange says so. */
  after(ms: number, act: () => void): { cancel(): void }
  /** Everything that was expected was sent. */
  assertOver(): void
}

interface Sent {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Headers
  readonly body: unknown
  readonly waitedMs: number
}

export function openScript({ http, together = false }: Case): Script {
  const left = [...http]
  const told: (TokenPair | null)[] = []
  const words = new Map<string, string>()
  const faults: string[] = []
  let waitedMs = 0
  let expire: (() => void) | null = null
  return {
    told,
    tell: (tokens) => {
      told.push(tokens)
    },
    wait: async (ms) => {
      waitedMs += ms
    },
    after: (_, act) => {
      expire = act
      return { cancel: () => {} }
    },
    fetch: async (address, init) => {
      const sent = readSent(String(address), init, waitedMs)
      waitedMs = 0
      const entry = take(left, together, (request) => misfit(request, sent, words), faults)
      if (entry.failure === 'silence') return silence(init?.signal, () => expire?.())
      if (entry.failure === 'cut') throw new TypeError('fetch failed')
      const response = responseOf(entry.response ?? { status: 500 })
      return entry.failure === 'cut-short' ? cutShort(response) : response
    },
    assertOver: () => {
      assert.deepEqual(faults, [])
      assert.deepEqual(left, [], 'these were not sent')
    },
  }
}

/** The next one, or with `together` the first that fits. What is wrong is kept, for the client takes whatever is thrown here for a bad line. */
function take(
  left: Http[],
  together: boolean,
  misfitOf: (request: RequestFacts) => string | null,
  faults: string[],
): Http {
  const at = together ? left.findIndex(({ request }) => misfitOf(request) === null) : 0
  const [entry] = at === -1 ? [] : left.splice(at, 1)
  const why = entry === undefined ? 'nothing more was expected to be sent' : misfitOf(entry.request)
  if (entry !== undefined && why === null) return entry
  faults.push(why ?? '')
  throw new Error(why ?? '')
}

function readSent(address: string, init: RequestInit | undefined, waitedMs: number): Sent {
  const { pathname, searchParams } = new URL(address)
  const headers = new Headers(init?.headers)
  const isJson = headers.get('content-type')?.includes('json') ?? false
  const body = typeof init?.body === 'string' && isJson ? JSON.parse(init.body) : (init?.body ?? null)
  const path = address.replace(/^https?:\/\/[^/]+/, '').split('?')[0] ?? ''
  assert.equal(path, pathname, 'the path comes out of an URL as it went in')
  assert.equal(headers.get('accept'), 'application/json')
  return { method: init?.method ?? 'GET', path, query: Object.fromEntries(searchParams), headers, body, waitedMs }
}

/** What of a request is not as expected. */
function misfit({ after, without = [], headers = {}, ...facts }: RequestFacts, sent: Sent, words: Map<string, string>) {
  for (const key of ['method', 'path', 'query', 'body'] as const) {
    if (facts[key] === undefined) continue
    const [expected, actual] = [JSON.stringify(facts[key]), JSON.stringify(sent[key])]
    if (expected !== actual) return `${key} is ${actual}, not ${expected}`
  }
  for (const [name, expected] of Object.entries(headers)) {
    const actual = sent.headers.get(name)
    if (actual === null || !meets(expected, actual, words)) return `${name} is ${actual}, not ${expected}`
  }
  const surplus = without.find((name) => sent.headers.has(name))
  if (surplus !== undefined) return `${surplus} is sent`
  const { atLeastMs = 0, atMostMs = Number.POSITIVE_INFINITY } = after ?? {}
  return sent.waitedMs >= atLeastMs && sent.waitedMs <= atMostMs ? null : `${sent.waitedMs} ms were waited`
}

/** A word in braces is whatever comes first, the same wherever it stands, and no other word's. */
function meets(expected: string, actual: string, words: Map<string, string>): boolean {
  if (!/^\{\{\w+\}\}$/.test(expected)) return actual === expected
  const known = words.get(expected)
  if (known !== undefined) return known === actual
  if ([...words.values()].includes(actual)) return false
  words.set(expected, actual)
  return true
}

function responseOf({ status, headers = {}, body, text }: ResponseFacts): Response {
  const written = text ?? (body === undefined ? null : JSON.stringify(body))
  const isBare = [204, 304].includes(status)
  return new Response(isBare ? null : written, { status, headers: { ...headers } })
}

function silence(signal: AbortSignal | null | undefined, expire: () => void): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    expire()
  })
}

/** As far as its head. */
function cutShort(response: Response): Response {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) })
  return new Response(body, { status: response.status, headers: response.headers })
}
