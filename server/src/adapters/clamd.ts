import { connect } from 'node:net'
import type { Scanner } from '../core/avatars/ports.ts'
import { limits } from '../core/limits.ts'

/** Where a ClamAV daemon listens. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number }

export interface Clamd extends Scanner {
  /** Null when it answers, else why it does not: a short code. */
  trouble(): Promise<string | null>
  /** The same of a file as large as any that may be uploaded. */
  troubleWithLargest(): Promise<string | null>
}

/** For directories without a scanner: decoding and re-encoding is all that happens to what is sent. */
export const noScanner: Scanner = { scan: () => Promise.resolve({ kind: 'clean' }) }

interface Options {
  readonly msMax?: number
  /** Told why a file was not scanned. */
  readonly onTrouble?: (code: string) => void
}

/** Has files scanned by clamd (its manual, “Commands”: `zINSTREAM`). What it does not call clean in so many words is not. */
export function openClamd(
  address: ClamdAddress,
  { msMax = limits.scanMsMax, onTrouble = () => {} }: Options = {},
): Clamd {
  return {
    async scan(file) {
      const { said, trouble } = await converse(address, instream(file), msMax)
      const found = said === null ? null : /^stream: (.+) FOUND$/s.exec(said)?.[1]
      if (said === 'stream: OK') return { kind: 'clean' }
      if (found) return { kind: 'flagged', signature: printableName(found) }
      onTrouble(trouble ?? troubleIn(said))
      return { kind: 'unscanned' }
    },
    async troubleWithLargest() {
      const { said, trouble } = await converse(address, instream(Buffer.alloc(limits.avatarBytesMax)), msMax)
      return said?.startsWith('stream: ') ? null : (trouble ?? troubleIn(said))
    },
    async trouble() {
      const { said, trouble } = await converse(address, [Buffer.from('zPING\0')], msMax)
      return said === 'PONG' ? null : (trouble ?? 'unclear_answer')
    },
  }
}

function troubleIn(said: string | null): string {
  return said?.startsWith('INSTREAM size limit exceeded') ? 'file_too_long' : 'unclear_answer'
}

const chunkBytes = 64 * 1024

/** Chunks, each behind its length; one without bytes is the end. */
function instream(file: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [Buffer.from('zINSTREAM\0')]
  for (let at = 0; at < file.length; at += chunkBytes) {
    const chunk = file.subarray(at, at + chunkBytes)
    parts.push(lengthOf(chunk.length), chunk)
  }
  return [...parts, lengthOf(0)]
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

interface Said {
  /** The whole answer; null where it did not come to its end. */
  readonly said: string | null
  readonly trouble: string | null
}

/** Sends, and waits for an answer, which ends with a NUL. The daemon may answer and hang up before it was sent everything. */
function converse(address: ClamdAddress, parts: readonly Uint8Array[], msMax: number): Promise<Said> {
  const { promise, resolve } = Promise.withResolvers<Said>()
  const socket = connect(address)
  let heard = ''
  let trouble = 'hung_up'

  function settle(said: string | null, because: string | null): void {
    clearTimeout(timer)
    socket.destroy()
    resolve({ said, trouble: because })
  }

  const timer = setTimeout(() => settle(null, 'too_slow'), msMax)
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    heard += text
    const end = heard.indexOf('\0')
    if (end >= 0) settle(heard.slice(0, end), null)
    else if (heard.length > limits.scanAnswerBytesMax) settle(null, 'unclear_answer')
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    trouble = error.code ?? trouble
  })
  socket.on('close', () => settle(null, trouble))
  socket.cork()
  for (const part of parts) socket.write(part)
  socket.uncork()
  return promise
}

/** Whoever wrote the signatures chose the name; it ends up in lists of activity. */
function printableName(name: string): string {
  return name.replace(/[^\x21-\x7e]+/g, '_').slice(0, limits.signatureLengthMax)
}
