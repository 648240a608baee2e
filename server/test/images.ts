import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/* Images as people, cameras and attackers make them. */

const red = '#e00000'
const blue = '#0000e0'

/** The left half red, the right half blue. */
function halves(width: number, height: number) {
  const right = { create: { width: Math.floor(width / 2), height, channels: 3, background: blue } } as const
  return sharp({ create: { width, height, channels: 3, background: red } }).composite([
    { input: right, left: Math.ceil(width / 2), top: 0 },
  ])
}

/** Lies on its side: what is shown has red above and blue below. */
export async function rotatedJpeg(): Promise<Buffer> {
  const flat = await halves(60, 40).png().toBuffer()
  return sharp(flat)
    .withExif({ IFD0: { Artist: canary } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/** Stands in metadata, and must not be found in what is made of it. */
export const canary = 'CanaryOfTheCamera'

export async function locatedJpeg(): Promise<Buffer> {
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' }
  const flat = await halves(80, 80).png().toBuffer()
  return sharp(flat)
    .withExif({ IFD0: { Artist: canary, Copyright: canary }, IFD3: gps })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- ${canary} --></x:xmpmeta>`)
    .withIccProfile('p3')
    .jpeg()
    .toBuffer()
}

export async function cmykJpeg(): Promise<Buffer> {
  return sharp(await halves(80, 60).png().toBuffer())
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer()
}

export async function deepPng(): Promise<Buffer> {
  return sharp(await halves(80, 60).png().toBuffer())
    .toColourspace('rgb16')
    .png()
    .toBuffer()
}

export async function interlacedPng(): Promise<Buffer> {
  return sharp(await halves(80, 60).png().toBuffer())
    .png({ progressive: true })
    .toBuffer()
}

/** Nothing can be seen of it. */
export function transparentPng(): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 40, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
}

/** Noise does not compress: so many pixels, so many bytes. */
export function noisyJpeg(side: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  return sharp({ create: { width: side, height: side, channels: 3, noise, background: red } })
    .jpeg({ quality: 95 })
    .toBuffer()
}

/** A picture with as many pixels as are taken, in the form that takes most to decode. */
export function costlyJpeg(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: red } })
    .jpeg({ progressive: true, chromaSubsampling: '4:4:4', quality: 40 })
    .toBuffer()
}

export async function webp(): Promise<Buffer> {
  return halves(20, 20).webp().toBuffer()
}

// ── by hand ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function header(width: number, height: number, depth: number, colour: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([depth, colour], 8)
  return chunk('IHDR', data)
}

const end = chunk('IEND', Buffer.alloc(0))

function png(head: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([signature, head, ...chunks, end])
}

/** Sixteen pixels in one colour, of three bytes. */
function plainData(colour: readonly number[]): Buffer {
  const row = Buffer.from([0, ...colour, ...colour, ...colour, ...colour])
  return Buffer.concat([row, row, row, row])
}

const smallHead = header(4, 4, 8, 2)
const greenData = deflateSync(plainData([0, 224, 0]))

/** Four by four green pixels. */
export const smallPng = png(smallHead, chunk('IDAT', greenData))

/** Green first, then red. */
export function animatedPng(): Buffer {
  const control = (sequence: number) => {
    const data = Buffer.alloc(26)
    data.writeUInt32BE(sequence, 0)
    data.writeUInt32BE(4, 4)
    data.writeUInt32BE(4, 8)
    data.writeUInt16BE(1, 20)
    data.writeUInt16BE(10, 22)
    return chunk('fcTL', data)
  }
  const frames = Buffer.alloc(8)
  frames.writeUInt32BE(2)
  const second = Buffer.concat([Buffer.from([0, 0, 0, 2]), deflateSync(plainData([224, 0, 0]))])
  return png(smallHead, chunk('acTL', frames), control(0), chunk('IDAT', greenData), control(1), chunk('fdAT', second))
}

/** Says that it is so large; there is next to nothing in it. */
export function claimingPng(width: number, height: number): Buffer {
  return png(header(width, height, 8, 6), chunk('IDAT', deflateSync(Buffer.alloc(1000))))
}

/** It is as large as it says, and all of one colour: 31 kB for 16000 by 16000. */
export function flatPng(width: number, height: number): Buffer {
  return png(header(width, height, 1, 0), chunk('IDAT', deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height))))
}

/** A small picture, with texts that take up so much more when they are unpacked. */
export function textBombPng(type: 'zTXt' | 'iTXt', mib: number, times: number): Buffer {
  const packed = deflateSync(Buffer.alloc(mib * 1024 * 1024, 0x41))
  const keyword = type === 'zTXt' ? 'Comment\0\0' : 'Comment\0\x01\0\0\0'
  const bomb = chunk(type, Buffer.concat([Buffer.from(keyword, 'latin1'), packed]))
  return png(smallHead, ...new Array<Buffer>(times).fill(bomb), chunk('IDAT', greenData))
}

/** A profile of colours that is none, and unpacks to so much. */
export function profileBombPng(mib: number): Buffer {
  const packed = deflateSync(Buffer.alloc(mib * 1024 * 1024))
  return png(smallHead, chunk('iCCP', Buffer.concat([Buffer.from('Profile\0\0'), packed])), chunk('IDAT', greenData))
}
