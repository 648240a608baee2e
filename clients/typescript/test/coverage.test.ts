import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { type Description, describeHouse, digestOf, tableOf } from '../../generate/description.ts'
import { madeFrom, operations } from '../src/generated/operations.ts'
import { SUDIGITALClient } from '../src/index.ts'

const named = JSON.parse(await readFile(new URL('../../conformance/operations.json', import.meta.url), 'utf8')) as {
  readonly operations: Readonly<Record<string, string>>
  readonly iterations: Readonly<Record<string, string>>
  readonly aliases: Readonly<Record<string, string>>
}
const description = describeHouse()
const table = tableOf(description)
const howTo = 'see “Adding an operation” in clients/conformance/README.md'

test('every operation of the house contract has a name in the SDKs', () => {
  const missing = Object.keys(table).filter((id) => !Object.hasOwn(named.operations, id))
  const gone = Object.keys(named.operations).filter((id) => !Object.hasOwn(table, id))

  assert.deepEqual(
    missing,
    [],
    `add to "operations" of clients/conformance/operations.json, and a method to each SDK: ${howTo}`,
  )
  assert.deepEqual(gone, [], 'take from clients/conformance/operations.json, and their methods from each SDK')
  for (const [name, id] of [...Object.entries(named.iterations), ...Object.entries(named.aliases)]) {
    assert.ok(Object.hasOwn(table, id), `${name} is of ${id}, which there is not`)
  }
})

test('what was generated from the description is as the description is', () => {
  const stale = `run \`npm run clients:generate\` and commit clients/typescript/src/generated: ${howTo}`

  assert.deepEqual(operations, table, stale)
  assert.equal(madeFrom, digestOf(description), stale)
})

for (const [name, id] of [
  ...Object.entries(named.operations).map(([id, name]) => [name, id] as const),
  ...Object.entries(named.iterations),
  ...Object.entries(named.aliases),
]) {
  test(`${name} calls ${id}`, async () => {
    const sent: { method: string; url: URL; headers: Headers }[] = []
    const client = new SUDIGITALClient({
      baseURL: 'http://roster.test',
      token: 'token-of-ada',
      refreshToken: 'refresh-of-ada',
      maxRetries: 0,
      fetch: async (url, init) => {
        sent.push({ method: init?.method ?? 'GET', url: new URL(String(url)), headers: new Headers(init?.headers) })
        return Response.json({ data: [], meta: { page: 1, limit: 100, total: 0 } })
      },
    })
    const row = table[id]
    assert.ok(row !== undefined, `there is no operation ${id}`)

    await callBlindly(client, name, description, row)

    const [{ method, url, headers } = assert.fail(`${name} sends nothing`)] = sent
    const ids = [...row.path.matchAll(/\{\w+\}/g)].map((_, at) => `id-${at}`)
    assert.equal(`${method} ${url.pathname}`, `${row.method} ${row.path.replace(/\{\w+\}/g, () => ids.shift() ?? '')}`)
    assert.equal(
      headers.has('authorization'),
      row.anonymous !== true,
      'a token is sent where one is needed, and nowhere else',
    )
    assert.equal(sent.length, 1)
  })
}

/** With ids, and whatever else the operation takes, as far as it has to have any. */
async function callBlindly(
  client: object,
  name: string,
  { paths }: Description,
  { method, path }: { method: string; path: string },
) {
  const words = name.split('.')
  const verb = words.pop() ?? ''
  const noun = words.reduce<unknown>((inner, word) => Reflect.get(Object(inner), word), client)
  const call: unknown = Reflect.get(Object(noun), verb)
  assert.ok(
    typeof call === 'function',
    `SUDIGITALClient has no ${name}: add it below clients/typescript/src/nouns; ${howTo}`,
  )
  const { requestBody } = (paths[path]?.[method.toLowerCase()] ?? {}) as { requestBody?: { content: object } }
  const ids = [...path.matchAll(/\{\w+\}/g)].map((_, at) => `id-${at}`)
  const isForm = Object.hasOwn(requestBody?.content ?? {}, 'multipart/form-data')
  const body = requestBody === undefined ? [] : [isForm ? new Blob(['picture']) : { refreshToken: 'refresh-of-ada' }]
  const called: unknown = Reflect.apply(call, noun, [...ids, ...body])
  if (called !== null && typeof called === 'object' && Symbol.asyncIterator in called) {
    for await (const item of called as AsyncIterable<unknown>) assert.fail(`there is no item ${item}`)
  } else await called
}
