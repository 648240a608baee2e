import type { Socket } from 'node:net'
import { deserialize, serialize } from 'node:v8'
import { limits } from '../../../core/limits.ts'

const lengthBytes = 4

/** Writes one message: its length, then its value as the structured clone algorithm keeps it. */
export function sendFrame(socket: Socket, value: unknown): void {
  const body = serialize(value)
  if (body.length > limits.commandFrameBytesMax) throw new RangeError(`a frame of ${body.length} bytes is too long`)
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(body.length)
  socket.cork()
  socket.write(length)
  socket.write(body)
  socket.uncork()
}

/** What the other side sends. Rejects when the connection breaks. */
export interface Intake {
  /** Exactly so many bytes; null when the other side hung up before. */
  take(bytes: number): Promise<Buffer | null>
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

  return {
    take,
    async frame() {
      const length = (await take(lengthBytes))?.readUInt32BE() ?? null
      if (length === null) return null
      if (length > limits.commandFrameBytesMax) throw new RangeError(`a frame of ${length} bytes is too long`)
      const body = await take(length)
      return body === null ? null : { value: deserialize(body) }
    },
  }
}
