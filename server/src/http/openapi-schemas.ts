import type { TSchema } from '#typebox'

export type JsonObject = Readonly<Record<string, unknown>>

/** Schemas as an OpenAPI document shows them: those with a `title` once, under that name, and referred to everywhere else. */
export interface SchemaBook {
  readonly entries: Readonly<Record<string, JsonObject>>
  write(schema: TSchema): JsonObject
}

/**
 * What a schema says to readers only. The keyword `says` holds further keywords that the description shows and that no validator of ours looks
 * at, because the core decides on values: lengths, formats, patterns.
 */
export function openSchemaBook(): SchemaBook {
  const entries: Record<string, JsonObject> = {}

  function write(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(write)
    if (typeof schema !== 'object' || schema === null) return schema
    const { title, ...rest } = schema as JsonObject
    if (typeof title !== 'string') return writeParts(rest)
    const entry = writeParts(rest)
    const known = entries[title]
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(entry)) {
      throw new Error(`two schemas are called ${title}`)
    }
    entries[title] = entry
    return { $ref: `#/components/schemas/${title}` }
  }

  function writeParts({ says, properties, default: fallback, examples, ...rest }: JsonObject): JsonObject {
    const parts: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(rest)) parts[key] = write(value)
    if (typeof properties === 'object' && properties !== null) {
      parts.properties = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, write(value)]))
    }
    if (fallback !== undefined) parts.default = fallback
    if (examples !== undefined) parts.examples = examples
    return plainer({ ...parts, ...(says as JsonObject | undefined) })
  }

  return { entries, write: (schema) => write(schema) as JsonObject }
}

/** The same schema in fewer words: what readers and generators of clients know best. */
function plainer(schema: JsonObject): JsonObject {
  return withTypeOfEnum(withFreeKeys(withTypesInOne(schema)))
}

/** A scalar or null is one schema of two types. */
function withTypesInOne(schema: JsonObject): JsonObject {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema
  const halves = anyOf as JsonObject[]
  const other = halves.find(({ type }) => type !== 'null')
  if (!halves.some(({ type }) => type === 'null') || typeof other?.type !== 'string' || other.type === 'object')
    return schema
  const values = Array.isArray(other.enum) ? { enum: [...other.enum, null] } : {}
  return { ...other, ...values, type: [other.type, 'null'], ...rest }
}

/** Keys that may be called anything. */
function withFreeKeys(schema: JsonObject): JsonObject {
  const { patternProperties, ...rest } = schema
  const anyKey = (patternProperties as JsonObject | undefined)?.['^.*$']
  return anyKey === undefined ? schema : { ...rest, additionalProperties: anyKey }
}

function withTypeOfEnum(schema: JsonObject): JsonObject {
  const isOfTexts = Array.isArray(schema.enum) && schema.enum.every((value) => typeof value === 'string')
  return isOfTexts && schema.type === undefined ? { type: 'string', ...schema } : schema
}
