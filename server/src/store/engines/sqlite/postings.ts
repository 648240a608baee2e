import { isAscii } from '../../../core/users/text.ts'
import { codeOf, slotFor, textOfCode } from '../../gram-codes.ts'
import { type GramSink, gramFrom } from '../../search-terms.ts'
import type { Postings } from './segment.ts'

/** People come in the order of their numbers. */
export interface OpenPostings extends Postings, GramSink {
  /** From here on grams are those of this one, who stands in the column. However often somebody has a gram, it counts once. */
  begin(number: number, column: number): void
  /** How many the latest has. */
  count(): number
}

/** Who has which gram. */
export function openPostings(): OpenPostings {
  const ofText = new Map<string, number>()
  const ofAscii = openCodes()
  const lists = openLists()
  let numbers = new Float64Array(1_024)
  let columns = new Uint8Array(1_024)
  let people = 0
  let count = 0

  function add(list: number): void {
    if (lists.add(list, people)) count += 1
  }

  return {
    begin(number, column) {
      people += 1
      count = 0
      if (people === numbers.length) {
        numbers = longer(numbers, new Float64Array(people * 2))
        columns = longer(columns, new Uint8Array(people * 2))
      }
      numbers[people] = number
      columns[people] = column
    },
    take(points, at, length, mark) {
      if (typeof points === 'string') return add(ofAscii.placeOf(codeOf(points, at, length, mark), lists.open))
      const gram = (mark ?? '') + gramFrom(points, at, length)
      if (isAscii(gram)) return add(ofAscii.placeOf(codeOf(gram, 0, gram.length, null), lists.open))
      const list = ofText.get(gram) ?? lists.open()
      ofText.set(gram, list)
      add(list)
    },
    count: () => count,
    people: () => people,
    each(gram, has) {
      const grams = [...ofText].map(([text, list]) => ({ bytes: Buffer.from(text).toString('latin1'), list }))
      for (const [code, list] of ofAscii.all()) grams.push({ bytes: textOfCode(code), list })
      grams.sort((one, other) => (one.bytes < other.bytes ? -1 : 1))
      for (const { bytes, list } of grams) {
        gram(bytes)
        lists.each(list, (person) => has(numbers[person] as number, columns[person] as number))
      }
    },
  }
}

function longer<Values extends Uint8Array | Uint32Array | Float64Array>(values: Values, empty: Values): Values {
  empty.set(values)
  return empty
}

// ── grams of ASCII ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Codes {
  /** What was put there for the code; opened when there is nothing. */
  placeOf(code: number, open: () => number): number
  all(): Iterable<readonly [code: number, list: number]>
}

/** A table with open addressing, at most half full; no code is 0. */
function openCodes(): Codes {
  let codes = new Int32Array(2 ** 16)
  let lists = new Uint32Array(codes.length)
  let filled = 0

  function slotOf(code: number): number {
    let slot = slotFor(code, codes.length)
    while (codes[slot] !== code && codes[slot] !== 0) slot = (slot + 1) & (codes.length - 1)
    return slot
  }

  function grow(): void {
    const before = [...all()]
    codes = new Int32Array(codes.length * 2)
    lists = new Uint32Array(codes.length)
    for (const [code, list] of before) {
      const slot = slotOf(code)
      codes[slot] = code
      lists[slot] = list
    }
  }

  function* all(): Generator<readonly [number, number]> {
    for (const [slot, code] of codes.entries()) if (code !== 0) yield [code, lists[slot] as number]
  }

  return {
    placeOf(code, open) {
      const slot = slotOf(code)
      if (codes[slot] === code) return lists[slot] as number
      const list = open()
      codes[slot] = code
      lists[slot] = list
      filled += 1
      if (filled * 2 > codes.length) grow()
      return list
    },
    all,
  }
}

// ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Lists {
  open(): number
  /** False when this one came last. People count from 1, and come in their order. */
  add(list: number, person: number): boolean
  each(list: number, has: (person: number) => void): void
}

const slabBits = 20
const slabBytes = 2 ** slabBits
const firstBlockBytes = 16
const blockBytesMax = 1_024
const linkBytes = 4

/** What is known of a list, in a row of numbers: where it begins, where it goes on, where its last block ends, how long that is, and who came last. */
const [head, tail, end, size, latest, perList] = [0, 1, 2, 3, 4, 5]

/** A byte or two for each person: how many came in between, seven bits to a byte. A list is a chain of blocks that grow with it. */
function openLists(): Lists {
  const { block, bytesAt, linkAt } = openBlocks()
  let lists = new Uint32Array(perList * 1_024)
  let opened = 0

  function append(list: number, byte: number): void {
    const at = lists[list + tail] === lists[list + end] ? link(list) : (lists[list + tail] as number)
    bytesAt(at)[at & (slabBytes - 1)] = byte
    lists[list + tail] = at + 1
  }

  /** The next block of a chain is twice as long as the one that ends there. */
  function link(list: number): number {
    const bytes = Math.min(blockBytesMax, (lists[list + size] as number) * 2)
    const next = block(bytes)
    linkAt(lists[list + end] as number).setUint32(0, next)
    lists[list + size] = bytes
    lists[list + end] = next + bytes - linkBytes
    return next
  }

  return {
    open() {
      const list = opened * perList
      opened += 1
      if (list === lists.length) lists = longer(lists, new Uint32Array(list * 2))
      const at = block(firstBlockBytes)
      lists.set([at, at, at + firstBlockBytes - linkBytes, firstBlockBytes, 0], list)
      return list
    },
    add(list, person) {
      const before = lists[list + latest] as number
      if (before === person) return false
      lists[list + latest] = person
      let delta = person - before
      for (; delta >= 0x80; delta >>>= 7) append(list, (delta & 0x7f) | 0x80)
      append(list, delta)
      return true
    },
    each(list, has) {
      let at = lists[list + head] as number
      let bytes = firstBlockBytes
      let ends = at + bytes - linkBytes
      let [person, delta, shift] = [0, 0, 0]
      while (at !== lists[list + tail]) {
        if (at === ends) {
          bytes = Math.min(blockBytesMax, bytes * 2)
          at = linkAt(at).getUint32(0)
          ends = at + bytes - linkBytes
        }
        const byte = bytesAt(at)[at & (slabBytes - 1)] as number
        at += 1
        delta |= (byte & 0x7f) << shift
        shift += 7
        if (byte >= 0x80) continue
        person += delta
        has(person)
        delta = 0
        shift = 0
      }
    },
  }
}

/** Memory by the piece; none lies across two slabs. */
function openBlocks() {
  const slabs: Uint8Array[] = []
  let [free, room] = [0, 0]
  const bytesAt = (at: number) => slabs[at >>> slabBits] as Uint8Array
  return {
    block(bytes: number): number {
      if (room < bytes) {
        free = slabs.length * slabBytes
        room = slabBytes
        slabs.push(new Uint8Array(slabBytes))
      }
      const place = free
      free += bytes
      room -= bytes
      return place
    },
    bytesAt,
    linkAt: (at: number) => new DataView(bytesAt(at).buffer, at & (slabBytes - 1), linkBytes),
  }
}
