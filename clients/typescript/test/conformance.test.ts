import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, readExchanges } from '../../conformance/test/exchange.ts'
import { clock } from '../src/clock.ts'
import { clientOf, errorFacts, play } from './play.ts'
import { openScript } from './script.ts'

for (const [name, { says: inFile, cases }] of await readExchanges()) {
  for (const facts of cases) {
    test(`${inFile}: ${facts.says} (${name})`, async (t) => {
      const script = openScript(facts)
      const nowMs = facts.now === undefined ? Date.now() : Date.parse(facts.now)
      t.mock.method(clock, 'nowMs', () => nowMs)
      t.mock.method(clock, 'wait', (ms: number) => script.wait(ms))
      t.mock.method(clock, 'after', script.after)
      const options = { fetch: script.fetch, onTokens: script.tell }
      if (facts.error !== undefined)
        return assert.deepEqual(
          refusalOf(() => clientOf(facts.client, options)),
          facts.error,
        )
      const client = clientOf(facts.client, options)

      const outcomes = await playAll(facts, (call) => play(client, call))

      for (const [at, { result, error, etag, status }] of facts.calls.entries()) {
        const expected = { result, error, etag, status }
        const seen = Object.entries(expected).filter(([, value]) => value !== undefined)
        const shown = outcomes[at] ?? {}
        const actual = seen.map(([key]) => [key, withOnly(Reflect.get(shown, key), Reflect.get(expected, key))])
        assert.deepEqual(actual, seen, `${facts.calls[at]?.call} came to ${JSON.stringify(shown)}`)
      }
      script.assertOver()
      if (facts.tokens !== undefined) assert.deepEqual(script.told, facts.tokens)
    })
  }
}

async function playAll<Outcome>(
  facts: Case,
  one: (call: Case['calls'][number]) => Promise<Outcome>,
): Promise<Outcome[]> {
  if (facts.together) return Promise.all(facts.calls.map(one))
  const outcomes: Outcome[] = []
  for (const call of facts.calls) outcomes.push(await one(call))
  return outcomes
}

function refusalOf(make: () => unknown) {
  try {
    make()
  } catch (thrown) {
    return errorFacts(thrown)
  }
  return null
}

/** Of an error, what the exchange looks at. */
function withOnly(actual: unknown, expected: unknown): unknown {
  if (typeof actual !== 'object' || actual === null || typeof expected !== 'object' || expected === null) return actual
  if (!('class' in expected)) return actual
  return Object.fromEntries(Object.entries(actual).filter(([key]) => key in expected))
}
