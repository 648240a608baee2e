import { createHash } from 'node:crypto'
import type { JsonObject } from './openapi-schemas.ts'

/** One request of a collection, in the terms of the API description. */
export interface Step {
  /** Its `operationId`. */
  readonly operation: string
  /** In place of the operation's summary. */
  readonly says?: string
  /** The variable that holds the caller's token; `token` unless said. */
  readonly as?: string
  /** Values of parameters in the path; by default an id that nobody has. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What it is answered in a run from beginning to end: some of the described statuses; all of them unless said. */
  readonly status?: readonly number[]
  /** Variables that are set from a success, by the place in its body: `data.id`. */
  readonly keeps?: Readonly<Record<string, string>>
  /** Lines of script before the request, and after its answer. */
  readonly before?: readonly string[]
  readonly after?: readonly string[]
}

/** The order in which a whole collection is run: each folder has the operations of one tag, and whatever else it takes to try them. */
export interface Run {
  readonly description: string
  readonly variables: Readonly<Record<string, string>>
  readonly folders: readonly { readonly name: string; readonly description?: string; readonly steps: readonly Step[] }[]
}

interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly described: Described
}

interface Described {
  readonly summary: string
  readonly description: string
  readonly tags?: readonly string[]
  readonly security: readonly object[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> }
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
}

interface Content {
  readonly schema?: JsonObject
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

/** As much of an OpenAPI document as a collection is made of. */
interface Document {
  readonly info: { readonly title: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> }
}

/**
 * A collection for Postman, in its format 2.1: a request for each operation of an API description, with tests of the status and the shape of the answer.
 * Operations that the run does not name stand at the end of their tag's folder.
 */
export function collect(description: JsonObject, run: Run): JsonObject {
  const document = description as unknown as Document
  const operations = operationsOf(document)
  const left = new Map(operations)
  const write = (step: Step) => {
    const operation = operations.get(step.operation)
    if (operation === undefined) throw new RangeError(`there is no operation ${step.operation}`)
    left.delete(step.operation)
    return requestItem(document, operation, step)
  }
  const named = run.folders.map(({ name, description: words, steps }) => ({
    name,
    description: words ?? document.tags.find((tag) => tag.name === name)?.description ?? '',
    item: steps.map(write),
  }))
  const last = named.at(-1)
  const folders = last === undefined ? [] : [...withOthers(document, named.slice(0, -1), left), last]
  const variables = { baseUrl: document.servers[0]?.url ?? '', ...run.variables }
  return {
    info: {
      _postman_id: idOf(document.info.title),
      name: document.info.title,
      description: run.description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: bearer('token'),
    variable: Object.entries(variables).map(([key, value]) => ({ key, value, type: 'string' })),
    item: folders,
  }
}

interface Folder {
  readonly name: string
  readonly description: string
  readonly item: readonly JsonObject[]
}

/** With the operations that nobody named, each where its tag is; a tag without a folder gets one. */
function withOthers(document: Document, folders: readonly Folder[], left: ReadonlyMap<string, Operation>): Folder[] {
  const others = [...left.values()].map((operation) => ({
    tag: operation.described.tags?.[0] ?? '',
    item: requestItem(document, operation, { operation: operation.id }),
  }))
  const missing = document.tags.filter(({ name }) => !folders.some((folder) => folder.name === name))
  const all = [...folders, ...missing.map(({ name, description }) => ({ name, description, item: [] }))]
  const whole = all.map((folder) => {
    const own = others.filter(({ tag }) => tag === folder.name).map(({ item }) => item)
    return { ...folder, item: [...folder.item, ...own] }
  })
  return whole.filter(({ item }) => item.length > 0)
}

function operationsOf({ paths }: Document): Map<string, Operation> {
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, described]) => {
      const id = (described as { operationId?: string }).operationId
      return id === undefined ? [] : [{ id, method: method.toUpperCase(), path, described }]
    }),
  )
  return new Map(all.map((operation) => [operation.id, operation]))
}

function requestItem(document: Document, operation: Operation, step: Step): JsonObject {
  const { described, method } = operation
  const { before = [], as = 'token' } = step
  const isAnonymous = described.security.length === 0
  return {
    name: step.says ?? described.summary,
    event: [
      ...(before.length === 0 ? [] : [scriptOf('prerequest', before)]),
      scriptOf('test', testsOf(document, operation, step)),
    ],
    request: {
      method,
      description: described.description,
      ...(isAnonymous ? { auth: { type: 'noauth' } } : as === 'token' ? {} : { auth: bearer(as) }),
      header: headersOf(described),
      url: urlOf(operation, step),
      ...bodyOf(described, step),
    },
    response: [],
  }
}

/** The place of a variable's value. */
export function variable(name: string): string {
  return `{{${name}}}`
}

const jsonType = 'application/json'
const formType = 'multipart/form-data'

const nobody = '00000000-0000-4000-8000-000000000000'

function bearer(holder: string): JsonObject {
  return { type: 'bearer', bearer: [{ key: 'token', value: variable(holder), type: 'string' }] }
}

