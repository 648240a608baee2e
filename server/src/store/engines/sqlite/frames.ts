import type { Socket } from 'node:net'
import { deserialize, serialize } from 'node:v8'
import { limits } from '../../../core/limits.ts'

const lengthBytes = 4
const idBytes = 4

/** Writes one message: its length, then its value as the structured clone algorithm keeps it. */
export function sendFrame(socket: Socket, value: unknown): void {
  send(socket, serialize(value))
}

/** The same of a question, which whoever passes it on need not read. */
export function sendQuestion(socket: Socket, id: number, task: unknown): void {
  const head = Buffer.alloc(idBytes)
  head.writeUInt32BE(id)
  send(socket, head, serialize(task))
}

/** Its bytes are a copy, to be handed to another thread. */
export function questionIn(body: Buffer): { readonly id: number; readonly task: Uint8Array<ArrayBuffer> } {
  return { id: body.readUInt32BE(), task: new Uint8Array(body.subarray(idBytes)) }
}

function send(socket: Socket, ...parts: readonly Buffer[]): void {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  if (bytes > limits.commandFrameBytesMax) throw new RangeError(`a frame of ${bytes} bytes is too long`)
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(bytes)
  socket.cork()
  for (const part of [length, ...parts]) socket.write(part)
  socket.uncork()
}

/** What the other side sends. Rejects when the connection breaks. */
export interface Intake {
  /** Exactly so many bytes; null when the other side hung up before. */
  take(bytes: number): Promise<Buffer | null>
  /** The next message as it came; null when the other side hung up. */
  body(): Promise<Buffer | null>
  /** The next message; null when the other side hung up. */
  frame(): Promise<{ readonly value: unknown } | null>
}

export function openIntake(socket: Socket): Intake {
  const chunks: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let heldBytes = 0

  async function take(bytes: number): Promise<Buffer | null> {
    while (heldBytes < bytes) {
      const { value: chunk, done } = await chunks.next()
      if (done) return null
      held.push(chunk)
      heldBytes += chunk.length
    }
    const all = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held)
    held = [all.subarray(bytes)]
    heldBytes -= bytes
    return all.subarray(0, bytes)
  }

  async function body(): Promise<Buffer | null> {
    const length = (await take(lengthBytes))?.readUInt32BE() ?? null
    if (length === null) return null
    if (length > limits.commandFrameBytesMax) throw new RangeError(`a frame of ${length} bytes is too long`)
    return take(length)
  }

  return {
    take,
    body,
    async frame() {
      const came = await body()
      return came === null ? null : { value: deserialize(came) }
    },
  }
}
