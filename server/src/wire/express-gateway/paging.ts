import { limits } from '../../core/limits.ts'
import type { Fault } from '../../core/refusals.ts'
import type { Query } from '../../http/contract.ts'

/**
 * Cursor and count are in keys of the product's database, which has two for each user: a page of the default 100 is 50 users, and the cursor of
 * the user at position n is 2n.
 */
const keysPerUser = 2
const countDefault = 100
const usersPerPageMax = 500

/** Which users a page shows, in order of creation. */
export interface Slice {
  readonly offset: number
  readonly limit: number
}

/** `start`: odd ones are rounded down, negative ones are 0. `count`: 0 asks for nobody, 1 for one user like 2. Other keys mean nothing. */
export function readSlice(query: Query): Slice | { readonly faults: readonly Fault[] } {
  const start = readInteger(query.getAll('start'), 0)
  const count = readInteger(query.getAll('count'), countDefault)
  const faults = [...(start === null ? [noInteger('start')] : []), ...(count === null ? [noInteger('count')] : [])]
  if (start === null || count === null) return { faults }
  return { offset: usersIn(Math.max(0, start)), limit: count === 0 ? 0 : clamp(usersIn(count), 1, usersPerPageMax) }
}

/** Where the next page starts; 0 when nobody is left. */
export function nextKeyAfter({ offset }: Slice, shown: number, total: number): number {
  const next = offset + shown
  return shown > 0 && next < total ? next * keysPerUser : 0
}

/** Null when it is no integer or was sent more than once. */
function readInteger(sent: readonly string[], absent: number): number | null {
  const [value, ...more] = sent
  if (value === undefined) return absent
  return more.length === 0 && /^-?\d+$/.test(value) ? Number(value) : null
}

function noInteger(field: string): Fault {
  return { field, flaw: 'wrong_type', expected: 'integer' }
}

/** No directory reaches as far as `pageMax`, so what lies beyond is all the same. */
function usersIn(keys: number): number {
  return clamp(Math.floor(keys / keysPerUser), 0, limits.pageMax)
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}
