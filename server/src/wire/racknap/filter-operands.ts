import type { Comparator, Filter, FilterField, FilterValue, InstantField, TextField } from '../../core/users/filter.ts'
import { inCase, type LetterCase } from '../../core/users/letter-case.ts'
import { FilterTrouble } from './filter-tokens.ts'

/** What stands on either side of an operator, or between the brackets of a function. */
export type Operand = Condition | Field | Constant

export type Condition = { readonly type: 'condition'; readonly at: number; readonly filter: Filter }

export type Field = { readonly type: 'field'; readonly at: number; readonly inCase?: LetterCase } & (
  | { readonly of: 'number'; readonly field: 'number' }
  | { readonly of: 'text'; readonly field: TextField }
  | { readonly of: 'date'; readonly field: InstantField }
)

export type Constant = { readonly at: number } & (
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  /** In milliseconds. */
  | { readonly type: 'date'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null'; readonly value: null }
)

export type TextFunction = 'contains' | 'startsWith' | 'endsWith'

const called: Readonly<Record<Operand['type'], string>> = {
  condition: 'a condition',
  field: 'a field',
  text: 'a text',
  number: 'a number',
  date: 'a date',
  boolean: 'true or false',
  null: 'null',
}

// ── conditions ────────────────────────────────────────────────────────────────────────────────────────────────────────

export function conditionOf(operand: Operand): Filter {
  if (operand.type === 'condition') return operand.filter
  if (operand.type === 'boolean' || operand.type === 'null') return { kind: 'constant', value: operand.value }
  throw new FilterTrouble(operand.at, `Here a condition is needed, and this is ${called[operand.type]}.`)
}

/** Twice not is nothing, also of what is unknown. */
export function not(filter: Filter): Filter {
  return filter.kind === 'not' ? filter.of : { kind: 'not', of: filter }
}

export function compare(left: Operand, by: Comparator, right: Operand): Filter {
  if (left.type === 'condition') return compareCondition(left, by, right)
  if (right.type === 'condition') return compareCondition(right, by, left)
  if (left.type === 'field') return compareField(left, by, right)
  if (right.type === 'field') return compareField(right, mirrored[by], left)
  return { kind: 'constant', value: compareConstants(left, by, right) }
}

const mirrored: Readonly<Record<Comparator, Comparator>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
}

function compareCondition({ filter }: Condition, by: Comparator, other: Operand): Filter {
  if (other.type !== 'boolean' && other.type !== 'null')
    throw new FilterTrouble(
      other.at,
      `A condition is compared with true, false or null, and this is ${called[other.type]}.`,
    )
  if (by !== 'eq' && by !== 'ne')
    return other.type === 'null' ? never : fail(other.at, 'Conditions are equal or not; neither is greater.')
  const same = isOutcome(filter, other.value)
  return by === 'eq' ? same : not(same)
}

const never: Filter = { kind: 'constant', value: false }

function fail(at: number, message: string): never {
  throw new FilterTrouble(at, message)
}

/** Whether the condition comes out as the value. What is never unknown needs no asking. */
function isOutcome(filter: Filter, value: boolean | null): Filter {
  if (!isSettled(filter)) return { kind: 'is', of: filter, value }
  return value === null ? never : value ? filter : not(filter)
}

function isSettled(filter: Filter): boolean {
  if (filter.kind === 'not') return isSettled(filter.of)
  if (filter.kind === 'constant') return filter.value !== null
  return filter.kind === 'is' || filter.kind === 'compare' || filter.kind === 'in'
}

function compareField(field: Field, by: Comparator, other: Operand): Filter {
  if (other.type === 'field')
    throw new FilterTrouble(other.at, 'A field is compared with a value, not with another field.')
  if (other.type === 'condition')
    throw new FilterTrouble(other.at, 'A field is compared with a value, not with a condition.')
  checkType(field, other)
  if (field.of === 'date' && other.type === 'date') return compareSeconds(field.field, by, other.value)
  return { kind: 'compare', ...namedIn(field), by, value: other.value }
}

export function checkType(field: Field, { type, at }: Constant): void {
  if (type !== 'null' && type !== field.of)
    throw new FilterTrouble(
      at,
      `This field is ${called[field.of]}, and what it is compared with is ${called[type]}.${hint(field.of, type)}`,
    )
}

function hint(wanted: Field['of'], sent: Constant['type']): string {
  if (wanted === 'text') return ' Texts stand in single quotes.'
  return sent === 'text' ? ` Write ${called[wanted]} without quotes.` : ''
}

