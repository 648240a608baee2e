import type { UserChanges } from '@sudigital/client'
import { changesBetween, type Values } from '../../../../editing/merge.ts'
import { faultOfNumber, numbersIn } from './numbers.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Attributes = { readonly [key: string]: unknown }

/* As the server has them: `attributesBytesMax`, `attributesKeysMax` and `attributesDepthMax` among its limits. */
const bytesMax = 16 * 1024
const keysMax = 64
const depthMax = 8

export const kinds = ['text', 'number', 'yes or no', 'JSON'] as const
export type Kind = (typeof kinds)[number]

/** One attribute as it is typed. */
export interface Row {
  readonly id: number
  readonly key: string
  readonly kind: Kind
  readonly text: string
}

export interface Faults {
  /** By the row that each is about. */
  readonly ofRows: ReadonlyMap<number, { readonly key?: string; readonly value?: string }>
  /** What is wrong with all of it. */
  readonly ofAll: string | null
}

let lastId = 0

export function newRow(): Row {
  lastId += 1
  return { id: lastId, key: '', kind: 'text', text: '' }
}

export function rowsOf(values: Values): Row[] {
  return Object.entries(values).map(([key, json]) => {
    const value: unknown = JSON.parse(json)
    const { id } = newRow()
    if (typeof value === 'string') return { id, key, kind: 'text', text: value }
    if (typeof value === 'number') return { id, key, kind: 'number', text: json }
    if (typeof value === 'boolean') return { id, key, kind: 'yes or no', text: json }
    return { id, key, kind: 'JSON', text: JSON.stringify(value, null, 2) }
  })
}

/** What the rows say, and what is wrong with them. Of rows that cannot be read nothing is in the values. */
export function readRows(rows: readonly Row[]): { values: Values; faults: Faults } {
  const values: Record<string, string> = Object.create(null)
  const ofRows = new Map<number, { key?: string; value?: string }>()
  for (const { id, key, kind, text } of rows) {
    const read = readValue(kind, text)
    const keyFault = faultOfKey(key, values)
    if (keyFault === null && 'value' in read) values[key] = canonical(read.value)
    else ofRows.set(id, { ...(keyFault && { key: keyFault }), ...('fault' in read && { value: read.fault }) })
  }
  return { values: { ...values }, faults: { ofRows, ofAll: faultOfAll(values) } }
}

/** What a JSON text says, or what is wrong with it. */
export function readText(text: string): { values: Values; fault: string | null } {
  const read = parse(text)
  if (read === null) return { values: {}, fault: 'This is not JSON that can be read.' }
  if (!isObject(read)) return { values: {}, fault: 'The attributes are one object: begin with { and end with }.' }
  const values = valuesOf(read)
  const nulls = Object.entries(read).filter(([, value]) => holdsNull(value))
  if (nulls.length > 0) {
    return {
      values,
      fault: `null cannot be kept; leave out what has no value (${nulls.map(([key]) => key).join(', ')}).`,
    }
  }
  if (Object.hasOwn(read, '__proto__')) return { values, fault: 'An attribute cannot be called __proto__.' }
  return { values, fault: faultOfNumbers(text) ?? faultOfAll(values) }
}

export function textOf(values: Values): string {
  return JSON.stringify(attributesOf(values), null, 2)
}

export function attributesOf(values: Values): Attributes {
  return Object.fromEntries(Object.entries(values).map(([key, json]) => [key, JSON.parse(json)]))
}

export function valuesOf(attributes: Attributes): Values {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, canonical(value)]))
}

/** Changes as a merge patch, which merges deeply: what an object has no more is taken away key by key. */
export function changesOf(from: Values, to: Values): UserChanges {
  const attributes: Record<string, unknown> = {}
  for (const [key, json] of changesBetween(from, to)) {
    const before = from[key]
    attributes[key] =
      json === undefined ? null : patchBetween(before === undefined ? undefined : JSON.parse(before), JSON.parse(json))
  }
  return { attributes }
}

function patchBetween(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return to
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key))
  return Object.fromEntries([
    ...gone.map((key) => [key, null]),
    ...Object.entries(to).map(([key, value]) => [key, patchBetween(from[key], value)]),
  ])
}

function readValue(kind: Kind, text: string): { value: Json } | { fault: string } {
  switch (kind) {
    case 'text':
      return { value: text }
    case 'number':
      return readNumber(text.trim())
    case 'yes or no':
      return { value: text === 'true' }
    case 'JSON': {
      const value = parse(text)
      if (value === null) return { fault: 'This is not JSON that can be read.' }
      if (holdsNull(value)) return { fault: 'null cannot be kept; leave out what has no value.' }
      const fault = faultOfNumbers(text)
      return fault === null ? { value: value as Json } : { fault }
    }
  }
}

function readNumber(text: string): { value: number } | { fault: string } {
  if (text === '' || Number.isNaN(Number(text))) return { fault: 'Type a number, such as 12 or 3.5.' }
  const fault = faultOfNumber(text)
  return fault === null ? { value: Number(text) } : { fault }
}

function faultOfNumbers(json: string): string | null {
  return (
    numbersIn(json)
      .map(faultOfNumber)
      .find((fault) => fault !== null) ?? null
  )
}

function faultOfKey(key: string, taken: Values): string | null {
  if (key === '') return 'Give it a name.'
  if (key === '__proto__') return 'An attribute cannot be called that.'
  return Object.hasOwn(taken, key) ? 'There is an attribute of that name already.' : null
}

function faultOfAll(values: Values): string | null {
  const count = Object.keys(values).length
  if (count > keysMax) return `There are ${count} attributes, and ${keysMax} can be kept.`
  const bytes = bytesOf(values)
  if (bytes > bytesMax) return `They take ${bytes} bytes, and ${bytesMax} can be kept.`
  return depthOf(attributesOf(values)) > depthMax ? `They are nested more than ${depthMax} levels deep.` : null
}

/** How much of what can be kept is used up. */
export function bytesOf(values: Values): number {
  return new TextEncoder().encode(JSON.stringify(attributesOf(values))).length
}

export const limitsInWords = `At most ${keysMax} of them, and ${bytesMax / 1024} KiB in all.`

/** Null for what cannot be read, and for null. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** In lists null is a value like others. */
function holdsNull(value: unknown): boolean {
  if (value === null) return true
  return isObject(value) && Object.values(value).some(holdsNull)
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

/** The same text for the same value, in whatever order its keys come. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
