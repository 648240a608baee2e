import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { type Form, form } from '../core/form.ts'
import { limits } from '../core/limits.ts'
import type { Fault, Flaw } from '../core/refusals.ts'
import type { ImportedUserValues } from '../core/users/arrival.ts'
import type { ImportEntry } from '../core/users/import-users.ts'
import type { Parsed } from '../core/users/text.ts'
import { restored } from './cells.ts'
import { readForm } from './forms.ts'
import { type Column, columns, isColumn, organizationShape, userShape } from './import-shapes.ts'
import { parseJson } from './json-body.ts'
import { type Line, openSplitter } from './line-splitter.ts'

export type ImportFormat = 'ndjson' | 'csv'

/** One user or organization of a file, as far as they could be read. */
export type ImportLine = ImportEntry & {
  /** From 1; the header and empty lines count. */
  readonly line: number
}

export interface ImportChunk {
  readonly lines: readonly ImportLine[]
  /** The last line before these, 0 for none. */
  readonly after: number
  /** Behind the last of them. */
  readonly end: ImportPlace
  /** Whoever comes behind may belong to an organization that is added here: no chunk is begun until this one is done. */
  readonly goesFirst: boolean
  /** Of the file, by now. */
  readonly bytesRead: number
}

/** A place between two lines. */
export interface ImportPlace {
  /** The one before it. */
  readonly line: number
  /** SHA-256 of all up to there. */
  readonly digest: string
}

/** What stands before the place where an import ended is not what it was. */
export class AnotherFile extends Error {
  override readonly name = 'AnotherFile'
}

/** The first line of a CSV file does not say what the others hold. The message repeats nothing of it: it may be somebody's. */
export class HeaderTrouble extends Error {
  override readonly name = 'HeaderTrouble'
  readonly flaw: Flaw

  constructor(message: string, flaw: Flaw) {
    super(message)
    this.flaw = flaw
  }
}

export interface ReadingOptions {
  readonly linesAtOnce?: number
  /** Lines up to there are passed over. */
  readonly from?: ImportPlace | null
}

/**
 * Reads a file of users, one a line, as many at a time as one transaction takes. A line that cannot be read is a form of faults, and no other line
 * suffers from it: a value has no line break in it, not even in CSV.
 */
export async function* readImport(
  input: AsyncIterable<Buffer>,
  format: ImportFormat,
  { linesAtOnce = limits.importLinesAtOnce, from = null }: ReadingOptions = {},
): AsyncGenerator<ImportChunk> {
  const splitter = openSplitter(limits.importLineBytesMax)
  const reader = openReader(format, from)
  let waiting: Line[] = []
  let bytesRead = 0
  const taken = (count: number) => ({ ...reader.read(waiting.splice(0, count)), bytesRead })

  for await (const bytes of input) {
    bytesRead += bytes.length
    waiting.push(...reader.passOver(splitter.split(bytes)))
    for (let count = chunkOf(waiting, linesAtOnce); count > 0; count = chunkOf(waiting, linesAtOnce)) yield taken(count)
  }
  waiting = [...waiting, ...reader.passOver(splitter.rest())]
  for (let count = chunkOf(waiting, linesAtOnce); count > 0; count = chunkOf(waiting, linesAtOnce)) yield taken(count)
  reader.end()
  yield taken(waiting.length)
}

/** How many of the lines that wait make a chunk; none while there is room for more. */
function chunkOf(waiting: readonly Line[], linesAtOnce: number): number {
  let bytes = 0
  for (const [place, { length }] of waiting.entries()) {
    bytes += length
    if (place + 1 === linesAtOnce || bytes >= limits.importBytesAtOnce) return place + 1
  }
  return 0
}

interface LineReader {
  /** The lines behind the place where the reading is to begin. Throws AnotherFile when the others are not those that stood there. */
  passOver(lines: readonly Line[]): readonly Line[]
  read(lines: readonly Line[]): Omit<ImportChunk, 'bytesRead'>
  /** Throws AnotherFile when the lines end before that place. */
  end(): void
}

function openReader(format: ImportFormat, from: ImportPlace | null): LineReader {
  const read = format === 'csv' ? csvReader() : readNdjson
  const digest = createHash('sha256')
  let reached = 0
  const goTo = (lines: readonly Line[]): ImportPlace => {
    digest.update(Buffer.concat(lines.flatMap(({ bytes, length }) => [bytes ?? Buffer.from(`${length}`), newline])))
    reached = lines.at(-1)?.number ?? reached
    return { line: reached, digest: digest.copy().digest('base64url') }
  }
  return {
    passOver(lines) {
      if (from === null || reached >= from.line) return lines
      const passed = lines.filter(({ number }) => number <= from.line)
      if (reached === 0) read(passed.slice(0, 1))
      const place = goTo(passed)
      if (lines.length > passed.length && place.line !== from.line) throw new AnotherFile()
      if (place.line === from.line && place.digest !== from.digest) throw new AnotherFile()
      return lines.slice(passed.length)
    },
    read(lines) {
      const after = reached
      const end = goTo(lines)
      const entries = read(lines)
      return { lines: entries, after, end, goesFirst: entries.some(({ kind }) => kind === 'organization') }
    },
    end() {
      if (from !== null && reached < from.line) throw new AnotherFile()
    },
  }
}

const newline = Buffer.from('\n')

// ── NDJSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function readNdjson(lines: readonly Line[]): ImportLine[] {
  return lines.map((line) => ({ line: line.number, ...readObject(line) }))
}

function readObject({ bytes, length }: Line): ImportEntry {
  if (bytes === null) return user(tooLong(length))
  const parsed = parseJson(bytes)
  if (!parsed.ok && parsed.refusal.code === 'json_too_deep')
    return user(flawed({ flaw: 'too_deep', max: parsed.refusal.max }))
  if (!parsed.ok || !isObject(parsed.value)) return user(notEven('a JSON object in UTF-8'))
  const { kind = 'user', ...values } = withoutNull(parsed.value)
  if (kind === 'organization') return { kind, form: readForm(organizationShape, values) }
  const read = readForm(userShape, values)
  if (kind === 'user') return user(read)
  return user(
    form(read.values, [{ field: 'kind', flaw: 'not_one_of', values: ['user', 'organization'] }, ...read.faults]),
  )
}

function withoutNull(values: object): { readonly kind?: unknown; readonly [field: string]: unknown } {
  if (!Object.values(values).includes(null)) return values as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}

function user(read: Form<ImportedUserValues>): ImportEntry {
  return { kind: 'user', form: read }
}

// ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** RFC 4180, with a comma between values and the names of the fields in the first line. An empty value is none. */
function csvReader(): (lines: readonly Line[]) => ImportLine[] {
  let header: readonly Column[] | null = null

  return (lines) => {
    const rows = header === null ? lines.slice(1) : lines
    header ??= lines[0] === undefined ? null : headerOf(lines[0])
    const known = header ?? []
    const legible = rows.filter(isLegible)
    const records = recordsOf(legible.map(({ bytes }) => bytes.toString('utf8')))
    const recordOf = new Map(legible.map(({ number }, place) => [number, records[place] ?? null]))
    return rows.map((row) => ({ line: row.number, ...user(readRow(row, recordOf.get(row.number), known)) }))
  }
}

function readRow(
  { bytes, length }: Line,
  record: readonly string[] | null | undefined,
  header: readonly Column[],
): Form<ImportedUserValues> {
  if (bytes === null) return tooLong(length)
  if (record === undefined) return notEven('text in UTF-8')
  if (record === null) return notEven('a record of CSV')
  if (record.length !== header.length) return notEven(`a record of ${header.length} values`)
  const values: Record<string, unknown> = {}
  const faults: Fault[] = []
  for (const [place, column] of header.entries()) {
    const cell = record[place] ?? ''
    if (cell === '') continue
    const value = readCell(column, restored(cell))
    if ('flaw' in value) faults.push({ field: column, ...value.flaw })
    else values[column] = value.value
  }
  const read = readForm(userShape, values)
  return form(read.values, [...faults, ...read.faults])
}

function readCell(column: Column, cell: string): Parsed<unknown> {
  switch (columns[column]) {
    case 'text':
      return { value: cell }
    case 'flag':
      if (/^(true|false)$/i.test(cell)) return { value: cell.toLowerCase() === 'true' }
      return { flaw: { flaw: 'not_one_of', values: ['true', 'false'] } }
    case 'number':
      if (/^\d{1,15}$/.test(cell)) return { value: Number(cell) }
      return { flaw: { flaw: 'wrong_type', expected: 'whole number' } }
  }
}

function headerOf(line: Line): Column[] {
  const [found] = isLegible(line) ? recordsOf([line.bytes.toString('utf8')]) : []
  if (found === undefined || found === null) {
    const expected = 'a line of CSV in UTF-8'
    throw new HeaderTrouble('The first line is not a header of CSV in UTF-8.', { flaw: 'wrong_type', expected })
  }
  const names = found.map((name) => name.trim())
  const unknown = names.findIndex((name) => !isColumn(name))
  if (unknown >= 0) {
    throw new HeaderTrouble(
      `The first line has to name the columns, with commas between them. Column ${unknown + 1} is none of ${Object.keys(columns).join(', ')}.`,
      { flaw: 'not_one_of', values: Object.keys(columns) },
    )
  }
  const repeated = names.findIndex((name, place) => names.indexOf(name) !== place)
  if (repeated >= 0)
    throw new HeaderTrouble(`The first line names the column ${repeated + 1} twice.`, { flaw: 'repeated' })
  return names as Column[]
}

type LegibleLine = Line & { readonly bytes: Buffer }

function isLegible(line: Line): line is LegibleLine {
  return line.bytes !== null && isUtf8(line.bytes)
}

/** All at once, which is quicker by far, unless one of them is no record. */
function recordsOf(lines: readonly string[]): (string[] | null)[] {
  const together = parseRecords(lines.join('\n'))
  if (together?.length === lines.length) return together
  return lines.map((line) => {
    const alone = parseRecords(line)
    return alone?.length === 1 ? (alone[0] ?? null) : null
  })
}

function parseRecords(text: string): string[][] | null {
  try {
    return parse(text, { record_delimiter: '\n', relax_column_count: true })
  } catch {
    return null
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function flawed(flaw: Flaw): Form<ImportedUserValues> {
  return form({}, [{ field: '', ...flaw }])
}

function notEven(expected: string): Form<ImportedUserValues> {
  return flawed({ flaw: 'wrong_type', expected })
}

function tooLong(length: number): Form<ImportedUserValues> {
  return flawed({ flaw: 'too_long', max: limits.importLineBytesMax, length })
}
