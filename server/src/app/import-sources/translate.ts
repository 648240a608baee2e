import type { Notes } from './notes.ts'
import { type ImportSource, isForeign } from './source.ts'

/** What no line of ours can be: whatever cannot be read is refused by its place. */
const illegible = 'null'

/** The file of another product as NDJSON of our own: a line for each record, empty for what is left out, so that lines count records. */
export async function* translated(
  input: AsyncIterable<Buffer>,
  source: ImportSource,
  notes: Notes,
): AsyncGenerator<Buffer> {
  let line = 0
  const next = (record: unknown) => {
    line += 1
    notes.begin(line)
    return `${lineOf(record, source, notes)}\n`
  }
  for await (const records of source.records(input, notes)) {
    if (records.length > 0) yield Buffer.from(records.map(next).join(''))
  }
}

function lineOf(record: unknown, source: ImportSource, notes: Notes): string {
  if (!isForeign(record)) return illegible
  const line = source.translate(record, notes)
  if (line === null) return ''
  try {
    return JSON.stringify(line)
  } catch {
    // Nested deeper than the stack of this process.
    return illegible
  }
}
