import { stripVTControlCharacters } from 'node:util'
import { styled } from './command.ts'

export interface Column<Row> {
  readonly title: string
  readonly of: (row: Row) => string | null
  /** How much of it is shown where there is too little room for all: columns with more give way first. */
  readonly least: number
}

const gap = '  '
const ellipsis = '…'
/** Where standard output is no terminal, nothing is cut. */
const widthElsewhere = Number.POSITIVE_INFINITY
/** So many rows say how wide the columns of all are. */
const rowsAtOnce = 100

/**
 * Rows as lines for people, as they come: the first of them say how wide the columns are. Nothing of what stands in a row moves the cursor or reorders what
 * is beside it.
 */
export async function* tableLines<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly Column<Row>[],
  width = process.stdout.columns ?? widthElsewhere,
): AsyncGenerator<string> {
  const { default: measure } = await import('fast-string-truncated-width')
  const widthOf = (text: string) => measure(text).width
  const cut = (text: string, limit: number) => {
    const { index, ellipsed } = measure(text, { limit, ellipsis, ellipsisWidth: 1 })
    return ellipsed ? `${text.slice(0, index)}${ellipsis}` : text
  }
  let waiting: string[][] = []
  let widths: number[] | null = null

  function* lines(): Generator<string> {
    if (widths === null) {
      const titles = columns.map(({ title }) => title)
      const wanted = columns.map((_, at) => Math.max(...[titles, ...waiting].map((cells) => widthOf(cells[at] ?? ''))))
      widths = fitted(wanted, columns, width)
      yield styled('dim', lineOf(titles, widths))
    }
    for (const cells of waiting) yield lineOf(cells, widths)
    waiting = []
  }
  const lineOf = (cells: readonly string[], limits: readonly number[]) =>
    cells
      .map((cell, at) => {
        const shown = cut(cell, limits[at] ?? 0)
        return `${shown}${' '.repeat(Math.max(0, (limits[at] ?? 0) - widthOf(shown)))}`
      })
      .join(gap)
      .trimEnd()

  for await (const row of rows) {
    waiting.push(columns.map((column) => printable(column.of(row) ?? '-')))
    if (widths !== null || waiting.length === rowsAtOnce) yield* lines()
  }
  if (waiting.length > 0) yield* lines()
}

/** Names and values of one thing, a line each. */
export function* factLines(facts: readonly (readonly [name: string, value: string | null])[]): Generator<string> {
  const known = facts.filter(([, value]) => value !== null)
  const width = Math.max(...known.map(([name]) => name.length))
  for (const [name, value] of known) yield `${styled('dim', name.padEnd(width))}${gap}${printable(value ?? '')}`
}

/** Whatever a terminal takes for a command, and what turns the direction of reading, becomes a mark. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  )
}

/** Takes from the widest that can give until all of them fit, as far as that goes. */
function fitted<Row>(wanted: readonly number[], columns: readonly Column<Row>[], width: number): number[] {
  const widths = [...wanted]
  const total = () => widths.reduce((sum, one) => sum + one, 0) + gap.length * (widths.length - 1)
  while (total() > width) {
    const room = widths.map((one, at) => one - (columns[at]?.least ?? one))
    const most = Math.max(...room)
    if (most <= 0) return widths
    const at = room.indexOf(most)
    widths[at] = (widths[at] ?? 0) - 1
  }
  return widths
}

/** `2026-05-01 10:00`, in UTC. */
export function minuteOf(instant: string | null | undefined): string | null {
  return instant ? `${instant.slice(0, 10)} ${instant.slice(11, 16)}` : null
}
