import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import sharp from 'sharp'
import * as images from '../../../test/images.ts'
import { until } from '../../../test/timing.ts'
import { avatarSides, avatarSizes } from '../../core/avatars/avatar.ts'
import { limits } from '../../core/limits.ts'
import { openDecoder } from './decoder.ts'

const troubles: string[] = []
const decoder = openDecoder({ onTrouble: (code) => troubles.push(code) })

async function picturesOf(image: Uint8Array) {
  const read = await decoder.read(image)
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.refusal))
  return read.value.pictures
}

async function verdictOf(image: Uint8Array): Promise<string> {
  const read = await decoder.read(image)
  if (read.ok) return 'ok'
  return read.refusal.code === 'unprocessable_image' ? read.refusal.because : read.refusal.code
}

/** Reddish, greenish, bluish or white at the middle of the upper and of the lower edge. */
async function edgesOf(picture: Uint8Array): Promise<string> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const colourAt = (y: number) => {
    const at = (y * info.width + Math.floor(info.width / 2)) * info.channels
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3)
    if (Math.min(r, g, b) > 240) return 'white'
    return r > g + b ? 'red' : g > r + b ? 'green' : b > r + g ? 'blue' : `${r} ${g} ${b}`
  }
  return `${colourAt(1)}, ${colourAt(info.height - 2)}`
}

function children(): string[] {
  const threads = readdirSync('/proc/self/task')
  return threads.flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'latin1').match(/\d+/g) ?? [])
}

describe('the decoder', () => {
  after(() => decoder.close())

  test('makes upright squares in three sizes, of which none is larger than what was sent but the small ones', async () => {
    const pictures = await picturesOf(await images.rotatedJpeg())
    const large = await picturesOf(await images.noisyJpeg(1100))

    const sides = await Promise.all(avatarSizes.map(async (size) => (await sharp(pictures[size]).metadata()).width))
    assert.deepEqual(sides, [40, 256, 64])
    assert.equal(await edgesOf(pictures.large), 'red, blue')
    const { width, height, format } = await sharp(large.large).metadata()
    assert.deepEqual([width, height, format], [avatarSides.large, avatarSides.large, 'jpeg'])
  })

  test('keeps pixels and nothing else: no place, no name, no profile', async () => {
    for (const image of [await images.locatedJpeg(), await images.rotatedJpeg()]) {
      assert.ok(image.includes(images.canary))
      for (const picture of Object.values(await picturesOf(image))) {
        const { exif, xmp, iptc, icc, orientation, comments } = await sharp(picture).metadata()
        assert.deepEqual([exif, xmp, iptc, icc, orientation, comments], new Array(6).fill(undefined))
        assert.equal(Buffer.from(picture).includes(images.canary), false)
      }
    }
  })

  test('reads what cameras, scanners and editors write', async () => {
    assert.equal(await verdictOf(await images.cmykJpeg()), 'ok')
    for (const image of [await images.cmykJpeg(), await images.deepPng(), await images.interlacedPng()]) {
      const { space, depth, channels } = await sharp((await picturesOf(image)).large).metadata()
      assert.deepEqual([space, depth, channels], ['srgb', 'uchar', 3])
    }
    assert.equal(await edgesOf((await picturesOf(images.animatedPng())).medium), 'green, green')
    assert.equal(await edgesOf((await picturesOf(await images.transparentPng())).medium), 'white, white')
  })

  test('refuses what ends too early, is damaged, or only begins like an image', async () => {
    const jpeg = await images.rotatedJpeg()
    const png = await images.interlacedPng()
    const damaged = Buffer.from(images.smallPng).fill(1, 45, 46)
    const begun = Buffer.concat([images.smallPng.subarray(0, 8), Buffer.alloc(1000, 7)])
    for (const bad of [jpeg.subarray(0, -200), jpeg.subarray(0, -2), png.subarray(0, -30), damaged, begun])
      assert.equal(await verdictOf(bad), 'undecodable')
  })

  test('reads nothing but JPEG and PNG, whatever else the library can read', async () => {
    const gif = await sharp(images.smallPng).gif().toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
    for (const other of [await images.webp(), gif, svg]) {
      assert.ok((await sharp(other).metadata()).width > 0)
      assert.equal(await verdictOf(other), 'undecodable')
    }
  })

  test('refuses by its head what has too many pixels, and by what it takes whatever takes too much memory', async () => {
    assert.equal(await verdictOf(images.claimingPng(50_000, 50_000)), 'too_large')
    assert.equal(await verdictOf(images.flatPng(16_000, 16_000)), 'too_large')
    assert.ok(images.flatPng(16_000, 16_000).length < 32_000)
    assert.deepEqual(troubles, [])

    assert.equal(await verdictOf(images.textBombPng('zTXt', 30, 60)), 'too_large')
    assert.deepEqual(troubles.splice(0), ['out_of_memory'])
    assert.equal(await verdictOf(images.smallPng), 'ok')
  })

  test('goes on in another process when one dies', async () => {
    assert.equal(await verdictOf(Buffer.concat([images.smallPng, Buffer.alloc(limits.avatarBytesMax)])), 'undecodable')
    assert.deepEqual(troubles.splice(0), ['died'])
    assert.equal(await verdictOf(images.smallPng), 'ok')
  })

  test('ends what takes too long', async () => {
    const told: string[] = []
    await using hasty = openDecoder({ msMax: 20, onTrouble: (code) => told.push(code) })
    const read = await hasty.read(await images.costlyJpeg(3000, 3000))
    assert.deepEqual(read, { ok: false, refusal: { code: 'unprocessable_image', because: 'too_slow' } })
    assert.deepEqual(told, ['too_slow'])
  })

  test('ends its process when there is nothing to do, and not while there is', async () => {
    const before = new Set(children())
    await using brief = openDecoder({ idleMsMax: 100 })
    const own = () => children().filter((pid) => !before.has(pid))

    assert.ok((await brief.read(images.smallPng)).ok)
    const [first] = own()
    assert.ok((await brief.read(images.flatPng(1, 2_000_000))).ok)
    assert.deepEqual(own(), [first])
    await until(() => own().length === 0)
    assert.ok((await brief.read(images.smallPng)).ok)
  })

  test('takes one after the other, and sends away whoever would wait behind too many', async () => {
    const count = limits.imagesWaitingMax + 4
    const verdicts = await Promise.all(Array.from({ length: count }, () => verdictOf(images.smallPng)))
    assert.equal(verdicts.filter((verdict) => verdict === 'ok').length, limits.imagesWaitingMax + 1)
    assert.equal(verdicts.filter((verdict) => verdict === 'busy').length, 3)
  })
})
