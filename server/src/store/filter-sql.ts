import { type RawBuilder, sql as raw, type SqlBool } from '#kysely'
import {
  type Comparator,
  type Comparison,
  type Filter,
  type FilterField,
  ignoresCase,
  type Membership,
  type Occurrence,
} from '../core/users/filter.ts'
import type { LetterCase } from '../core/users/letter-case.ts'
import { canonical } from '../core/users/text.ts'
import type { Dialect } from './queries.ts'

type Condition = RawBuilder<SqlBool>
type Value = RawBuilder<unknown>

/** A filter as a condition on the table `users`, unknown where it is unknown. Values are bound, never written. */
export function conditionOf(dialect: Dialect, filter: Filter): Condition {
  switch (filter.kind) {
    case 'and':
      return joined(dialect, filter.of, raw` and `, true)
    case 'or':
      return joined(dialect, filter.of, raw` or `, false)
    case 'not':
      return raw`(not ${conditionOf(dialect, filter.of)})`
    case 'is':
      return raw`(${conditionOf(dialect, filter.of)} is ${constant(filter.value)})`
    case 'constant':
      return filter.value === null ? raw`cast(null as boolean)` : raw`(${constant(filter.value)})`
    case 'compare':
      return compared(dialect, filter)
    case 'in':
      return among(dialect, filter)
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return occurring(dialect, filter)
  }
}

/** What has to hold all together. */
export function conjunctsOf(filter: Filter | null): readonly Filter[] {
  if (filter === null) return []
  if (filter.kind === 'is' && filter.value === true) return conjunctsOf(filter.of)
  return filter.kind === 'and' ? filter.of.flatMap(conjunctsOf) : [filter]
}

function joined(dialect: Dialect, conditions: readonly Filter[], by: Value, ofNone: boolean): Condition {
  if (conditions.length === 0) return raw`(${constant(ofNone)})`
  return raw`(${raw.join(
    conditions.map((one) => conditionOf(dialect, one)),
    by,
  )})`
}

function constant(value: boolean | null): Value {
  return value === null ? raw`null` : value ? raw`true` : raw`false`
}

// ── what is compared ──────────────────────────────────────────────────────────────────────────────────────────────────

const columns = {
  number: 'number',
  email: 'email',
  username: 'username',
  firstName: 'first_name',
  lastName: 'last_name',
  status: 'status',
  emailVerified: 'email_verified',
  createdAtMs: 'created_at',
  updatedAtMs: 'updated_at',
  lastLoginAtMs: 'last_login_at',
} as const satisfies Record<FilterField, string>

const isNullable: Readonly<Record<FilterField, boolean>> = {
  number: false,
  email: true,
  username: true,
  firstName: true,
  lastName: true,
  status: false,
  emailVerified: false,
  createdAtMs: false,
  updatedAtMs: false,
  lastLoginAtMs: true,
}

/** The field as it is compared. */
export function comparedValue(dialect: Dialect, field: FilterField, inCase?: LetterCase): Value {
  const column = raw.ref(`users.${columns[field]}`)
  if (ignoresCase(field)) return raw`coalesce(${raw.ref(`users.folded_${field}`)}, ${dialect.lowerAscii(column)})`
  return inCase === undefined ? column : dialect.inCase(column, inCase)
}

function boundText(field: FilterField, text: string): Value {
  return raw`cast(${ignoresCase(field) ? canonical(text) : text} as text)`
}

// ── comparisons ───────────────────────────────────────────────────────────────────────────────────────────────────────

function compared(dialect: Dialect, { field, by, value, inCase }: Comparison): Condition {
  if (value === null) return comparedToNull(field, by)
  if (typeof value === 'number') return comparedToNumber(field, by, value)
  const bound = typeof value === 'string' ? boundText(field, value) : raw`${value ? 1 : 0}`
  return comparison(field, comparedValue(dialect, field, inCase), by, bound)
}

function comparedToNull(field: FilterField, by: Comparator): Condition {
  if (by !== 'eq' && by !== 'ne') return raw`(false)`
  const column = raw.ref(`users.${columns[field]}`)
  return by === 'eq' ? raw`(${column} is null)` : raw`(${column} is not null)`
}

/** Whole numbers only: between two of them nobody stands. */
function comparedToNumber(field: FilterField, by: Comparator, value: number): Condition {
  const column = raw.ref(`users.${columns[field]}`)
  if (!Number.isSafeInteger(value)) {
    if (by === 'eq') return raw`(false)`
    if (by === 'ne') return raw`(true)`
  }
  const whole = by === 'gt' || by === 'le' ? Math.floor(value) : Math.ceil(value)
  const bound = Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, whole))
  return comparison(field, column, by, raw`${bound}`)
}

/** Never unknown: nothing is before or after null, and null equals no value. */
function comparison(field: FilterField, column: Value, by: Comparator, value: Value): Condition {
  const plain = raw<SqlBool>`${column} ${operators[by]} ${value}`
  if (!isNullable[field]) return raw`(${plain})`
  const key = raw.ref(`users.${columns[field]}`)
  return by === 'ne' ? raw`(${key} is null or ${plain})` : raw`(${key} is not null and ${plain})`
}

const operators: Readonly<Record<Comparator, Value>> = {
  eq: raw`=`,
  ne: raw`<>`,
  gt: raw`>`,
  ge: raw`>=`,
  lt: raw`<`,
  le: raw`<=`,
}

function among(dialect: Dialect, { field, values, inCase }: Membership): Condition {
  const conditions = values
    .filter((value) => typeof value !== 'string')
    .map((value) => compared(dialect, { kind: 'compare', field, by: 'eq', value }))
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length > 0) {
    const key = raw.ref(`users.${columns[field]}`)
    const bound = raw.join(texts.map((text) => boundText(field, text)))
    conditions.push(raw`(${key} is not null and ${comparedValue(dialect, field, inCase)} in (${bound}))`)
  }
  return conditions.length === 0 ? raw`(false)` : raw`(${raw.join(conditions, raw` or `)})`
}

// ── texts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function occurring(dialect: Dialect, { kind, field, part, inCase }: Occurrence): Condition {
  const text = comparedValue(dialect, field, inCase)
  const bound = boundText(field, part)
  if (kind === 'contains') return raw`(${dialect.contains(text, bound)})`
  if (kind === 'startsWith') return raw`(substr(${text}, 1, length(${bound})) = ${bound})`
  return raw`(length(${text}) >= length(${bound}) and substr(${text}, length(${text}) - length(${bound}) + 1) = ${bound})`
}
