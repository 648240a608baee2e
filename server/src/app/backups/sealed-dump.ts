import type { KeyObject } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sealing, unsealing } from '../../adapters/sealed-stream.ts'

/** What a sealed dump is; it opens as nothing else. */
export const dumpContext = 'roster/v1/backup/database'

interface SealOptions {
  readonly key: KeyObject
  readonly context: string
  readonly reach: (bytes: number, of: number) => void
}

/** Writes what comes, sealed, into a file of its own that nobody else can read. How much will come nobody knows. */
export async function sealInto(dumped: Readable, file: string, { key, context, reach }: SealOptions): Promise<void> {
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      reach(bytes, 0)
      done(null, chunk)
    },
  })
  await pipeline(dumped, count, sealing(key, context), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
}

/** What was sealed in a file. It ends without a fault only where it is whole and unchanged. */
export function unsealFrom(file: string, { key, context }: Omit<SealOptions, 'reach'>): Readable {
  const source = createReadStream(file, { highWaterMark: 1024 * 1024 })
  const opened = unsealing(key, context)
  source.on('error', (fault) => opened.destroy(fault))
  return source.pipe(opened)
}
