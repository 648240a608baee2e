import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { locatedJpeg, rotatedJpeg, smallPng } from '../../../test/images.ts'
import type { AvatarSize } from '../../core/avatars/avatar.ts'
import { makePictures } from './make-pictures.ts'
import { recognisePictures } from './own-pictures.ts'

// `make-pictures` has the library read JPEG and PNG alone, for good, in the process of decoding; here others go on using it.
sharp.unblock({ operation: ['VipsForeignLoad'] })

type Encoded = Record<AvatarSize, string>

async function encodedFrom(image: Uint8Array): Promise<Encoded> {
  const made = await makePictures(image)
  assert.ok('pictures' in made)
  const [large = '', medium = '', small = ''] = made.pictures.map((bytes) => Buffer.from(bytes).toString('base64'))
  return { large, medium, small }
}

const square = (side: number) => sharp({ create: { width: side, height: side, channels: 3, background: '#e00000' } })
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

test('pictures that were made here are recognised to the last byte, and are what they were', async () => {
  for (const image of [await rotatedJpeg(), smallPng, await square(1500).png().toBuffer()]) {
    const encoded = await encodedFrom(image)

    const avatar = recognisePictures(encoded)

    assert.ok(avatar)
    for (const size of ['large', 'medium', 'small'] as const) assert.equal(text(avatar.pictures[size]), encoded[size])
  }
})

test('nothing is taken for a picture of ours that holds more than pixels, or is of another form or side', async () => {
  const good = await encodedFrom(await rotatedJpeg())
  const large = Buffer.from(good.large, 'base64')
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0x65, 0x76, 0x69, 0x6c])
  const application = Buffer.from([0xff, 0xe1, 0, 6, 0x45, 0x78, 0x69, 0x66])
  const bad: [what: string, size: AvatarSize, encoded: string][] = [
    ['camera data', 'large', text(await locatedJpeg())],
    ['a PNG', 'large', text(smallPng)],
    ['something behind the end', 'large', text(Buffer.concat([large, Buffer.from('<script>')]))],
    ['another picture behind the end', 'large', text(Buffer.concat([large, large]))],
    ['a comment', 'large', text(Buffer.concat([large.subarray(0, 2), comment, large.subarray(2)]))],
    ['an application segment', 'large', text(Buffer.concat([large.subarray(0, 2), application, large.subarray(2)]))],
    ['a comment after the scan', 'large', text(Buffer.concat([large.subarray(0, -2), comment, large.subarray(-2)]))],
    ['no end', 'large', text(large.subarray(0, -2))],
    ['half of it', 'large', text(large.subarray(0, large.length / 2))],
    ['a beginning alone', 'large', text(large.subarray(0, 3))],
    ['nothing', 'large', ''],
    ['more than 1024 pixels', 'large', text(await square(1025).jpeg().toBuffer())],
    [
      'no square',
      'large',
      text(
        await sharp({ create: { width: 64, height: 63, channels: 3, background: 'red' } })
          .jpeg()
          .toBuffer(),
      ),
    ],
    ['another side', 'small', good.medium],
    ['another spelling of base64', 'small', `${good.small}\n`],
    ['base64url', 'small', good.small.replaceAll('/', '_').replaceAll('+', '-')],
    ['too much', 'large', text(Buffer.concat([large.subarray(0, -2), Buffer.alloc(3_000_000), large.subarray(-2)]))],
  ]
  for (const [what, size, encoded] of bad) {
    if (encoded === good[size]) continue
    assert.equal(recognisePictures({ ...good, [size]: encoded }), null, what)
  }
})

test('whatever the bytes are, they are looked at without a fault', async () => {
  const good = await encodedFrom(await rotatedJpeg())
  const large = Buffer.from(good.large, 'base64')
  for (let at = 0; at < Math.min(large.length, 700); at += 1) {
    const changed = Buffer.from(large)
    changed[at] = 0xff
    recognisePictures({ ...good, large: text(changed) })
    recognisePictures({ ...good, large: text(large.subarray(0, at)) })
  }
})
