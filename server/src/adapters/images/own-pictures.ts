import { createHash } from 'node:crypto'
import { type Avatar, type AvatarSize, avatarSides, avatarSizes } from '../../core/avatars/avatar.ts'
import { limits } from '../../core/limits.ts'

/**
 * The pictures of one user as this program made them, perhaps in another directory: three squares of the sides that they have here, JPEG, and in each
 * nothing but pixels. They are not decoded, so they stay what they are to the last byte.
 */
export function recognisePictures(encoded: Readonly<Record<AvatarSize, string>>): Avatar | null {
  const length = avatarSizes.reduce((sum, size) => sum + encoded[size].length, 0)
  if ((length / 4) * 3 > limits.importedPicturesBytesMax) return null
  const [large, medium, small] = avatarSizes.map((size) => pictureIn(encoded[size], size))
  if (!large || !medium || !small) return null
  return { pictures: { large, medium, small }, hash: createHash('sha256').update(large).digest('base64url') }
}

function pictureIn(encoded: string, size: AvatarSize): Buffer | null {
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) return null
  const side = sideOf(bytes)
  if (side === null) return null
  const isRight = size === 'large' ? side <= avatarSides.large : side === avatarSides[size]
  return isRight ? bytes : null
}

/** Markers of ITU-T T.81, table B.1. */
const [beginning, end, quantization, huffman, restart, scan] = [0xd8, 0xd9, 0xdb, 0xc4, 0xdd, 0xda]
/** Baseline, and progressive. */
const frames: readonly number[] = [0xc0, 0xc2]
const silent: readonly number[] = [quantization, huffman, restart]

/**
 * The side of a square JPEG that has tables, one frame and its scans, and neither comments nor application data nor anything behind its end; null
 * for all else.
 */
function sideOf(bytes: Buffer): number | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== (0xff00 | beginning)) return null
  let side: number | null = null
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const next = at + 2 + bytes.readUInt16BE(at + 2)
    if (frames.includes(marker) && side === null && next >= at + 9) side = squareAt(bytes, at)
    else if (marker !== scan && !silent.includes(marker)) return null
    at = marker === scan ? endOfScan(bytes, next) : next
    if (at === bytes.length - 2 && bytes.readUInt16BE(at) === (0xff00 | end)) return side
  }
  return null
}

/** Height and width stand behind the length of the segment and the depth of a pixel. */
function squareAt(bytes: Buffer, at: number): number | null {
  if (at + 9 > bytes.length) return null
  const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
  return height === width && width > 0 ? width : null
}

/** Where the next marker stands: in a scan, 0xff is followed by zero or by the number of a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0 && at + 1 < bytes.length) {
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0 && (marker < 0xd0 || marker > 0xd7)) return at
    at = bytes.indexOf(0xff, at + 2)
  }
  return bytes.length
}
