import type { Import, ImportError } from '../../core/imports/import.ts'
import { readImport } from '../../core/imports/read-import.ts'
import { startImport } from '../../core/imports/start-import.ts'
import { may } from '../../core/permissions.ts'
import type { Fault } from '../../core/refusals.ts'
import { exportUsers } from '../../core/users/export-users.ts'
import { type Answer, json, stream } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { type ExportFormat, writeExport } from '../../http/export-lines.ts'
import { HeaderTrouble, type ImportChunk, readImport as readLines } from '../../http/import-lines.ts'
import { csvType, isOfType, ndjsonType } from '../../http/json-body.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { instant } from './present.ts'
import { errorOf, refusals } from './refusals.ts'

const parameters = [
  ...(['search', 'role', 'status', 'emailVerified', 'createdFrom', 'createdTo', 'updatedFrom', 'updatedTo'] as const),
  ...(['lastLoginFrom', 'lastLoginTo', 'ids', 'format'] as const),
] as const

const types: Readonly<Record<ExportFormat, string>> = {
  ndjson: ndjsonType,
  csv: `${csvType}; charset=utf-8; header=present`,
}

/** A file without what lets anybody sign in, and with addresses in place of pictures. */
export async function exportAll({ core, actor, query }: Call): Promise<Answer> {
  const { values, faults } = readQuery(query, parameters)
  const { format = 'ndjson', ...filter } = values
  const wrong: Fault[] = isFormat(format) ? [] : [{ field: 'format', flaw: 'not_one_of', values: Object.keys(types) }]
  const scope = { organizations: may(actor, 'organizations:manage'), pictures: false, credentials: false }
  const lines = await exportUsers(core, actor, { values: filter, faults: [...wrong, ...faults] }, scope)
  if (!lines.ok) return phrase(refusals, lines.refusal)
  const written = isFormat(format) ? format : 'ndjson'
  return stream(200, types[written], writeExport(lines.value, written, { credentials: false }), {
    'content-disposition': `attachment; filename="users.${written}"`,
  })
}

function isFormat(text: string): text is ExportFormat {
  return Object.hasOwn(types, text)
}

/** What can be known at once of a file is told at once; the rest is asked for by the id. */
export async function importAll({ core, actor, query, bytes, headers, mount }: Call): Promise<Answer> {
  const asked = readQuery(query, ['dryRun'])
  const format = isOfType(headers['content-type'], [csvType]) ? 'csv' : 'ndjson'
  const file = await openFile(bytes, format)
  const started = await startImport(core, actor, { ...asked, faults: [...asked.faults, ...file.faults] }, file.chunks)
  if (!started.ok) return phrase(refusals, started.refusal)
  const { value } = started
  return json(202, { data: presentImport(value) }, { location: `${mount}/api/imports/${value.id}` })
}

interface OpenFile {
  readonly chunks: AsyncIterable<ImportChunk>
  readonly faults: readonly Fault[]
}

/** Reads as much of it as tells whether it is a file of users at all. */
async function openFile(bytes: Uint8Array | null, format: ExportFormat): Promise<OpenFile> {
  if (bytes === null) return { chunks: nothing(), faults: [{ field: '', flaw: 'missing' }] }
  const chunks = readLines(inPieces(bytes), format)
  try {
    const first = await chunks.next()
    return { chunks: first.done ? nothing() : after(first.value, chunks), faults: [] }
  } catch (thrown) {
    if (!(thrown instanceof HeaderTrouble)) throw thrown
    return { chunks: nothing(), faults: [{ field: 'header', ...thrown.flaw }] }
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield Buffer.from(bytes.subarray(from, from + pieceBytes))
}

const pieceBytes = 64 * 1024

async function* nothing(): AsyncGenerator<never> {}

async function* after(first: ImportChunk, others: AsyncIterable<ImportChunk>): AsyncGenerator<ImportChunk> {
  yield first
  yield* others
}

export async function oneImport({ core, actor, params }: Call): Promise<Answer> {
  const read = await readImport(core, actor, params.id ?? '')
  return read.ok ? json(200, { data: presentImport(read.value) }) : phrase(refusals, read.refusal)
}

function presentImport({ id, state, startedBy, startedAtMs, updatedAtMs, progress }: Import) {
  return {
    id,
    state,
    ...progress,
    errors: progress.errors.map(presentError),
    startedBy,
    startedAt: instant(startedAtMs),
    updatedAt: instant(updatedAtMs),
  }
}

function presentError({ line, refusal }: ImportError) {
  return { line, ...errorOf(refusal).error }
}
