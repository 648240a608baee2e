import type { Reading } from '../form.ts'
import { limits } from '../limits.ts'
import type { Core, Position } from '../ports.ts'
import { wholeNumberIn } from '../whole-number.ts'
import type { Parsed } from './text.ts'

/** What a list is asked with, as the query string says it. */
export interface PageValues {
  page: string
  limit: string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** From 1. */
  readonly page: number
  readonly limit: number
  readonly total: number
}

export function readPage(values: Partial<PageValues>, reading: Reading, limitDefault: number) {
  const page = reading.read('page', values.page, (sent) => wholeNumber(sent, limits.pageMax)) ?? 1
  const limit = reading.read('limit', values.limit, (sent) => wholeNumber(sent, limits.pageSizeMax)) ?? limitDefault
  return { page, limit }
}

/** Null at the beginning. A cursor belongs to one list, so it is looked at only when that list could be read. */
export function readCursor(
  { cursors }: Pick<Core, 'cursors'>,
  { cursor, page }: { readonly cursor?: string; readonly page?: string },
  reading: Reading,
  list: string,
): Bookmark | null {
  if (cursor === undefined) return null
  if (page !== undefined) reading.add('cursor', { flaw: 'not_together', other: 'page' })
  if (cursor === '' || reading.faults.length > 0) return null
  const bookmark = cursors.open(cursor, list)
  if (bookmark === null) reading.add('cursor', { flaw: 'bad_cursor' })
  return bookmark
}

function wholeNumber(sent: string, max: number): Parsed<number> {
  const value = wholeNumberIn(sent)
  if (Number.isNaN(value)) return { flaw: { flaw: 'wrong_type', expected: 'integer' } }
  return value < 1 || value > max ? { flaw: { flaw: 'out_of_range', min: 1, max } } : { value }
}

/** Positions as callers hold them between two pages: nobody else can make or read one. */
export interface Cursors {
  /** `question` says what the bookmark belongs to; it opens with the same question only. */
  seal(bookmark: Bookmark, question: string): string
  /** Null when it was not sealed in this directory, for that question. */
  open(cursor: string, question: string): Bookmark | null
}

/** Where the next page begins, and the how many-th it is, from 1. */
export interface Bookmark {
  readonly after: Position
  readonly page: number
}
