import { limits } from '../core/limits.ts'
import { UsageError } from './command.ts'

/** In UTF-8, whatever the characters. */
const passwordBytesMax = limits.passwordLengthMax * 4 + 2

/** All of standard input but the end of its last line. */
export async function readPassword(): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > passwordBytesMax) throw new UsageError(`A password has ${limits.passwordLengthMax} characters at most.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}
