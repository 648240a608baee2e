import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from '#typebox'
import type { Route } from './contract.ts'
import { del, get, post } from './contract.ts'
import { withDescription } from './description.ts'
import { type DescribableContract, describeContract } from './openapi.ts'
import { readExamples, routeFinder } from './openapi-examples.ts'
import { openSchemaBook } from './openapi-schemas.ts'
import { echo, openToyServer, toyContract } from './testing/toys.ts'

const thing = Type.Object({ id: Type.String() }, { title: 'Thing', additionalProperties: false })
const place = { publicUrl: 'https://directory.example', mount: '', environment: 'Test', version: '1' }

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly responses: Readonly<Record<string, { content: Record<string, { example?: unknown }> }>>
  }
}

interface Operation {
  readonly parameters?: readonly { readonly name: string }[]
  readonly security: readonly object[]
  readonly responses: object
}

function described(routes: readonly Route[], more: Partial<DescribableContract> = {}) {
  const about = {
    title: 'Things',
    description: 'All of them.',
    tags: {},
    refusal: { type: 'text/plain', schema: Type.String({ title: 'Refusal' }) },
  } as const
  const contract = { ...toyContract('toy', '/', routes, more), about } as DescribableContract
  return describeContract(contract, place) as unknown as Document
}

test('a schema with a title is described once, and referred to everywhere', () => {
  const book = openSchemaBook()

  const list = book.write(Type.Object({ first: Type.Optional(thing), all: Type.Array(thing) }))

  const reference = { $ref: '#/components/schemas/Thing' }
  assert.deepEqual(list, {
    type: 'object',
    required: ['all'],
    properties: { first: reference, all: { type: 'array', items: reference } },
  })
  assert.deepEqual(Object.keys(book.entries), ['Thing'])
  assert.throws(() => book.write(Type.String({ title: 'Thing' })), /two schemas are called Thing/)
})

test('what a schema says to readers is shown; a scalar or null, a free map and a list of words are put plainly', () => {
  const book = openSchemaBook()

  assert.deepEqual(book.write(Type.String({ says: { maxLength: 3 } })), { type: 'string', maxLength: 3 })
  assert.deepEqual(book.write(Type.Union([Type.String(), Type.Null()])), { type: ['string', 'null'] })
  assert.deepEqual(book.write(Type.Record(Type.String(), Type.Unknown())), { type: 'object', additionalProperties: {} })
  assert.deepEqual(book.write(Type.Enum(['a', 'b'])), { type: 'string', enum: ['a', 'b'] })
})

test('an operation has every status that it can answer with, and nothing of what it cannot', () => {
  const document = described([
    get('/things', echo, { needs: 'users:list', answers: [200, 304] }),
    post('/things', echo, { needs: 'nobody', answers: [201], body: 'json' }),
  ])

  const { get: list, post: create } = document.paths['/things'] ?? {}
  assert.ok(list && create)
  assert.deepEqual(Object.keys(list.responses), [
    '200',
    '304',
    '400',
    '401',
    '403',
    '408',
    '413',
    '429',
    '431',
    '500',
    '503',
  ])
  assert.deepEqual(Object.keys(create.responses), ['201', '400', '403', '408', '413', '415', '431', '500', '503'])
  assert.deepEqual([list.security, create.security], [[{ bearer: [] }], []])
  assert.equal(document.components.responses.Unauthorized?.content['text/plain']?.example, 'toy: unauthenticated')
})

test('conditions follow from the statuses: If-Match from 412, If-None-Match from 304', () => {
  const names = (route: Route) => {
    const operation = described([route]).paths['/things/{id}']?.[route.method.toLowerCase()]
    return operation?.parameters?.map(({ name }) => name)
  }

  assert.deepEqual(names(get('/things/:id', echo, { needs: 'session', answers: [200, 304] })), ['id', 'If-None-Match'])
  assert.deepEqual(names(del('/things/:id', echo, { needs: 'session', answers: [204, 412] })), ['id', 'If-Match'])
  assert.deepEqual(names(get('/things/:id', echo, { needs: 'session', answers: [200] })), ['id'])
})

test('a path belongs to the route that spells most of it out', () => {
  const facts = { needs: 'session', answers: [200] } as const
  const routes = [get('/things/:id', echo, facts), get('/things/me', echo, facts)]

  const routeAt = routeFinder(routes, '/toys')
  assert.equal(routeAt('GET', '/toys/things/me?x=1')?.path, '/things/me')
  assert.equal(routeAt('HEAD', '/toys/things/7/')?.path, '/things/:id')
  assert.equal(routeAt('POST', '/toys/things/me'), null)
  assert.equal(routeAt('GET', '/toys/things/'), null)
})

test('a contract without recordings has no examples, and one that says nothing of itself has no description', () => {
  const silent = toyContract('toy', '/', [])

  assert.deepEqual(readExamples(silent), [])
  assert.equal(withDescription(silent, { environment: 'Test', version: '1' }), silent)
})

test('a description is served below the mount to anybody, and not again to whoever has it', async () => {
  const about = {
    title: 'T',
    description: 'D',
    tags: {},
    refusal: { type: 'text/plain', schema: Type.String() },
  } as const
  const contract = withDescription(toyContract('toy', '/toys', [], { about }), { environment: 'Test', version: '1' })
  await using server = await openToyServer([contract])

  const first = await server.fetch('/toys/openapi.json')
  const etag = first.headers.get('etag') ?? ''
  const second = await server.fetch('/toys/openapi.json', { headers: { 'if-none-match': etag } })

  const document = (await first.json()) as { servers: { url: string }[]; paths: object }
  assert.equal(document.servers[0]?.url, 'https://directory.example/toys')
  assert.deepEqual(Object.keys(document.paths), ['/openapi.json'])
  assert.deepEqual([second.status, await second.text(), second.headers.get('etag')], [304, '', etag])
})
