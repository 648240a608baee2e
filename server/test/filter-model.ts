import { canonical } from '../src/core/users/text.ts'
import type { User } from '../src/core/users/user.ts'

/** A filter as one would think of it, which can be written down as OData does and asked of one user at a time. */
export type Model =
  | { readonly is: 'and' | 'or'; readonly a: Model; readonly b: Model }
  | { readonly is: 'not'; readonly a: Model }
  | { readonly is: 'outcome'; readonly a: Model; readonly ne: boolean; readonly value: boolean | null }
  | { readonly is: 'constant'; readonly value: boolean | null }
  | {
      readonly is: 'compare'
      readonly field: Named
      readonly by: Operator
      readonly value: Value
      readonly flipped: boolean
    }
  | { readonly is: 'in'; readonly field: Named; readonly values: readonly Value[] }
  | {
      readonly is: 'part'
      readonly by: 'contains' | 'startswith' | 'endswith'
      readonly field: Named
      readonly part: string | null
    }

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type FieldName = 'id' | 'username' | 'email' | 'firstName' | 'lastName' | 'status' | 'createdAt' | 'updatedAt'
export interface Named {
  readonly name: FieldName
  readonly function: 'tolower' | 'toupper' | null
}
/** Dates are instances of `Date`. */
export type Value = string | number | Date | null

type Person = Pick<
  User,
  'number' | 'username' | 'email' | 'firstName' | 'lastName' | 'status' | 'createdAtMs' | 'updatedAtMs'
>

/** As OData writes it. */
export function written(model: Model): string {
  switch (model.is) {
    case 'and':
    case 'or':
      return `(${written(model.a)}) ${model.is} (${written(model.b)})`
    case 'not':
      return `not (${written(model.a)})`
    case 'outcome':
      return `(${written(model.a)}) ${model.ne ? 'ne' : 'eq'} ${model.value}`
    case 'constant':
      return `${model.value}`
    case 'compare': {
      const [field, value] = [writtenField(model.field), writtenValue(model.value)]
      return model.flipped ? `${value} ${flipped[model.by]} ${field}` : `${field} ${model.by} ${value}`
    }
    case 'in':
      return `${writtenField(model.field)} in (${model.values.map(writtenValue).join(', ')})`
    case 'part':
      return `${model.by}(${writtenField(model.field)}, ${writtenValue(model.part)})`
  }
}

const flipped = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' } as const

function writtenField({ name, function: of }: Named): string {
  return of === null ? name : `${of}(${name})`
}

function writtenValue(value: Value): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

/** True, false, or null for what nobody knows. */
export function holds(model: Model, person: Person): boolean | null {
  switch (model.is) {
    case 'and': {
      const both = [holds(model.a, person), holds(model.b, person)]
      return both.includes(false) ? false : both.includes(null) ? null : true
    }
    case 'or': {
      const both = [holds(model.a, person), holds(model.b, person)]
      return both.includes(true) ? true : both.includes(null) ? null : false
    }
    case 'not': {
      const inner = holds(model.a, person)
      return inner === null ? null : !inner
    }
    case 'outcome':
      return (holds(model.a, person) === model.value) !== model.ne
    case 'constant':
      return model.value
    case 'compare':
      return compared(comparable(person, model.field), model.by, asCompared(model.field, model.value))
    case 'in':
      return model.values.some((value) =>
        compared(comparable(person, model.field), 'eq', asCompared(model.field, value)),
      )
    case 'part':
      return hasPart(comparable(person, model.field), model.by, asCompared(model.field, model.part))
  }
}

function compared(one: string | number | null, by: Operator, other: string | number | null): boolean {
  if (one === null || other === null) return by === 'eq' ? one === other : by === 'ne' && one !== other
  const turn = typeof one === 'string' ? byCodePoint(one, String(other)) : one - Number(other)
  return { eq: turn === 0, ne: turn !== 0, gt: turn > 0, ge: turn >= 0, lt: turn < 0, le: turn <= 0 }[by]
}

function hasPart(
  text: string | number | null,
  by: 'contains' | 'startswith' | 'endswith',
  part: string | number | null,
) {
  if (typeof text !== 'string' || typeof part !== 'string') return null
  const [points, wanted] = [[...text], [...part]]
  const isAt = (at: number) => wanted.every((point, place) => points[at + place] === point)
  const room = points.length - wanted.length
  if (room < 0) return false
  if (by === 'contains') return Array.from({ length: room + 1 }, (_, at) => at).some(isAt)
  return isAt(by === 'startswith' ? 0 : room)
}

function comparable(person: Person, { name, function: of }: Named): string | number | null {
  switch (name) {
    case 'id':
      return person.number
    case 'createdAt':
      return toSecond(person.createdAtMs)
    case 'updatedAt':
      return toSecond(person.updatedAtMs)
    case 'email':
    case 'username':
      return person[name] === null ? null : canonical(person[name])
    default:
      return person[name] === null ? null : changed(person[name], of)
  }
}

function asCompared({ name }: Named, value: Value): string | number | null {
  if (value instanceof Date) return value.getTime()
  if (typeof value !== 'string') return value
  return name === 'email' || name === 'username' ? canonical(value) : value.normalize('NFC')
}

function toSecond(ms: number): number {
  return new Date(`${new Date(ms).toISOString().slice(0, 19)}Z`).getTime()
}

/** One letter after the other; what would become several, is of both cases, or is Turkish stays. */
function changed(text: string, of: Named['function']): string {
  if (of === null) return text
  const one = (point: string) => {
    const other = of === 'tolower' ? point.toLowerCase() : point.toUpperCase()
    return [...other].length > 1 || /İ|ı|\u0345|\p{Lt}/u.test(point) ? point : other
  }
  return [...text].map(one).join('').normalize('NFC')
}

export function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
