import type { JSONParser as Parser } from '@streamparser/json'
import { limits } from '../../core/limits.ts'
import { parseJson } from '../../http/json-body.ts'
import { openSplitter } from '../../http/line-splitter.ts'
import { SourceTrouble } from './source.ts'

interface Met {
  readonly value: unknown
  /** What the path of it begins with, `$` left out. */
  readonly path: readonly (string | number | undefined)[]
}

/** The values of these paths of one JSON document, some at a time, in their order. It holds no more of the file than one of them and what lies beside. */
export async function* valuesAt(
  input: AsyncIterable<Buffer>,
  paths: readonly string[],
): AsyncGenerator<readonly Met[]> {
  const { JSONParser } = await import('@streamparser/json')
  const parser: Parser = new JSONParser({ paths: [...paths], keepStack: false })
  const faults: Error[] = []
  let met: Met[] = []
  let [bytes, sinceBytes] = [0, 0]
  parser.onError = (fault) => faults.push(fault)
  parser.onValue = ({ value, key, stack }) => {
    met.push({ value, path: [...stack.slice(1).map((one) => one.key), key] })
  }

  for await (const piece of input) {
    const isBlank = parser.isEnded && piece.toString('latin1').trim() === ''
    if (!isBlank) parser.write(piece)
    if (faults.length > 0) throw new SourceTrouble(`The file is not JSON in UTF-8, somewhere behind byte ${bytes}.`)
    bytes += piece.length
    if (met.length > 0) sinceBytes = bytes
    if (bytes - sinceBytes > limits.importForeignBytesMax) {
      throw new SourceTrouble(`Behind byte ${sinceBytes}, ${limits.importForeignBytesMax} bytes hold no user.`)
    }
    yield met
    met = []
  }
  if (!parser.isEnded) throw new SourceTrouble(`The file ends at byte ${bytes}, in the middle of its JSON.`)
}

const bracket = 0x5b

/** An array of records, or one record a line. Of lines one that cannot be read is null, and the others do not suffer from it. */
export async function* recordsIn(input: AsyncIterable<Buffer>): AsyncGenerator<readonly unknown[]> {
  const pieces = input[Symbol.asyncIterator]()
  const first = await firstText(pieces)
  if (first === null) return
  const whole = joined(first, pieces)
  if (first.find((byte) => !isBlank(byte)) !== bracket) return yield* recordsInLines(whole)
  for await (const met of valuesAt(whole, ['$.*'])) yield met.map(({ value }) => value)
}

async function firstText(pieces: AsyncIterator<Buffer>): Promise<Buffer | null> {
  let read = Buffer.alloc(0)
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    read = Buffer.concat([read, next.value])
    if (read.some((byte) => !isBlank(byte))) return read
  }
  return null
}

/** White space, and a byte order mark. */
function isBlank(byte: number): boolean {
  return [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(byte)
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function* recordsInLines(input: AsyncIterable<Buffer>): AsyncGenerator<readonly unknown[]> {
  const splitter = openSplitter(limits.importLineBytesMax)
  for await (const piece of input) yield splitter.split(piece).map(({ bytes }) => recordIn(bytes))
  yield splitter.rest().map(({ bytes }) => recordIn(bytes))
}

function recordIn(bytes: Buffer | null): unknown {
  const parsed = bytes === null ? null : parseJson(bytes)
  return parsed?.ok ? parsed.value : null
}
