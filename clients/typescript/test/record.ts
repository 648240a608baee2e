import { writeFile } from 'node:fs/promises'
import { openWorld, type World } from '../../../server/test/world.ts'
import {
  type CallFacts,
  type Case,
  type ExchangeFile,
  folder,
  type Http,
  readExchanges,
} from '../../conformance/test/exchange.ts'
import { type Names, openNames } from '../../conformance/test/names.ts'
import { responseFacts } from '../../conformance/test/server.ts'
import { clientOf, play } from './play.ts'

/*
 * Writes the recorded exchanges anew: makes their calls against a server, and puts down what was sent, what was answered and what came of it. Read the difference before you commit it.
 */

const conditional = ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key']
const telling = ['authorization', 'idempotency-key']

for (const [name, file] of await readExchanges()) {
  if (file.recorded) await writeFile(new URL(name, folder), `${JSON.stringify(await record(file), null, 2)}\n`)
}

async function record(file: ExchangeFile): Promise<ExchangeFile> {
  await using world = await openWorld()
  const names = await openNames(world)
  const cases: Case[] = []
  for (const one of file.cases) cases.push(await recordCase(world, names, one))
  return { ...file, cases }
}

async function recordCase(world: World, names: Names, { tokens: _, http: __, ...given }: Case): Promise<Case> {
  const http: Http[] = []
  const tokens: Case['tokens'] = []
  const keys = new Map<string, string>()
  const real = JSON.parse(names.reveal(JSON.stringify(given.client))) as Case['client']
  const client = clientOf(
    { ...real, baseURL: world.url },
    {
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        const request = JSON.parse(names.hide(JSON.stringify(requestFacts(String(url), init, keys)))) as Http['request']
        http.push({ request, response: await responseFacts(names, response.clone()) })
        return response
      },
      onTokens: (pair) => {
        ;(tokens as unknown[]).push(pair)
      },
    },
  )
  const calls: CallFacts[] = []
  for (const { result: _r, error: _e, etag: _t, status: _s, ...asked } of given.calls) {
    const called = JSON.parse(names.reveal(JSON.stringify(asked))) as CallFacts
    const outcome = await play(client, called)
    calls.push({ ...asked, ...(JSON.parse(names.hide(JSON.stringify(outcome))) as CallFacts) })
  }
  const told = tokens.length === 0 ? {} : { tokens: JSON.parse(names.hide(JSON.stringify(tokens))) }
  return { ...given, calls, http, ...told }
}

function requestFacts(address: string, init: RequestInit | undefined, keys: Map<string, string>): Http['request'] {
  const url = new URL(address)
  const headers = new Headers(init?.headers)
  const sent = conditional.flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, name === 'idempotency-key' ? keyName(value, keys) : value]]
  })
  const without = telling.filter((name) => !headers.has(name))
  const isJson = headers.get('content-type')?.includes('json') ?? false
  const text = typeof init?.body === 'string' ? init.body : null
  return {
    method: init?.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(sent),
    ...(without.length === 0 ? {} : { without }),
    body: isJson && text !== null ? JSON.parse(text) : text,
  }
}

/** A key that was brought along is written down as it is. */
function keyName(key: string, keys: Map<string, string>): string {
  if (!/^[0-9a-f]{8}-/.test(key)) return key
  if (!keys.has(key)) keys.set(key, `{{key${keys.size + 1}}}`)
  return keys.get(key) ?? key
}
