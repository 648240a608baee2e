import { createHash } from 'node:crypto'
import type { ImportFormat } from '../app/import-lines.ts'
import type { Core } from '../core/ports.ts'

/** Enough of a file to tell it from others. */
const headBytes = 64 * 1024

/** By what an import is known when it is gone on with: how what it reads begins. */
export async function nameOf(
  { secrets }: Pick<Core, 'secrets'>,
  input: AsyncIterable<Buffer>,
  format: ImportFormat,
): Promise<{ name: string; stream: AsyncIterable<Buffer> }> {
  const pieces = input[Symbol.asyncIterator]()
  const head: Buffer[] = []
  for (let bytes = 0; bytes < headBytes; ) {
    const piece = await pieces.next()
    if (piece.done) break
    head.push(piece.value)
    bytes += piece.value.length
  }
  const digest = createHash('sha256').update(Buffer.concat(head).subarray(0, headBytes)).digest('base64url')
  async function* all() {
    yield* head
    yield* { [Symbol.asyncIterator]: () => pieces }
  }
  return { name: secrets.digest('import', `${format} ${digest}`), stream: all() }
}