function scriptOf(listen: 'prerequest' | 'test', exec: readonly string[]): JsonObject {
  return { listen, script: { type: 'text/javascript', exec } }
}

/** What may be sent besides, to be switched on. */
function headersOf({ parameters = [], requestBody }: Described): JsonObject[] {
  const types = Object.keys(requestBody?.content ?? {}).filter((one) => one !== formType)
  const type = types.includes(jsonType) ? jsonType : types[0]
  const optional = parameters.filter((one) => one.in === 'header')
  return [
    ...(type === undefined ? [] : [{ key: 'Content-Type', value: type }]),
    ...optional.map(({ name, description = '' }) => ({ key: name, value: '', description, disabled: true })),
  ]
}

function urlOf({ path, described }: Operation, { params = {}, query = {} }: Step): JsonObject {
  const { parameters = [] } = described
  const segments = path
    .slice(1)
    .replaceAll(/\{(\w+)\}/g, ':$1')
    .split('/')
  const asked = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, description = '' }) => {
      const value = query[name]
      return { key: name, value: value ?? '', description, ...(value === undefined ? { disabled: true } : {}) }
    })
  const sent = asked.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`)
  return {
    raw: `{{baseUrl}}/${segments.join('/')}${sent.length === 0 ? '' : `?${sent.join('&')}`}`,
    host: ['{{baseUrl}}'],
    path: segments,
    ...(asked.length === 0 ? {} : { query: asked }),
    variable: parameters
      .filter((one) => one.in === 'path')
      .map(({ name, description = '' }) => ({ key: name, value: params[name] ?? nobody, description })),
  }
}

/** The body of the step, else a recorded one. A file is chosen by whoever sends it. */
function bodyOf({ requestBody }: Described, { body }: Step): JsonObject {
  const content = requestBody?.content ?? {}
  const form = content[formType]?.schema?.properties
  if (form !== undefined) {
    const formdata = Object.keys(form as object).map((key) => ({ key, type: 'file', src: `${key}.png` }))
    return { body: { mode: 'formdata', formdata } }
  }
  const recorded = Object.values((content[jsonType] ?? Object.values(content)[0])?.examples ?? {})[0]?.value
  const value = body ?? recorded
  if (requestBody === undefined || value === undefined) return {}
  const raw = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return { body: { mode: 'raw', raw, options: { raw: { language: 'json' } } } }
}

/** The status is one of those that are described and expected here, and the body has the shape that is described for it. */
function testsOf(document: Document, { id, described }: Operation, { status, keeps = {}, after = [] }: Step): string[] {
  const statuses = Object.keys(described.responses).map(Number)
  const expected = status ?? statuses.filter((one) => one < 500)
  const strange = expected.filter((one) => !statuses.includes(one))
  if (strange.length > 0) throw new RangeError(`${id} is not described to answer ${strange.join(', ')}`)
  const kept = Object.entries(keeps).map(
    ([name, place]) => `pm.collectionVariables.set(${JSON.stringify(name)}, pm.response.json().${place})`,
  )
  return [
    `pm.test('answers ${expected.join(' or ')}', () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(expected)}))`,
    `const shapes = ${JSON.stringify(shapesOf(document, described, expected))}`,
    'const shape = shapes[pm.response.code]',
    `if (shape) pm.test('has the shape that is described', () => pm.response.to.have.jsonSchema(shape))`,
    ...(kept.length === 0 ? [] : ['if (pm.response.code < 300) {', ...kept.map((line) => `  ${line}`), '}']),
    ...after,
  ]
}

function shapesOf({ components }: Document, { responses }: Described, expected: readonly number[]): JsonObject {
  const shapes = expected.flatMap((status): [string, unknown][] => {
    const { schema } = responses[status]?.content?.[jsonType] ?? {}
    const fallback = status >= 400 ? components.schemas.Error : undefined
    const found = schema ?? fallback
    return found === undefined ? [] : [[String(status), bare(found, components.schemas)]]
  })
  return Object.fromEntries(shapes)
}

const kept = new Set(['type', 'required', 'items', 'enum', 'const', 'anyOf', 'additionalProperties'])

/** A schema without words, formats and references: what a validator of any draft reads alike. */
function bare(schema: unknown, known: Readonly<Record<string, JsonObject>>): unknown {
  if (Array.isArray(schema)) return schema.map((part) => bare(part, known))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref, properties, ...rest } = schema as JsonObject
  if (typeof $ref === 'string') return bare(known[$ref.split('/').at(-1) ?? ''], known)
  const parts = Object.entries(rest).flatMap(([key, value]) => (kept.has(key) ? [[key, bare(value, known)]] : []))
  const inner = Object.entries((properties ?? {}) as JsonObject).map(([key, value]) => [key, bare(value, known)])
  return {
    ...Object.fromEntries(parts),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(inner) }),
  }
}

/** The same collection stays the same, so that importing it again replaces it. */
function idOf(title: string): string {
  const digest = createHash('sha256').update(title).digest('hex')
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}
