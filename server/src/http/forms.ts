import type { Static, TSchema } from '#typebox'
import { Compile } from '#typebox/compile'
import { type Form, form } from '../core/form.ts'
import { limits } from '../core/limits.ts'
import type { Fault, Flaw } from '../core/refusals.ts'
import { lengthOf } from '../core/users/text.ts'

/** A schema made ready, when the first body comes, for reading bodies. */
export interface FormReader<Values extends object> {
  readonly read: (body: unknown) => Form<Values>
}

/**
 * Objects with named properties are walked field by field; everything else (scalars, unions, free maps) is checked as a whole. A union of an
 * object and null is walked, too. Unknown keys are faults where the schema says `additionalProperties: false`, and left out elsewhere.
 */
export function compileForm<Schema extends TSchema>(schema: Schema): FormReader<Static<Schema> & object> {
  let made: Read | null = null
  return {
    read(body) {
      made ??= readerOf(schema as JsonSchema)
      const read = made
      const notes = startNotes()
      const values = read(body, '', notes)
      return form(typeof values === 'object' && values !== null ? values : {}, notes.faults)
    },
  }
}

/** The well-shaped fields, and the faults of all the others. */
export function readForm<Values extends object>(reader: FormReader<Values>, body: unknown): Form<Values> {
  return reader.read(body)
}

/** What is left of a schema when its types are gone. */
interface JsonSchema extends Bounds {
  readonly type?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

interface Bounds {
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
}

interface Notes {
  readonly faults: Fault[]
  add(field: string, flaw: Flaw): void
}

const flawed = Symbol('flawed')

type Read = (value: unknown, field: string, notes: Notes) => unknown

function startNotes(): Notes {
  const faults: Fault[] = []
  return {
    faults,
    add(field, flaw) {
      if (faults.length < limits.formFaultsMax)
        faults.push({ field: field.slice(0, limits.faultFieldLengthMax), ...flaw })
    },
  }
}

function readerOf(schema: JsonSchema): Read {
  const nullable = nullableOf(schema)
  if (nullable) return orNull(readerOf(nullable))
  if (schema.properties) return objectReader(schema.properties, schema)
  if (schema.type === 'array' && schema.items) return listReader(schema, schema.items)
  return leafReader(schema)
}

/** The other half of a union with null, when it is an object to be walked. */
function nullableOf({ anyOf }: JsonSchema): JsonSchema | undefined {
  if (anyOf?.length !== 2 || !anyOf.some((half) => half.type === 'null')) return undefined
  return anyOf.find((half) => half.properties)
}

function orNull(read: Read): Read {
  return (value, field, notes) => (value === null ? null : read(value, field, notes))
}

function objectReader(properties: Readonly<Record<string, JsonSchema>>, schema: JsonSchema): Read {
  const fields = new Map(Object.entries(properties).map(([key, field]) => [key, readerOf(field)]))
  const required = new Set(schema.required)
  const closed = schema.additionalProperties === false
  return (value, field, notes) => {
    if (!isObject(value)) return note(notes, field, { flaw: 'wrong_type', expected: 'object' })
    const values: Record<string, unknown> = {}
    for (const [key, read] of fields) {
      if (Object.hasOwn(value, key)) keep(values, key, read(value[key], below(field, key), notes))
      else if (required.has(key)) notes.add(below(field, key), { flaw: 'missing' })
    }
    if (closed) noteUnknown(value, field, fields, notes)
    return values
  }
}

function noteUnknown(value: object, field: string, fields: ReadonlyMap<string, unknown>, notes: Notes) {
  for (const key of Object.keys(value)) {
    if (!fields.has(key)) notes.add(below(field, key), { flaw: 'unknown_field' })
  }
}

/** A list counts as well-shaped when every one of its elements is. */
function listReader(schema: JsonSchema, items: JsonSchema): Read {
  const read = readerOf(items)
  const { items: _, ...bounds } = schema
  const readBounds = leafReader(bounds)
  return (value, field, notes) => {
    if (readBounds(value, field, notes) === flawed || !Array.isArray(value)) return flawed
    const before = notes.faults.length
    const values = value.map((element, index) => read(element, below(field, String(index)), notes))
    return notes.faults.length === before && !values.includes(flawed) ? values : flawed
  }
}

function leafReader(schema: JsonSchema): Read {
  const validator = Compile(schema as TSchema)
  return (value, field, notes) => (validator.Check(value) ? value : note(notes, field, flawOf(schema, value)))
}

function flawOf(schema: JsonSchema, value: unknown): Flaw {
  const values = valuesOf(schema)
  if (values) return { flaw: 'not_one_of', values }
  const { minLength, maxLength, minimum, maximum, maxItems } = boundsOf(schema, value)
  if (typeof value === 'string' && (minLength !== undefined || maxLength !== undefined)) {
    const length = lengthOf(value)
    if (minLength !== undefined && length < minLength) return { flaw: 'too_short', min: minLength, length }
    if (maxLength !== undefined && length > maxLength) return { flaw: 'too_long', max: maxLength, length }
  }
  if (typeof value === 'number' && (minimum !== undefined || maximum !== undefined)) {
    const [min, max] = [minimum ?? Number.MIN_SAFE_INTEGER, maximum ?? Number.MAX_SAFE_INTEGER]
    if (value < min || value > max) return { flaw: 'out_of_range', min, max }
  }
  if (Array.isArray(value) && maxItems !== undefined && value.length > maxItems)
    return { flaw: 'too_many', max: maxItems }
  return { flaw: 'wrong_type', expected: expectedOf(schema) }
}

/** The bounds that the alternative for this type of value sets. */
function boundsOf(schema: JsonSchema, value: unknown): Bounds {
  return schema.anyOf?.find((one) => one.type === jsonTypeOf(value)) ?? schema
}

/** The values that a union of constants allows, null left out; undefined when the schema is no such union. */
function valuesOf({ anyOf, ...schema }: JsonSchema): string[] | undefined {
  if (schema.enum) return schema.enum.filter((value) => value !== null).map(String)
  if (schema.const !== undefined) return [String(schema.const)]
  const alternatives = anyOf?.filter((one) => one.type !== 'null').map(valuesOf)
  if (!alternatives || alternatives.length === 0) return undefined
  return alternatives.every((values) => values !== undefined) ? alternatives.flat() : undefined
}

function expectedOf(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(expectedOf).join(' or ')
  return schema.type ?? 'something else'
}

function jsonTypeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
}

function note(notes: Notes, field: string, flaw: Flaw): typeof flawed {
  notes.add(field, flaw)
  return flawed
}

/** Keys come from the schema alone, never from the body. */
function keep(values: Record<string, unknown>, key: string, value: unknown) {
  if (value !== flawed) values[key] = value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function below(field: string, key: string): string {
  return field === '' ? key : `${field}.${key}`
}