function namedIn({ field, inCase }: Field): { field: FilterField; inCase?: LetterCase } {
  return inCase === undefined ? { field } : { field, inCase }
}

/** One of the values; dates are one stretch of a second each. */
export function among(field: Field, values: readonly Constant[]): Filter {
  for (const value of values) checkType(field, value)
  if (field.of === 'date') return { kind: 'or', of: values.map((value) => compareField(field, 'eq', value)) }
  return { kind: 'in', ...namedIn(field), values: values.map(({ value }): FilterValue => value) }
}

// ── dates ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const secondMs = 1_000

/** Dates are shown to the second, and compared as they are shown. */
function compareSeconds(field: InstantField, by: Comparator, ms: number): Filter {
  const from = Math.floor(ms / secondMs) * secondMs
  const isShown = from === ms
  const notBefore = { kind: 'compare', field, by: 'ge', value: isShown ? from : from + secondMs } as const
  const after = { kind: 'compare', field, by: 'ge', value: from + secondMs } as const
  switch (by) {
    case 'eq':
      return isShown ? { kind: 'and', of: [notBefore, { ...after, by: 'lt' }] } : never
    case 'ne':
      return isShown ? { kind: 'or', of: [{ ...notBefore, by: 'lt' }, after] } : { kind: 'constant', value: true }
    case 'ge':
      return notBefore
    case 'gt':
      return after
    case 'lt':
      return { ...notBefore, by: 'lt' }
    case 'le':
      return { ...after, by: 'lt' }
  }
}

// ── texts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function changeCase(operand: Operand, letterCase: LetterCase): Operand {
  if (operand.type === 'null') return operand
  if (operand.type === 'text') return { ...operand, value: inCase(operand.value, letterCase) }
  if (operand.type !== 'field' || operand.of !== 'text')
    throw new FilterTrouble(operand.at, `tolower and toupper take a text, and this is ${called[typeOf(operand)]}.`)
  if (operand.inCase !== undefined && operand.inCase !== letterCase)
    throw new FilterTrouble(operand.at, 'A field is compared in lower case or in upper case, not in both.')
  return { ...operand, inCase: letterCase }
}

function typeOf(operand: Operand): Operand['type'] {
  return operand.type === 'field' ? operand.of : operand.type
}

export function occurrence(kind: TextFunction, text: Operand, part: Operand): Filter {
  for (const operand of [text, part]) {
    if (typeOf(operand) !== 'text' && operand.type !== 'null')
      throw new FilterTrouble(
        operand.at,
        `${kind.toLowerCase()} looks in a text, and this is ${called[typeOf(operand)]}.`,
      )
  }
  if (part.type === 'field')
    throw new FilterTrouble(part.at, `${kind.toLowerCase()} looks for a value, not for what another field holds.`)
  if (text.type === 'null' || part.type !== 'text') return { kind: 'constant', value: null }
  if (text.type === 'text') return { kind: 'constant', value: holds(kind, text.value, part.value) }
  if (text.type !== 'field' || text.of !== 'text') throw new TypeError('a text is a field or a value')
  const { field, inCase } = text
  return { kind, field, part: part.value, ...(inCase === undefined ? {} : { inCase }) }
}

function holds(kind: TextFunction, text: string, part: string): boolean {
  if (kind === 'contains') return text.includes(part)
  return kind === 'startsWith' ? text.startsWith(part) : text.endsWith(part)
}

// ── constants ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function compareConstants(left: Constant, by: Comparator, right: Constant): boolean {
  if (left.type === 'null' || right.type === 'null') {
    const isSame = left.type === right.type
    return by === 'eq' ? isSame : by === 'ne' && !isSame
  }
  if (left.type !== right.type)
    throw new FilterTrouble(
      right.at,
      `This is ${called[right.type]}, and what it is compared with is ${called[left.type]}.`,
    )
  const isOrder = by !== 'eq' && by !== 'ne'
  if (left.type === 'boolean' && isOrder)
    throw new FilterTrouble(right.at, 'True and false are equal or not; neither is greater.')
  const difference = orderOf(left.value, right.value as typeof left.value)
  switch (by) {
    case 'eq':
      return difference === 0
    case 'ne':
      return difference !== 0
    case 'gt':
      return difference > 0
    case 'ge':
      return difference >= 0
    case 'lt':
      return difference < 0
    case 'le':
      return difference <= 0
  }
}

function orderOf(one: string | number | boolean, other: string | number | boolean): number {
  if (typeof one === 'string' && typeof other === 'string') return Buffer.compare(Buffer.from(one), Buffer.from(other))
  return Number(one) - Number(other)
}
