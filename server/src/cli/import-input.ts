import { open, readFile } from 'node:fs/promises'
import type { ImportFormat } from '../app/import-lines.ts'
import { type Note, openNotes } from '../app/import-sources/notes.ts'
import {
  type ImportSourceName,
  openImportSource,
  parseRolePair,
  type SourceNeeds,
} from '../app/import-sources/open-source.ts'
import { SourceTrouble } from '../app/import-sources/source.ts'
import { translated } from '../app/import-sources/translate.ts'
import { causeOf, UsageError } from './command.ts'

export interface InputOptions {
  readonly format?: ImportFormat
  /** The product that wrote the file; ours unless said. */
  readonly from?: ImportSourceName
  /** `ours=theirs`. */
  readonly roleMap?: readonly string[]
  readonly passwords?: string
  readonly hashConfig?: string
}

export interface ImportInput {
  /** Lines of our own, whoever wrote the file. */
  readonly stream: AsyncIterable<Buffer>
  readonly format: ImportFormat
  /** Null when nobody knows. */
  readonly bytes: number | null
  /** How much of the file is read when so much of the stream is. */
  fileBytesAt(streamBytes: number): number
  /** What a line stands for. */
  readonly unit: 'line' | 'record'
  /** The lines up to this one were taken, besides those that were refused. */
  settle(upTo: number, refused: ReadonlySet<number>): void
  /** What could not be carried of whoever was taken. */
  notes(): readonly Note[]
}

export async function openImportInput(file: string, options: InputOptions): Promise<ImportInput> {
  const { from } = options
  if (from === undefined) {
    refuseForeign(options)
    const format = options.format ?? formatOf(file)
    const input = await openFile(file)
    return { ...input, format, fileBytesAt: (bytes) => bytes, unit: 'line', settle() {}, notes: () => [] }
  }
  if (options.format !== undefined) throw new UsageError(`--from says what the file is, so leave --format out.`)
  const source = await openImportSource(from, needsOf(from, options)).catch(inUsage)
  const { stream, bytes } = await openFile(file)
  const counted = counting(stream)
  const notes = openNotes()
  return {
    stream: translated(counted.stream, source, notes),
    format: 'ndjson',
    bytes,
    fileBytesAt: counted.bytes,
    unit: 'record',
    settle: notes.settle,
    notes: notes.all,
  }
}

function inUsage(thrown: Error): never {
  throw thrown instanceof SourceTrouble ? new UsageError(thrown.message) : thrown
}

function formatOf(file: string): ImportFormat {
  if (/\.csv$/i.test(file)) return 'csv'
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson'
  throw new UsageError(
    'Say what the file is: --format csv or --format ndjson, or --from and the product that wrote it.',
  )
}

/** Options that mean nothing are a mistake of whoever gave them. */
function refuseForeign({ roleMap, passwords, hashConfig }: InputOptions): void {
  if (roleMap !== undefined) throw new UsageError('--role-map goes with --from.')
  if (passwords !== undefined) throw new UsageError('--passwords goes with --from auth0.')
  if (hashConfig !== undefined) throw new UsageError('--hash-config goes with --from firebase.')
}

function needsOf(from: ImportSourceName, { roleMap = [], passwords, hashConfig }: InputOptions): SourceNeeds {
  if (passwords !== undefined && from !== 'auth0') throw new UsageError('--passwords goes with --from auth0.')
  if (hashConfig !== undefined && from !== 'firebase') throw new UsageError('--hash-config goes with --from firebase.')
  if (from === 'firebase' && hashConfig === undefined) {
    throw new UsageError(
      'Say with --hash-config where the password hash parameters of the project are: the Firebase console shows them under Authentication, Users.',
    )
  }
  return {
    roleMap: new Map(roleMap.map(pairOf)),
    passwords: passwords === undefined ? null : () => streamOf(passwords),
    hashConfig: hashConfig === undefined ? null : () => readFile(hashConfig, 'utf8').catch(cannotBeRead),
  }
}

function pairOf(text: string): NonNullable<ReturnType<typeof parseRolePair>> {
  const pair = parseRolePair(text)
  if (pair !== null) return pair
  throw new UsageError('--role-map takes admin, user or viewer, an equals sign, and the role it stands for elsewhere.')
}

async function* streamOf(file: string): AsyncGenerator<Buffer> {
  yield* (await openFile(file)).stream
}

async function openFile(file: string): Promise<{ stream: AsyncIterable<Buffer>; bytes: number | null }> {
  if (file === '-') return { stream: process.stdin, bytes: null }
  const handle = await open(file).catch(cannotBeRead)
  const stat = await handle.stat()
  if (stat.isDirectory()) {
    await handle.close()
    throw new UsageError(`The file cannot be read: ${causeOf('EISDIR')}.`)
  }
  return { stream: handle.createReadStream(), bytes: stat.isFile() ? stat.size : null }
}

function cannotBeRead(thrown: NodeJS.ErrnoException): never {
  throw new UsageError(`The file cannot be read: ${causeOf(thrown.code)}.`)
}

function counting(input: AsyncIterable<Buffer>): { stream: AsyncIterable<Buffer>; bytes: () => number } {
  let bytes = 0
  async function* counted() {
    for await (const piece of input) {
      bytes += piece.length
      yield piece
    }
  }
  return { stream: counted(), bytes: () => bytes }
}
