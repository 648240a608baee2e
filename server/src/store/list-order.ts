import { type Kysely, sql as raw, type SqlBool } from '#kysely'
import type { Eventually } from '../core/outcome.ts'
import { type Role, roles } from '../core/permissions.ts'
import type { ListFilter, ListKey, ListOrder, ListQuestion, Position } from '../core/ports.ts'
import { type Status, statuses } from '../core/users/user.ts'
import type { Tables } from './tables.ts'

/** The keys that have an index of their own, led by role and status. */
export type SortKey = Exclude<ListKey, 'number'>

const columns = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  lastLoginAt: 'last_login_at',
  email: 'sort_email',
  firstName: 'sort_first_name',
  lastName: 'sort_last_name',
} as const satisfies Record<SortKey, string>

export type SortColumn = (typeof columns)[SortKey]

/** What stands in the column of a user without the value. */
const missing: Readonly<Record<SortKey, 'never' | 'null' | 'empty'>> = {
  createdAt: 'never',
  updatedAt: 'never',
  lastLoginAt: 'null',
  email: 'empty',
  firstName: 'empty',
  lastName: 'empty',
}

export function columnOf(key: SortKey) {
  return columns[key]
}

export function isMissing(key: SortKey) {
  return missing[key] === 'empty' ? raw<SqlBool>`${raw.ref(columns[key])} = ''` : isNull(key)
}

function isNull(key: SortKey) {
  return raw<SqlBool>`${raw.ref(columns[key])} is null`
}

/** What a row is sorted by, of which that much was read; null for no value. */
export function positionOf<Row extends Pick<Tables['users'], 'id'> & Partial<Pick<Tables['users'], SortColumn>>>(
  key: SortKey,
  row: Row,
): Position {
  const value = row[columns[key]]
  if (value === undefined) throw new Error(`what a row is sorted by was not read: ${columns[key]}`)
  return { key: value === '' ? null : value, id: row.id }
}

/** The ranges of role and status that a list is merged from. */
export function rangesOf({ role, status }: Pick<ListFilter, 'role' | 'status'>) {
  const ranges: { role: Role; status: Status }[] = []
  for (const one of role === null ? roles : [role])
    for (const other of status === null ? statuses : [status]) ranges.push({ role: one, status: other })
  return ranges
}

/** A stretch of a list: users with the value in their order, or those without, who come after them. */
export interface Stretch {
  readonly order: { readonly by: SortKey; readonly direction: ListOrder['direction'] }
  readonly part: 'valued' | 'missing'
  readonly isAfter: boolean
  /** How many ranges of role and status it is merged from. */
  readonly ranges: number
}

/** `role0`, `status0`, `role1`, …, and where it begins: `key` and `id`. */
export type StretchValues = Readonly<Record<string, string | number>>

export function stretchValues(filter: Pick<ListFilter, 'role' | 'status'>, after: Position | null): StretchValues {
  const values: Record<string, string | number> = after === null ? {} : { key: after.key ?? '', id: after.id }
  for (const [at, { role, status }] of rangesOf(filter).entries()) {
    values[`role${at}`] = role
    values[`status${at}`] = status
  }
  return values
}

/** One range of a stretch, not yet ordered. The engines read such ranges side by side, each along its index, and no further than asked. */
export function rangeOf(sql: Kysely<Tables>, stretch: Stretch, values: StretchValues, at: number) {
  const { order, part, isAfter } = stretch
  const key = raw.ref(columns[order.by])
  const beyond = order.direction === 'asc' ? raw`>` : raw`<`
  const query = sql
    .selectFrom('users')
    .where('deleted_at', 'is', null)
    .where('role', '=', values[`role${at}`] as Role)
    .where('status', '=', values[`status${at}`] as Status)
  if (part === 'missing') {
    const without = query.where(isMissing(order.by))
    return isAfter ? without.where(raw<SqlBool>`id ${beyond} ${values.id}`) : without
  }
  // Beyond a value there is no empty text; were that said as well, a planner may begin at the empty ones instead of at the value.
  const isBeyondEmpty = isAfter && order.direction === 'asc'
  const valued = query
    .$if(missing[order.by] === 'empty' && !isBeyondEmpty, (some) => some.where(raw<SqlBool>`${key} > ''`))
    .$if(missing[order.by] === 'null', (some) => some.where(raw<SqlBool>`${key} is not null`))
  return isAfter ? valued.where(raw<SqlBool>`(${key}, id) ${beyond} (${values.key}, ${values.id})`) : valued
}

/** Which rows of a stretch to read. */
export interface Piece {
  readonly part: Stretch['part']
  readonly after: Position | null
  readonly offset: number
  readonly limit: number
}

/** Reads up to `limit` rows: those with the value, then, when these run out, those without. */
export async function readAlong<Row>(
  { by, from, limit }: { by: SortKey; from: ListQuestion['from']; limit: number },
  read: (piece: Piece) => Eventually<Row[]>,
  countValued: () => Eventually<number>,
): Promise<Row[]> {
  const { after, offset } = 'offset' in from ? { after: null, offset: from.offset } : { after: from.after, offset: 0 }
  const isAmongMissing = after !== null && after.key === null
  const valued = isAmongMissing ? [] : await read({ part: 'valued', after, offset, limit })
  if (valued.length >= limit || missing[by] === 'never') return valued
  const passed = valued.length > 0 || offset === 0 ? offset : await countValued()
  const rest = {
    part: 'missing',
    after: isAmongMissing ? after : null,
    offset: Math.max(0, offset - passed),
    limit: limit - valued.length,
  } as const
  return [...valued, ...(await read(rest))]
}
