import type { Area } from 'react-easy-crop'
import { Explained } from '../../../client/words.ts'

/** The server keeps smaller ones; more would only be sent. */
const sideMax = 1024

/** A square part of a picture, upright, as a file: a PNG of a PNG, which may be transparent, and a JPEG of all else. */
export async function cutOut(address: string, { x, y, width, height }: Area, type: string): Promise<Blob> {
  const image = new Image()
  image.src = address
  await image.decode()
  const canvas = document.createElement('canvas')
  const side = Math.max(1, Math.min(sideMax, Math.round(width)))
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (context === null) throw unable()
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, x, y, width, height, 0, 0, side, side)
  return new Promise((done, fail) => {
    const give = (file: Blob | null) => (file === null ? fail(unable()) : done(file))
    canvas.toBlob(give, type === 'image/png' ? 'image/png' : 'image/jpeg', 0.92)
  })
}

function unable(): Explained {
  return new Explained('The picture could not be cut out', 'It is too large for this browser. Choose a smaller one.')
}
