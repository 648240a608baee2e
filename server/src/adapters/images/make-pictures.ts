import sharp from 'sharp'
import { avatarSides, avatarSizes } from '../../core/avatars/avatar.ts'
import { limits } from '../../core/limits.ts'

export type Made =
  /** In the order of `avatarSizes`. */
  { readonly pictures: readonly Uint8Array[] } | { readonly flaw: 'undecodable' | 'too_large' }

// Of all that libvips can read, these two; nothing is kept for another image, and no thread but the one that works.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
sharp.cache(false)
sharp.concurrency(1)

const reading = {
  limitInputPixels: limits.imagePixelsMax,
  sequentialRead: true,
  failOn: 'error',
  autoOrient: true,
} as const

const white = '#ffffff'
const quality = 85

/**
 * Decodes an image once, and makes pictures of it that hold nothing but pixels: upright, the middle as a square, in sRGB, transparent parts white. Of
 * an animation that is the first frame.
 */
export async function makePictures(image: Uint8Array): Promise<Made> {
  try {
    const { width, height } = await sharp(image, reading).metadata()
    const side = Math.min(avatarSides.large, width, height)
    const { data, info } = await sharp(image, reading)
      .resize(side, side, { fit: 'cover', position: 'centre' })
      .flatten({ background: white })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const pixels = { raw: { width: info.width, height: info.height, channels: info.channels } }
    const pictures: Uint8Array[] = []
    for (const size of avatarSizes) {
      const scaled = size === 'large' ? sharp(data, pixels) : sharp(data, pixels).resize(avatarSides[size])
      pictures.push(await scaled.jpeg({ quality }).toBuffer())
    }
    return { pictures }
  } catch (thrown) {
    return { flaw: thrown instanceof Error && /pixel limit/.test(thrown.message) ? 'too_large' : 'undecodable' }
  }
}
