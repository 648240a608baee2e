import type { ExportQuery } from '@sudigital/client'
import { client } from '../../../../client/client.ts'
import { saveFile } from '../../../../ui/save.ts'
import type { filterFor } from '../question.ts'

export type ExportFormat = NonNullable<ExportQuery['format']>

export interface Downloaded {
  readonly bytes: number
  readonly lines: number
}

const lineEnd = 10

/** Reads the file that the server writes, tells how far it is, and hands it to the browser to be saved. */
export async function download(
  format: ExportFormat,
  filter: ReturnType<typeof filterFor>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: Downloaded) => void },
): Promise<Downloaded> {
  const file = await client.exports.users({ format, ...filter }, { signal })
  const parts: Uint8Array<ArrayBuffer>[] = []
  let progress: Downloaded = { bytes: 0, lines: 0 }
  const reader = file.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(new Uint8Array(value))
    progress = { bytes: progress.bytes + value.length, lines: progress.lines + linesIn(value) }
    onProgress(progress)
  }
  const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson'
  saveFile(new Blob(parts, { type }), `users-${new Date().toISOString().slice(0, 10)}.${format}`)
  return progress
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0
  for (const byte of bytes) if (byte === lineEnd) lines += 1
  return lines
}
