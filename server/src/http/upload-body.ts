import { setImmediate as rest } from 'node:timers/promises'
import { limits } from '../core/limits.ts'
import { type Granted, grant } from '../core/outcome.ts'
import type { ProblemOf } from './phrasebook.ts'

/** A form (RFC 7578) with as many files as the route takes. What the file is called on the caller's disk, and of what type they say that it is, is not told. */
export interface Upload {
  /** The first. */
  readonly file: UploadedFile | null
  readonly files: readonly UploadedFile[]
  /** Names of all the other fields. */
  readonly fields: readonly string[]
}

export interface UploadedFile {
  /** The name of its field. */
  readonly field: string
  readonly bytes: Uint8Array
}

type Unread = { readonly ok: false; readonly refusal: ProblemOf<'unreadable_form' | 'file_too_large'> }

/** Read piece by piece, with a rest after each, so that nobody else waits for a large one. The parser is loaded when the first form comes. */
export async function readUpload(
  bytes: Buffer,
  contentType: string,
  { fileBytesMax, filesMax }: FilesTaken,
): Promise<Granted<Upload> | Unread> {
  const parser = await openParser(contentType, { fileBytesMax, filesMax })
  if (parser === null) return unreadable
  const fields: string[] = []
  const files: { readonly field: string; readonly pieces: Buffer[] }[] = []
  let flaw: Unread | null = null
  const end = Promise.withResolvers<void>()

  function giveUp(because: Unread): void {
    flaw ??= because
    end.resolve()
  }

  for (const event of brokenBy) parser.on(event, () => giveUp(unreadable))
  parser.on('field', (name) => void fields.push(name ?? ''))
  parser.on('file', (name, file) => {
    const pieces: Buffer[] = []
    files.push({ field: name ?? '', pieces })
    file.on('data', (piece: Buffer) => pieces.push(piece))
    file.on('limit', () => giveUp({ ok: false, refusal: { code: 'file_too_large', maxBytes: fileBytesMax } }))
    file.on('error', () => giveUp(unreadable))
  })
  parser.on('finish', () => end.resolve())

  for (let at = 0; at < bytes.length && flaw === null; at += pieceBytes) {
    parser.write(bytes.subarray(at, at + pieceBytes))
    await rest()
  }
  parser.end()
  const hanging = setTimeout(() => giveUp(unreadable), endMsMax)
  await end.promise
  clearTimeout(hanging)
  if (flaw !== null) return flaw
  const read = files.map(({ field, pieces }) => ({ field, bytes: joined(pieces, bytes) }))
  return grant({ file: read[0] ?? null, files: read, fields })
}

/** Pieces that lie in the body side by side are joined where they lie: a copy would take as much memory again. */
function joined(pieces: readonly Buffer[], body: Buffer): Buffer {
  const from = (pieces[0]?.byteOffset ?? 0) - body.byteOffset
  let to = from
  for (const piece of pieces) {
    if (piece.buffer !== body.buffer || piece.byteOffset - body.byteOffset !== to) return Buffer.concat(pieces)
    to += piece.length
  }
  return body.subarray(from, to)
}

/** How large each may be, and how many there may be. */
export interface FilesTaken {
  readonly fileBytesMax: number
  readonly filesMax: number
}

const unreadable: Unread = { ok: false, refusal: { code: 'unreadable_form' } }
const pieceBytes = 64 * 1024
/** Once it has all bytes, a parser that says nothing says nothing more. */
const endMsMax = 1_000

const brokenBy = ['partsLimit', 'filesLimit', 'fieldsLimit', 'error'] as const

/** Null where the type names no boundary. */
async function openParser(contentType: string, { fileBytesMax, filesMax }: FilesTaken) {
  const { Busboy } = await import('@fastify/busboy')
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        files: filesMax,
        fields: limits.formFieldsMax,
        parts: limits.formFieldsMax + filesMax,
        fileSize: fileBytesMax,
        fieldSize: limits.formFieldBytesMax,
        headerSize: limits.formHeaderBytesMax,
        headerPairs: limits.formHeadersMax,
      },
    })
  } catch {
    return null
  }
}
