import { unmarked } from '../ui/csv.ts'
import { type Cells, type Line, namesIn, present } from './lines.ts'

/** A file of comma-separated values, as it stands there. */
export interface Table {
  /** What the first line calls the columns; made up where it calls them nothing. */
  readonly names: readonly string[]
  readonly lines: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/** A column that somebody can be given. */
export interface Column {
  readonly name: string
  readonly label: string
  /** What others call it, in small letters without anything but letters and digits. */
  readonly alsoCalled: readonly string[]
}

/** A full name in one column, which is cut in two. */
export const fullName: Column = {
  name: 'fullName',
  label: 'Full name',
  alsoCalled: ['name', 'displayname'],
}

/** A file that cannot be read as a table; the message is for people. */
export class NoTable extends Error {
  override readonly name = 'NoTable'
}

/** Reads CSV with commas, semicolons or tabs between values. The parser is loaded when the first file comes. */
export async function readTable(bytes: ArrayBuffer): Promise<Table> {
  const text = decode(bytes)
  const { CsvError, parse } = await import('csv-parse/browser/esm/sync')
  const options = { delimiter: separatorOf(text), info: true, relax_column_count: true, relax_quotes: true } as const
  try {
    const parsed = parse(text, { ...options, skip_empty_lines: true, trim: true }) as unknown as Parsed[]
    return tableOf(parsed)
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    throw new NoTable(`The quotes in line ${thrown.lines ?? 1} do not match, so the file cannot be read as a table.`)
  }
}

interface Parsed {
  readonly record: readonly string[]
  /** Where the record ends. */
  readonly info: { readonly lines: number }
}

function tableOf(parsed: readonly Parsed[]): Table {
  const [first, ...rest] = parsed
  if (first === undefined) throw new NoTable('The file is empty.')
  const isHeader = !first.record.some((cell) => cell.includes('@'))
  const width = Math.max(first.record.length, 1)
  const names = Array.from({ length: width }, (_, place) => (isHeader && first.record[place]) || `Column ${place + 1}`)
  const filled = (isHeader ? rest : parsed).filter(({ record }) => record.some((cell) => cell !== ''))
  const lines = filled.map(({ record, info }) => ({
    line: info.lines - record.join('').split('\n').length + 1,
    cells: record.map(unmarked),
  }))
  if (lines.length === 0) throw new NoTable('The file has a line of names, and nobody below it.')
  return { names, lines }
}

/** UTF-8, or what spreadsheets of Windows write; with one kind of line break. */
function decode(bytes: ArrayBuffer): string {
  return decoded(bytes).replace(/\r\n?/g, '\n')
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Whichever the first line has most of. */
function separatorOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? ''
  const counts = [',', ';', '\t'].map((separator) => [separator, first.split(separator).length] as const)
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0]
}

/** Which column each of the table's is taken for; null for one that is left out. */
export type Mapping = readonly (string | null)[]

/** Guesses by what columns are called, and by what looks like an address. Each is taken once. */
export function guessMapping({ names, lines }: Table, columns: readonly Column[]): Mapping {
  const taken = new Set<string>()
  const take = (column: Column | undefined) => {
    if (column === undefined || taken.has(column.name)) return null
    taken.add(column.name)
    return column.name
  }
  const known = [...columns, fullName]
  const guessed = names.map((name) => {
    const plain = plainly(name)
    return take(known.find((column) => plainly(column.name) === plain || column.alsoCalled.includes(plain)))
  })
  if (taken.has('email')) return guessed
  const place = names.findIndex((_, at) => guessed[at] === null && lines[0]?.cells[at]?.includes('@'))
  return guessed.map((column, at) => (at === place ? 'email' : column))
}

function plainly(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** The lines of a table by the columns that its own are taken for. */
export function linesOf({ lines }: Table, mapping: Mapping): Line[] {
  return lines.map(({ line, cells: found }) => {
    const cells: Record<string, string> = {}
    for (const [place, column] of mapping.entries()) if (column !== null) cells[column] = found[place] ?? ''
    const { fullName: whole = '', ...others } = cells
    const names: Cells = whole === '' ? {} : namesIn(whole)
    return { line, cells: present({ ...names, ...present(others) }), problem: null }
  })
}
