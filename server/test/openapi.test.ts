import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { parseItem, parseList } from 'structured-headers'
import { contracts } from '../src/app/contracts.ts'
import { templateOf } from '../src/http/openapi.ts'
import { cast } from './cast.ts'
import { checkDescribed, type OpenApi, type Operation, openAjv } from './described.ts'
import { openWorld } from './world.ts'

async function documents(): Promise<Map<string, OpenApi>> {
  await using world = await openWorld()
  const all = new Map<string, OpenApi>()
  for (const name of Object.keys(contracts) as (keyof typeof contracts)[]) {
    const mount = world.settings.mounts[name]
    const answer = await world.fetch(`${mount === '/' ? '' : mount}/openapi.json`)
    assert.equal(answer.status, 200, name)
    all.set(name, (await answer.json()) as OpenApi)
  }
  return all
}

const described = await documents()

function operationsOf(document: OpenApi): { place: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      method === 'servers' ? [] : [{ place: `${method.toUpperCase()} ${path}`, operation }],
    ),
  )
}

/** By contract, besides 204 and 304, which never have a body. */
const bodilessSuccesses: Readonly<Record<string, string>> = { 'service-module': 'POST /api/users 201' }

for (const [name, document] of described) {
  test(`the description of ${name} is valid by the schema of OpenAPI 3.1`, async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) })

    assert.ok(valid, JSON.stringify(errors, null, 2))
    assert.match(document.openapi, /^3\.1\./)
  })

  test(`every route of ${name} is in its description, under a name of its own`, () => {
    const { routes } = contracts[name as keyof typeof contracts]
    const operations = operationsOf(document)
    const places = operations.map(({ place }) => place)
    for (const { method, path, name: given, summary, tag } of routes) {
      assert.ok(places.includes(`${method} ${templateOf(path)}`), `${method} ${path}`)
      assert.ok(given && summary && tag, `${method} ${path} has no name, no summary or no tag`)
    }
    const ids = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length, 'two operations have one name')
  })

  test(`every success of ${name} has a schema or no body, and every no has the contract's form`, () => {
    const { statuses } = contracts[name as keyof typeof contracts].about?.refusal ?? {}
    const hasBody = (place: string, status: number) =>
      status >= 400
        ? (statuses?.includes(status) ?? true)
        : ![204, 304].includes(status) && bodilessSuccesses[name] !== `${place} ${status}`
    for (const { place, operation } of operationsOf(document)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const named = response.$ref?.split('/').at(-1)
        const { content = {} } = named === undefined ? response : (document.components.responses[named] ?? {})
        const contents = Object.values(content)
        for (const { schema } of contents) assert.ok(schema !== undefined, `${place} ${status} has no schema`)
        assert.equal(contents.length > 0, hasBody(place, Number(status)), `${place} ${status} has a body, or has none`)
      }
    }
  })

  test(`every example of ${name} is as its schema says`, () => {
    const ajv = openAjv(document, { validateSchema: true })
    let looked = 0
    walk(document, '', (node, place) => {
      if (node.schema === undefined) return
      const values = Object.values(node.examples ?? {}).map(({ value }) => value)
      for (const value of node.example === undefined ? values : [node.example]) {
        const validate = ajv.compile({ $ref: `document#${place}/schema` })
        assert.ok(validate(value), `${place}: ${JSON.stringify(value)}\n${ajv.errorsText(validate.errors)}`)
        looked += 1
      }
    })
    assert.ok(looked > 20, `only ${looked} examples`)
  })

  test(`what ${name} shows next leads to operations that take it`, () => {
    const operations = new Map(operationsOf(document).map(({ operation }) => [operation.operationId, operation]))
    walk(document, '', ({ links = {} }) => {
      for (const { operationId, parameters } of Object.values(links)) {
        const taken = operations.get(operationId)?.parameters?.map(({ name: taken }) => taken) ?? []
        for (const key of Object.keys(parameters)) assert.ok(taken.includes(key), `${operationId} takes no ${key}`)
      }
    })
  })
}

