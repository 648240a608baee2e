import { isUtf8 } from 'node:buffer'
import { limits } from '../core/limits.ts'
import { type Granted, grant } from '../core/outcome.ts'
import type { ProblemOf } from './phrasebook.ts'

/** What CSV says (RFC 4180): a line of names, and lines of cells. Blank lines are passed over. */
export interface Table {
  readonly names: readonly string[]
  readonly lines: readonly TableLine[]
}

export interface TableLine {
  /** Where it begins, the line of names being 1. */
  readonly line: number
  /** Without blanks around them, unless they are quoted. There may be fewer than names, or more. */
  readonly cells: readonly string[]
}

/**
 * UTF-8 with or without a byte order mark; lines end with any of LF, CRLF and CR. No more is read than `linesMax` lines and one, which tells that there
 * are too many. The parser is loaded when the first body comes.
 */
export async function readTable(
  bytes: Buffer,
  linesMax: number,
): Promise<Granted<Table> | { readonly ok: false; readonly refusal: ProblemOf<'unreadable_csv'> }> {
  if (!isUtf8(bytes) || bytes.includes(0)) return unreadable('encoding')
  const { CsvError, parse } = await import('csv-parse/sync')
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
  try {
    const [first, ...rest] = parse(text, { ...dialect, to: linesMax + 2 }) as unknown as Parsed[]
    if (first === undefined) return unreadable('empty')
    const [only = '', ...others] = first.record
    if (others.length === 0 && /[;\t|]/.test(only)) return unreadable('separator')
    return grant({ names: first.record, lines: rest.map(lineOf) })
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    const isTooLong = thrown.code === 'CSV_MAX_RECORD_SIZE'
    return unreadable(isTooLong ? 'line_too_long' : 'quotes', Number(thrown.lines))
  }
}

const dialect = {
  info: true,
  max_record_size: limits.csvLineLengthMax,
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: true,
  trim: true,
} as const

/** With `info` the parser tells where each record ends. */
interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function lineOf({ record, info }: Parsed): TableLine {
  return { line: info.lines - record.join('').split('\n').length + 1, cells: record }
}

function unreadable(because: ProblemOf<'unreadable_csv'>['because'], line: number | null = null) {
  return { ok: false, refusal: { code: 'unreadable_csv', because, line } } as const
}
