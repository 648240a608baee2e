import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { Type } from '#typebox'
import { type Form, form } from '../core/form.ts'
import { limits } from '../core/limits.ts'
import type { Fault, Flaw } from '../core/refusals.ts'
import type { ImportedUserValues } from '../core/users/import-users.ts'
import type { Json } from '../core/users/user.ts'
import { compileForm, readForm } from '../http/forms.ts'
import { parseJson } from '../http/json-body.ts'
import { type Line, openSplitter } from './line-splitter.ts'

export type ImportFormat = 'ndjson' | 'csv'

/** One user of a file, as far as they could be read. */
export interface ImportLine {
  /** From 1; the header and empty lines count. */
  readonly line: number
  readonly form: Form<ImportedUserValues>
}

export interface ImportChunk {
  readonly lines: readonly ImportLine[]
  /** Of the file, by now. */
  readonly bytesRead: number
}

/** The first line of a CSV file does not say what the others hold. The message repeats nothing of it: it may be somebody's. */
export class HeaderTrouble extends Error {
  override readonly name = 'HeaderTrouble'
}

/**
 * Reads a file of users, one a line, as many at a time as one transaction takes. A line that cannot be read is a form of faults, and no other line
 * suffers from it: a value has no line break in it, not even in CSV.
 */
export async function* readImport(input: AsyncIterable<Buffer>, format: ImportFormat): AsyncGenerator<ImportChunk> {
  const splitter = openSplitter(limits.importLineBytesMax)
  const read = format === 'csv' ? csvReader() : readNdjson
  let waiting: Line[] = []
  let bytesRead = 0

  for await (const bytes of input) {
    bytesRead += bytes.length
    waiting.push(...splitter.split(bytes))
    while (waiting.length >= limits.importLinesAtOnce) {
      yield { lines: read(waiting.slice(0, limits.importLinesAtOnce)), bytesRead }
      waiting = waiting.slice(limits.importLinesAtOnce)
    }
  }
  waiting.push(...splitter.rest())
  yield { lines: read(waiting), bytesRead }
}

// ── NDJSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function readNdjson(lines: readonly Line[]): ImportLine[] {
  return lines.map((line) => ({ line: line.number, form: readObject(line) }))
}

function readObject({ bytes, length }: Line): Form<ImportedUserValues> {
  if (bytes === null) return tooLong(length)
  const parsed = parseJson(bytes)
  if (!parsed.ok && parsed.refusal.code === 'json_too_deep')
    return flawed({ flaw: 'too_deep', max: parsed.refusal.max })
  if (!parsed.ok || !isObject(parsed.value)) return notEven('a JSON object in UTF-8')
  return readForm(shape, Object.fromEntries(Object.entries(parsed.value).filter(([, value]) => value !== null)))
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
    return rows.map((row) => ({ line: row.number, form: readRow(row, recordOf.get(row.number), known) }))
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
    const value = record[place] ?? ''
    if (value === '') continue
    if (column !== 'emailVerified') values[column] = value
    else if (/^(true|false)$/i.test(value)) values[column] = value.toLowerCase() === 'true'
    else faults.push({ field: column, flaw: 'not_one_of', values: ['true', 'false'] })
  }
  const read = readForm(shape, values)
  return form(read.values, [...faults, ...read.faults])
}

function headerOf(line: Line): Column[] {
  const [names] = isLegible(line) ? recordsOf([line.bytes.toString('utf8')]) : []
  if (names === undefined || names === null) throw new HeaderTrouble('The first line is not a header of CSV in UTF-8.')
  const unknown = names.findIndex((name) => !isColumn(name.trim()))
  if (unknown >= 0) {
    throw new HeaderTrouble(
      `The first line has to name the columns, with commas between them. Column ${unknown + 1} is none of ${Object.keys(columns).join(', ')}.`,
    )
  }
  const repeated = names.findIndex((name, place) => names.indexOf(name) !== place)
  if (repeated >= 0) throw new HeaderTrouble(`The first line names the column ${repeated + 1} twice.`)
  return names.map((name) => name.trim() as Column)
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

// ── shapes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const text = Type.Optional(Type.String())
const textOrNull = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const flagOrNull = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))
const exact = { additionalProperties: false } as const

/** What CSV can hold, too. */
const columns = {
  email: text,
  username: text,
  firstName: text,
  lastName: text,
  role: text,
  status: text,
  emailVerified: Type.Optional(Type.Boolean()),
  passwordHash: text,
  avatar: text,
  redirectUri: text,
}

type Column = keyof typeof columns

function isColumn(name: string): name is Column {
  return Object.hasOwn(columns, name)
}

const profile = Type.Object(
  {
    bio: textOrNull,
    location: textOrNull,
    website: textOrNull,
    twitter: textOrNull,
    linkedin: textOrNull,
    github: textOrNull,
  },
  exact,
)

const preferences = Type.Object(
  {
    theme: textOrNull,
    language: textOrNull,
    timezone: textOrNull,
    notifications: Type.Optional(Type.Object({ email: flagOrNull, push: flagOrNull, marketing: flagOrNull }, exact)),
  },
  exact,
)

/** What was parsed from JSON is that, whatever it holds. */
const attributes = Type.Unsafe<Readonly<Record<string, Json>>>(Type.Record(Type.String(), Type.Unknown()))

const shape = compileForm(
  Type.Object(
    {
      ...columns,
      profile: Type.Optional(profile),
      preferences: Type.Optional(preferences),
      attributes: Type.Optional(attributes),
    },
    exact,
  ),
)

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