/** What any part of a document may hold that the tests look for. */
interface Part {
  readonly schema?: object
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
  readonly links?: Readonly<Record<string, { readonly operationId: string; readonly parameters: object }>>
}

function walk(node: unknown, place: string, visit: (node: Part, place: string) => void) {
  if (typeof node !== 'object' || node === null) return
  visit(node, place)
  for (const [key, value] of Object.entries(node)) {
    walk(value, `${place}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`, visit)
  }
}

test('queries that are described are read, and others are refused', async () => {
  await using world = await openWorld()
  const house = described.get('sudigital')
  assert.ok(house !== undefined)
  const { id } = cast.ada.user
  for (const { place, operation } of operationsOf(house).filter(({ operation }) => operation.security.length > 0)) {
    const [method = '', path = ''] = place.replace('{id}', id).split(' ')
    const queries = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
    if (method !== 'GET' || queries.length === 0) continue
    for (const { name } of [...queries, { name: 'color' }]) {
      const answer = await world.fetch(`${path}?${name}=%00`, { as: 'ada' })
      const { error } = (await answer.json()) as { error: { details: { message: string }[] } }
      const unknown = error.details.filter(({ message }) => message === 'Unknown field')
      assert.equal(unknown.length, name === 'color' ? 1 : 0, `${place}?${name}`)
    }
  }
})

test('an answer that is not as described fails whoever looks', async () => {
  await using world = await openWorld()
  const answer = await world.fetch('/api/users/me', { as: 'ada' })
  const { method, path, status, sent } = { method: 'GET', path: '/api/users/me', status: 200, sent: null }
  const body = await answer.text()
  const good = { method, path, status, sent, headers: answer.headers, body }
  const without = (name: string) => new Headers([...answer.headers].filter(([known]) => known !== name))
  const withOne = (name: string, value: string) => new Headers([...answer.headers, [name, value]])

  checkDescribed(world.settings, good)
  for (const bad of [
    { ...good, status: 418 },
    { ...good, status: 404 },
    { ...good, body: body.replace('"email":', '"mail":') },
    { ...good, body: body.replace('{"data":', '{"passwordHash":"x","data":') },
    { ...good, body: '{}' },
    { ...good, headers: without('etag') },
    { ...good, headers: without('content-type') },
    { ...good, headers: withOne('location', '/elsewhere') },
    { ...good, path: '/api/users/me?color=red' },
    { ...good, path: '/api/nowhere' },
    { ...good, method: 'PUT', sent: '{"colour":"red"}' },
  ]) {
    assert.throws(
      () => checkDescribed(world.settings, bad),
      { name: 'AssertionError' },
      JSON.stringify(bad).slice(0, 200),
    )
  }
})

test('the fields that tell of rate limits are structured fields, in the words of the draft', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_USERS_DELETE: '1' } })
  const ask = () => world.fetch('/api/users/00000000-0000-4000-8000-000000000000', { method: 'DELETE', as: 'ada' })
  const [served, refused] = [await ask(), await ask()]

  assert.deepEqual([served.status, refused.status], [404, 429])
  for (const { headers } of [served, refused]) {
    const [[policy, quota] = []] = parseList(headers.get('ratelimit-policy') ?? '')
    const [[name, left] = []] = parseList(headers.get('ratelimit') ?? '')
    assert.deepEqual([policy, name], ['users-delete', 'users-delete'])
    assert.deepEqual([quota?.get('q'), quota?.get('w'), left?.get('r')], [1, 60, 0])
    assert.ok(Number(left?.get('t')) >= 1 && Number(left?.get('t')) <= 60)
  }
  const [seconds] = parseItem(refused.headers.get('retry-after') ?? '')
  assert.ok(Number.isInteger(seconds) && Number(seconds) >= 1)
})
