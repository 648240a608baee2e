const lengthBytes = 4

/** A frame is its length in four bytes, and so many bytes. */
export function framed(bytes: Uint8Array): [Buffer, Uint8Array] {
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(bytes.length)
  return [length, bytes]
}

/** The frames that come, until the stream ends. Throws when one is longer than it may be. */
export async function* framesIn(chunks: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let heldBytes = 0
  let wantedBytes: number | null = null

  function take(bytes: number): Buffer {
    const all = Buffer.concat(held, heldBytes)
    held = [all.subarray(bytes)]
    heldBytes -= bytes
    return all.subarray(0, bytes)
  }

  for await (const chunk of chunks) {
    held.push(chunk)
    heldBytes += chunk.length
    while (heldBytes >= (wantedBytes ?? lengthBytes)) {
      if (wantedBytes === null) {
        wantedBytes = take(lengthBytes).readUInt32BE()
        if (wantedBytes > bytesMax) throw new RangeError(`a frame of ${wantedBytes} bytes is too long`)
      } else {
        yield take(wantedBytes)
        wantedBytes = null
      }
    }
  }
}
