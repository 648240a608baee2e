import type { ExportQuery } from '@sudigital/client'
import { client } from '../../../../client/client.ts'
import { saveFile } from '../../../../ui/save.ts'

export type ExportFormat = NonNullable<ExportQuery['format']>

export interface Downloaded {
  readonly bytes: number
  readonly lines: number
}

/** Who is in the file. */
export type Whom = Omit<ExportQuery, 'format'>

/** As many can be named in one request. */
export const namedMax = 200

/** What the page holds by itself, at most; the rest is the browser's to keep, where it does on disk. */
const heldBytesMax = 4_000_000
const lineEnd = 10

/** Reads the file that the server writes, tells how far it is, and hands it to the browser to be saved. */
export async function download(
  format: ExportFormat,
  whom: Whom,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: Downloaded) => void },
): Promise<Downloaded> {
  const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson'
  const file = await client.exports.users({ format, ...whom }, { signal })
  const kept: Blob[] = []
  let held: Uint8Array<ArrayBuffer>[] = []
  let progress: Downloaded = { bytes: 0, lines: 0 }
  const reader = file.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    held.push(new Uint8Array(value))
    progress = { bytes: progress.bytes + value.length, lines: progress.lines + linesIn(value) }
    if (progress.bytes - sizeOf(kept) > heldBytesMax) {
      kept.push(new Blob(held))
      held = []
    }
    onProgress(progress)
  }
  saveFile(new Blob([...kept, ...held], { type }), `users-${new Date().toISOString().slice(0, 10)}.${format}`)
  return progress
}

function sizeOf(blobs: readonly Blob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0)
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0
  for (const byte of bytes) if (byte === lineEnd) lines += 1
  return lines
}
