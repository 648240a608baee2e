import type { LetterCase } from './letter-case.ts'
import type { User } from './user.ts'

/**
 * What must be so of a user, as plain data. A condition is true, false or unknown, and only whoever makes it true is meant: `and`, `or` and `not` are
 * those of three values. A comparison is never unknown (null equals null and nothing else, and is neither before nor after anything); what a text
 * holds is unknown where there is no text.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  /** Whether the condition comes out as the value; that is never unknown. */
  | { readonly kind: 'is'; readonly of: Filter; readonly value: boolean | null }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | FieldCondition

export type FieldCondition = Comparison | Membership | Occurrence

export interface Comparison {
  readonly kind: 'compare'
  readonly field: FilterField
  readonly by: Comparator
  readonly value: FilterValue
  /** Of a text: it is compared in this case, the value as it is. */
  readonly inCase?: LetterCase
}

/** One of the values. */
export interface Membership {
  readonly kind: 'in'
  readonly field: FilterField
  readonly values: readonly FilterValue[]
  readonly inCase?: LetterCase
}

/** What a text holds, begins or ends with. */
export interface Occurrence {
  readonly kind: 'contains' | 'startsWith' | 'endsWith'
  readonly field: TextField
  readonly part: string
  readonly inCase?: LetterCase
}

export type Comparator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'

/**
 * Texts are compared by code point, well-formed and without NUL; e-mail and username ignore case, by what uniqueness compares (`canonical`), whatever
 * `inCase` says.
 */
export const textFields = [
  'email',
  'username',
  'firstName',
  'lastName',
  'status',
] as const satisfies readonly (keyof User)[]
export type TextField = (typeof textFields)[number]

/** In milliseconds. */
export type InstantField = 'createdAtMs' | 'updatedAtMs' | 'lastLoginAtMs'
export type FilterField = TextField | InstantField | 'number' | 'emailVerified'

/** Text for texts, a finite number for `number` and instants, a boolean for `emailVerified`, and null for any. */
export type FilterValue = string | number | boolean | null

export function ignoresCase(field: FilterField): field is 'email' | 'username' {
  return field === 'email' || field === 'username'
}

/** All of these; null where nothing is asked. */
export function allOf(conditions: readonly Filter[]): Filter | null {
  const [first] = conditions
  if (first === undefined) return null
  return conditions.length === 1 ? first : { kind: 'and', of: conditions }
}
