import methods from '../../../clients/conformance/operations.json' with { type: 'json' }
import { operations } from '../../../clients/typescript/src/generated/operations.ts'
import type { SentRequest } from '../client/journal.ts'

/** What an SDK is called with to have a request sent. */
export interface SdkCall {
  /** Noun and verb as in TypeScript: `users.sessions.revokeAll`. */
  readonly method: string
  readonly ids: readonly string[]
  /** Undefined for none; the journal's `file` for what is no JSON. */
  readonly body: unknown
  readonly query: Readonly<Record<string, QueryValue>>
  readonly ifMatch: string | null
}

export type QueryValue = string | number | boolean | readonly string[]

interface Operation {
  readonly name: string
  readonly method: string
  readonly pattern: RegExp
  /** How much of the path stands there in so many words. */
  readonly words: number
}

const table: readonly Operation[] = Object.entries(operations as Record<string, { method: string; path: string }>)
  .map(([name, { method, path }]) => ({
    name,
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
    words: path.replaceAll(/\{\w+\}/g, '').length,
  }))
  .sort((one, other) => other.words - one.words)

/** Which call of an SDK sends such a request; null for what is none of the contract's. */
export function callOf({ method, path, body, ifMatch }: Omit<SentRequest, 'id' | 'page'>): SdkCall | null {
  const [plain = '', question = ''] = path.split('?')
  for (const operation of table) {
    const match = operation.method === method ? operation.pattern.exec(plain) : null
    const name = methods.operations[operation.name as keyof typeof methods.operations]
    if (match === null || name === undefined) continue
    return { method: name, ids: match.slice(1).map(decodeURIComponent), body, query: readQuery(question), ifMatch }
  }
  return null
}

const counts = new Set(['limit', 'page'])
const lists = new Set(['fields', 'ids'])

function readQuery(question: string): Record<string, QueryValue> {
  const read = ([key, value]: [string, string]): [string, QueryValue] => {
    if (counts.has(key)) return [key, Number(value)]
    if (lists.has(key)) return [key, value.split(',')]
    if (key !== 'search' && (value === 'true' || value === 'false')) return [key, value === 'true']
    return [key, value]
  }
  return Object.fromEntries([...new URLSearchParams(question)].map(read))
}
