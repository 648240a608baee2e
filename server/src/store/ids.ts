import { randomFillSync } from 'node:crypto'

/** A clock may be set back this far before the order of ids is given up for it. */
const setBackMsMax = 10_000
const counterMax = 0xfff
const bytesPerId = 10

const block = new Uint8Array(1024 * bytesPerId)
let used = block.length

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

let lastMs = -1
let counter = 0

/**
 * RFC 9562 UUIDv7 in lower case. Ids of one process ascend: within a millisecond a 12-bit counter that begins at random below 2048 orders
 * them (section 6.2, method 1); when it is spent, the id takes the next millisecond.
 *
 * `randomBytes` answers the given number of bytes, which it may reuse afterwards.
 */
export function uuidv7(nowMs: number, randomBytes: (count: number) => Uint8Array = fromBlock): string {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs >= 2 ** 48) throw new RangeError(`no instant for an id: ${nowMs}`)
  const random = randomBytes(bytesPerId)
  const byte = (at: number) => random[at] as number
  if (nowMs > lastMs || nowMs < lastMs - setBackMsMax) {
    lastMs = nowMs
    counter = ((byte(8) & 0x07) << 8) | byte(9)
  } else if (counter < counterMax) {
    counter += 1
  } else {
    lastMs += 1
    counter = ((byte(8) & 0x07) << 8) | byte(9)
  }
  const high = Math.floor(lastMs / 2 ** 16)
  const part = (at: number) => hex[byte(at)] as string
  const pair = (value: number) => `${hex[(value >>> 8) & 0xff]}${hex[value & 0xff]}`
  return (
    `${pair(high >>> 16)}${pair(high)}-${pair(lastMs % 2 ** 16)}-${pair(0x7000 | counter)}` +
    `-${hex[0x80 | (byte(0) & 0x3f)]}${part(1)}-${part(2)}${part(3)}${part(4)}${part(5)}${part(6)}${part(7)}`
  )
}

/** No id of this millisecond or a later one comes before it. */
export function lowestId(ms: number): string {
  const digits = Math.max(0, Math.min(ms, 2 ** 48 - 1))
    .toString(16)
    .padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`
}

/** Asking the system for a thousand ids' worth at once costs a tenth of asking for each. */
function fromBlock(count: number): Uint8Array {
  if (used + count > block.length) {
    randomFillSync(block)
    used = 0
  }
  used += count
  return block.subarray(used - count, used)
}
