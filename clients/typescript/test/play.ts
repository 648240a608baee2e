import assert from 'node:assert/strict'
import { blobOf, type CallFacts, type ClientFacts, isFile } from '../../conformance/test/exchange.ts'
import { Call } from '../src/call.ts'
import { type Answer, type ClientOptions, SUDIGITALClient } from '../src/index.ts'

/** What came of a call, in the words of an exchange. */
export type Outcome = Pick<CallFacts, 'result' | 'error' | 'etag' | 'status'>

export function clientOf(facts: ClientFacts, options: Partial<ClientOptions>): SUDIGITALClient {
  return new SUDIGITALClient({ ...facts, ...options })
}

/** Calls by name, with what the exchange says in the order in which every SDK takes it. */
export async function play(client: SUDIGITALClient, facts: CallFacts): Promise<Outcome> {
  try {
    return await outcomeOf(begin(client, facts), facts.take)
  } catch (thrown) {
    return { error: errorFacts(thrown) }
  }
}

function begin(client: SUDIGITALClient, { call, ids = [], body, query, options }: CallFacts): unknown {
  const words = call.split('.')
  const verb = words.pop() ?? ''
  const noun = words.reduce<unknown>((inner, word) => Reflect.get(Object(inner), word), client)
  const method: unknown = Reflect.get(Object(noun), verb)
  assert.ok(typeof method === 'function', `there is no ${call}`)
  const taken = [...ids, ...(body === undefined ? [] : [isFile(body) ? blobOf(body.file) : body])]
  if (query !== undefined) taken.push(query)
  if (options !== undefined) taken.push(options)
  return Reflect.apply(method, noun, taken)
}

async function outcomeOf(called: unknown, take = Number.POSITIVE_INFINITY): Promise<Outcome> {
  if (called instanceof Call) {
    const { data, etag, status }: Answer<unknown> = await called.withResponse()
    if (data instanceof ReadableStream) return { result: await new Response(data).text() }
    return { result: data, etag, status }
  }
  const items: unknown[] = []
  for await (const item of called as AsyncIterable<unknown>) {
    items.push(item)
    if (items.length === take) break
  }
  return { result: items }
}

export function errorFacts(thrown: unknown): NonNullable<CallFacts['error']> {
  assert.ok(thrown instanceof Error)
  const { name, code, status, message, details, retryAfter, requestId } = thrown as Error &
    Omit<NonNullable<CallFacts['error']>, 'class'>
  const told = { class: name, code: code ?? String(thrown) }
  return name === 'ApiError' ? { ...told, ...known({ status, message, details, retryAfter, requestId }) } : told
}

function known<Facts extends object>(facts: Facts): { [Key in keyof Facts]-?: Exclude<Facts[Key], undefined> } {
  return facts as never
}
