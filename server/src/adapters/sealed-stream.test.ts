import assert from 'node:assert/strict'
import { createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import { BrokenSeal } from './keys.ts'
import { sealing, unsealing } from './sealed-stream.ts'

const key = createSecretKey(Buffer.alloc(32, 7))
const mebibyte = 1024 * 1024

async function through(bytes: Buffer, stream: ReturnType<typeof sealing>): Promise<Buffer> {
  // Pieces that fit no segment.
  const pieces = Array.from({ length: Math.ceil(bytes.length / 99_991) }, (_, at) =>
    bytes.subarray(at * 99_991, (at + 1) * 99_991),
  )
  const [out] = await Promise.all([buffer(stream), pipeline(Readable.from(pieces), stream)])
  return out
}

const seal = (bytes: Buffer) => through(bytes, sealing(key, 'a'))
const unseal = (bytes: Buffer, context = 'a') => through(bytes, unsealing(key, context))

test('whatever its length, what is sealed is what is unsealed', async () => {
  const firstSegment = mebibyte - 16 - 40
  for (const length of [0, 1, firstSegment - 1, firstSegment, firstSegment + 1, 2 * mebibyte - 72, 2_500_000]) {
    const bytes = randomBytes(length)
    const sealed = await seal(bytes)
    assert.ok((await unseal(sealed)).equals(bytes), String(length))
    assert.notDeepEqual(sealed, await seal(bytes))
  }
})

test('a stream that is changed, cut, reordered or patched together of two is not unsealed to its end', async () => {
  const bytes = randomBytes(3 * mebibyte)
  const [sealed, other] = [await seal(bytes), await seal(bytes)]
  const segment = (of: Buffer, at: number) => of.subarray(at * mebibyte, (at + 1) * mebibyte)
  const of = (...parts: Buffer[]) => Buffer.concat(parts)
  const flipped = Buffer.from(sealed)
  flipped.writeUInt8(flipped.readUInt8(2 * mebibyte) ^ 1, 2 * mebibyte)
  const broken = {
    flipped,
    'cut within a segment': sealed.subarray(0, -1),
    'cut between segments': sealed.subarray(0, 2 * mebibyte),
    'of one segment': segment(sealed, 0),
    empty: Buffer.alloc(0),
    longer: of(sealed, Buffer.alloc(1)),
    reordered: of(segment(sealed, 0), segment(sealed, 2), segment(sealed, 1), segment(sealed, 3)),
    doubled: of(segment(sealed, 0), segment(sealed, 1), segment(sealed, 1), segment(sealed, 2), segment(sealed, 3)),
    'with a gap': of(segment(sealed, 0), segment(sealed, 2), segment(sealed, 3)),
    'of two streams': of(segment(sealed, 0), segment(other, 1), segment(sealed, 2), segment(sealed, 3)),
    'with the beginning of another': of(other.subarray(0, 40), sealed.subarray(40)),
  }
  for (const [what, patched] of Object.entries(broken)) await assert.rejects(unseal(patched), BrokenSeal, what)
  await assert.rejects(unseal(sealed, 'b'), BrokenSeal)
})

test('whoever has the key and the description opens it without this program', async () => {
  const sealed = await seal(Buffer.from('Ada'))

  const streamKey = Buffer.from(hkdfSync('sha256', key.export(), sealed.subarray(1, 33), Buffer.from('a'), 32))
  const nonce = Buffer.concat([sealed.subarray(33, 40), Buffer.from([0, 0, 0, 0, 1])])
  const decipher = createDecipheriv('aes-256-gcm', streamKey, nonce, { authTagLength: 16 }).setAuthTag(
    sealed.subarray(-16),
  )

  assert.equal(decipher.update(sealed.subarray(40, -16)).toString() + decipher.final(), 'Ada')
})
