import type { Insert } from '../queries.ts'

/** How many rows a statement puts in: few lengths, so that each is compiled once. */
const lengths = [50, 10, 1] as const

/** The rows in stretches that a statement takes whole. */
export function* stretchesOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  let from = 0
  for (const length of lengths)
    for (; rows.length - from >= length; from += length) yield rows.slice(from, from + length)
}

/** How an engine says it. */
export interface InsertWords {
  readonly insert: 'insert' | 'insert or fail'
  /** Stands for the value at a place from 0. */
  readonly placeholder: (place: number) => string
}

/** What is in the way of a row leaves it out. */
export function insertSql({ table, columns }: Insert, rows: number, { insert, placeholder }: InsertWords): string {
  const row = (at: number) => `(${columns.map((_, column) => placeholder(at * columns.length + column)).join(', ')})`
  const values = Array.from({ length: rows }, (_, at) => row(at)).join(', ')
  return `${insert} into ${table} (${columns.join(', ')}) values ${values} on conflict do nothing`
}
