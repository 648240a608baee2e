import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { BrokenSeal } from './keys.ts'

/*
 * STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, “Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance”, 2015), in the form that Tink
 * calls AES256_GCM_HKDF_1MB: a header, and segments of AES-256-GCM. The header is its own length, a salt of 32 bytes, of which HKDF-SHA256 makes the
 * key of this stream, and 7 bytes that each nonce begins with; a nonce goes on with the number of its segment and ends with whether that is the last.
 * So no segment can be changed, moved, doubled, left out or taken from another stream, and the end cannot be cut off.
 */

const saltBytes = 32
const prefixBytes = 7
const headerBytes = 1 + saltBytes + prefixBytes
const tagBytes = 16
const segmentBytes = 1024 * 1024

/** `context` says what the stream is: it opens as nothing else. */
export function sealing(key: KeyObject, context: string): Transform {
  const header = Buffer.concat([Buffer.from([headerBytes]), randomBytes(headerBytes - 1)])
  const nonceOf = noncesOf(header)
  const streamKey = keyOf(key, header, context)
  const seal = (bytes: Buffer, isLast: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', streamKey, nonceOf(isLast))
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
  const stream = inSegments(segmentBytes - tagBytes, segmentBytes - tagBytes - headerBytes, seal)
  stream.push(header)
  return stream
}

/** Fails with `BrokenSeal` at the first segment that is not what was sealed, or where the end is missing. What came before is what was sealed. */
export function unsealing(key: KeyObject, context: string): Transform {
  let open: ((bytes: Buffer, isLast: boolean) => Buffer) | null = null
  return inSegments(segmentBytes, segmentBytes, (segment, isLast) => {
    const bytes = open === null ? segment.subarray(headerBytes) : segment
    open ??= opener(key, segment.subarray(0, headerBytes), context)
    return open(bytes, isLast)
  })
}

function opener(key: KeyObject, header: Buffer, context: string): (bytes: Buffer, isLast: boolean) => Buffer {
  if (header.length < headerBytes || header[0] !== headerBytes) throw new BrokenSeal('a sealed stream has no beginning')
  const nonceOf = noncesOf(header)
  const streamKey = keyOf(key, header, context)
  return (bytes, isLast) => {
    if (bytes.length < tagBytes) throw new BrokenSeal('a sealed stream is cut short')
    const decipher = createDecipheriv('aes-256-gcm', streamKey, nonceOf(isLast), { authTagLength: tagBytes })
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()])
    } catch {
      throw new BrokenSeal('a sealed stream was changed or cut short, or sealed under another key')
    }
  }
}

function keyOf(key: KeyObject, header: Buffer, context: string): Buffer {
  const salt = header.subarray(1, 1 + saltBytes)
  return Buffer.from(hkdfSync('sha256', key.export(), salt, Buffer.from(context), 32))
}

/** The nonces of the segments, one after the other. */
function noncesOf(header: Buffer): (isLast: boolean) => Buffer {
  const prefix = header.subarray(1 + saltBytes)
  let segment = 0
  return (isLast) => {
    const rest = Buffer.alloc(5)
    rest.writeUInt32BE(segment)
    rest[4] = isLast ? 1 : 0
    segment += 1
    return Buffer.concat([prefix, rest])
  }
}

/** Segments of one size, but for the first and the last, which is not known to be the last before the stream ends. */
function inSegments(bytes: number, firstBytes: number, turn: (segment: Buffer, isLast: boolean) => Buffer): Transform {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let size = firstBytes

  function* whole(): Generator<Buffer> {
    while (waitingBytes > size) {
      const all = Buffer.concat(waiting)
      const rest = all.subarray(size)
      waiting = [rest]
      waitingBytes = rest.length
      const segment = all.subarray(0, size)
      size = bytes
      yield segment
    }
  }

  const attempt = (done: TransformCallback, work: () => void) => {
    try {
      work()
      done()
    } catch (thrown) {
      done(thrown as Error)
    }
  }
  return new Transform({
    transform(chunk: Buffer, _, done) {
      attempt(done, () => {
        waiting.push(chunk)
        waitingBytes += chunk.length
        for (const segment of whole()) this.push(turn(segment, false))
      })
    },
    flush(done) {
      attempt(done, () => this.push(turn(Buffer.concat(waiting), true)))
    },
  })
}
