import type { TSchema } from '#typebox'
import { limits } from '../core/limits.ts'
import type { Route } from './contract.ts'
import { csvType, mediaTypesOf } from './json-body.ts'
import { type Example, namedExamples } from './openapi-examples.ts'
import type { JsonObject, SchemaBook } from './openapi-schemas.ts'

/** What a route takes in its path, its query and its headers. */
export function parametersOf(schemas: SchemaBook, { path, schema, answers, takes, repeatable }: Route): JsonObject[] {
  const places = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const known = propertiesOf(schema?.params)
  const inPath = places.map((name) => parameter(schemas, 'path', name, known[name] ?? anyPlace, true))
  const needed = requiredOf(schema?.query)
  const inQuery = Object.entries(propertiesOf(schema?.query)).map(([name, shape]) =>
    parameter(schemas, 'query', name, shape, needed.includes(name)),
  )
  const conditions = {
    ...(answers.includes(412) ? { 'If-Match': ifMatch } : {}),
    ...(answers.includes(304) ? { 'If-None-Match': ifNoneMatch } : {}),
    ...(repeatable ? { 'Idempotency-Key': idempotencyKey } : {}),
  }
  const headers = Object.entries<JsonObject>({ ...conditions, ...(takes as Readonly<Record<string, JsonObject>>) })
  return [...inPath, ...inQuery, ...headers.map(([name, shape]) => parameter(schemas, 'header', name, shape, false))]
}

function parameter(schemas: SchemaBook, place: string, name: string, shape: JsonObject, required: boolean): JsonObject {
  const { description, ...schema } = shape
  const words = description === undefined ? {} : { description }
  return { name, in: place, required, ...words, schema: schemas.write(schema as unknown as TSchema) }
}

const anyPlace: JsonObject = { type: 'string', minLength: 1, maxLength: limits.pathParameterLengthMax }

const tagList = { type: 'string', maxLength: 1000, pattern: '^(\\*|(W/)?"[^"]*"(\\s*,\\s*(W/)?"[^"]*")*)$' }
const ifMatch: JsonObject = {
  ...tagList,
  description: 'The ETag on which this change is founded; only its version counts. If somebody else saved first: 412.',
}
const ifNoneMatch: JsonObject = {
  ...tagList,
  description: 'ETags that the caller has. If one of them still holds: 304.',
}

const idempotencyKey: JsonObject = {
  type: 'string',
  minLength: 1,
  maxLength: limits.idempotencyKeyLengthMax,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'Under one key a request takes effect once, however often it is sent within 24 hours.',
}

/** Null where the route takes none. */
export function requestBodyOf(schemas: SchemaBook, route: Route, recorded: readonly Example[]): JsonObject | null {
  const { body = 'none', schema, media } = route
  if (body === 'none') return null
  const types = media?.body ?? mediaTypesOf(body) ?? ['application/octet-stream']
  const content = (type: string) => {
    const shape = type === csvType && body !== 'lines' ? schema?.csv : schema?.body
    const fitting = (body === 'lines' ? [] : recorded).filter(
      ({ request }) => (typeof request === 'string') === (type === csvType),
    )
    const named = namedExamples(fitting.map(({ title, request }) => ({ title, value: request })))
    return {
      ...(shape === undefined ? {} : { schema: schemas.write(shape) }),
      ...(Object.keys(named).length > 0 ? { examples: named } : {}),
    }
  }
  return {
    required: body === 'bytes' || body === 'lines' || requiredOf(schema?.body).length > 0,
    content: Object.fromEntries(types.map((type) => [type, content(type)])),
  }
}

function propertiesOf(schema: TSchema | undefined): Readonly<Record<string, JsonObject>> {
  return ((schema as JsonObject | undefined)?.properties ?? {}) as Readonly<Record<string, JsonObject>>
}

function requiredOf(schema: TSchema | undefined): readonly string[] {
  return ((schema as JsonObject | undefined)?.required ?? []) as readonly string[]
}
