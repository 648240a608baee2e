import { isAscii } from '../core/users/text.ts'
import { codeOf, slotFor } from './gram-codes.ts'
import { addGramsOfFields, type GramSink, gramFrom, gramsOfFields, type Searched } from './search-terms.ts'

// A string for each gram takes several times as long as all else that is done to them: those of ASCII are told apart by number, and written as bytes.

/** So much text has no more grams than half of the slots: each sign begins four at most. */
const signsMax = 256
const slots = 2048
const gramBytesMax = 4
const space = 0x20

const codes = new Int32Array(slots)
const bytes = Buffer.alloc((slots / 2) * (gramBytesMax + 1))
let end = 0
const others = new Set<string>()

const sink: GramSink = {
  take(points, at, length, mark) {
    if (typeof points === 'string') return takeAscii(points, at, length, mark)
    const gram = (mark ?? '') + gramFrom(points, at, length)
    if (isAscii(gram)) takeAscii(gram, 0, gram.length, null)
    else others.add(gram)
  },
}

function takeAscii(points: string, at: number, length: number, mark: string | null): void {
  if (!isNew(codeOf(points, at, length, mark))) return
  if (mark !== null) bytes[end++] = mark.charCodeAt(0)
  for (let place = at; place < at + length; place += 1) bytes[end++] = points.charCodeAt(place)
  bytes[end++] = space
}

function isNew(code: number): boolean {
  let slot = slotFor(code, slots)
  while (codes[slot] !== 0) {
    if (codes[slot] === code) return false
    slot = (slot + 1) & (slots - 1)
  }
  codes[slot] = code
  return true
}

/** The grams of folded fields, in which no sign is NUL, each once, with a space between one and the next. */
export function gramTextOf(folded: Searched): string {
  if (signsOf(folded) > signsMax) return [...gramsOfFields(folded)].join(' ')
  codes.fill(0)
  end = 0
  others.clear()
  addGramsOfFields(sink, folded)
  const ascii = end === 0 ? [] : [bytes.toString('latin1', 0, end - 1)]
  return [...ascii, ...others].join(' ')
}

function signsOf({ email, username, firstName, lastName }: Searched): number {
  return (email?.length ?? 0) + (username?.length ?? 0) + (firstName?.length ?? 0) + (lastName?.length ?? 0)
}
