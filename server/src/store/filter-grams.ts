import { ignoresCase, type TextField } from '../core/users/filter.ts'
import { canonical, sortKey } from '../core/users/text.ts'
import { foldText, gramIn, termsOf } from './search-terms.ts'

/**
 * The grams of whoever has the part in the field, in whatever case; null where that is too little to look for. Folding may join what stands at an end
 * of the part with its neighbours in the text, so what can be joined is left out.
 */
export function gramsWithin(field: Exclude<TextField, 'status'>, part: string): readonly string[] | null {
  const folded = foldText(lasting(ignoresCase(field) ? canonical(part) : part))
  const words = folded.split(/\s+/u).filter((word) => [...word].length >= gramLength)
  if (words.length === 0) return null
  const { grams } = termsOf(words)
  return field === 'email' ? grams : grams.map((gram) => gramIn(field, gram))
}

/** A key that the sort keys of all texts begin with that begin with the part. */
export function keyOfBeginning(field: TextField, part: string): string {
  return sortKey(withoutEnd(ignoresCase(field) ? canonical(part) : part))
}

const gramLength = 3

function lasting(part: string): string {
  return withoutEnd(part).replace(joinedBackward, '')
}

/** Marks, and the later letters of a Hangul syllable in whatever form. */
const joinedBackward = /^[\p{M}\u1160-\u11ff\u3130-\u318f\uff9e-\uffdc]+/u

/** Without what a mark that follows in the text could change: the last letter, unless nothing can be joined to it that is not joined already. */
function withoutEnd(part: string): string {
  const points = [...part]
  while (points.length > 0 && !staysAtEnd(points.at(-1) as string)) points.pop()
  return points.join('')
}

function staysAtEnd(point: string): boolean {
  if (/\p{M}/u.test(point)) return false
  const folded = foldText(point)
  return joiners().every((mark) => {
    const joined = point + mark
    return joined.normalize('NFC') !== joined || foldText(joined).startsWith(folded)
  })
}

let known: readonly string[] | null = null

/** Every code point that is the second of two which are joined to one, in the scripts that have case or width, and what folds to such. */
function joiners(): readonly string[] {
  known ??= listJoiners()
  return known
}

function listJoiners(): readonly string[] {
  const found = new Set<string>()
  for (let code = 0xa0; code < 0x3100; code += 1) {
    const point = String.fromCodePoint(code)
    const parts = [...point.normalize('NFD')]
    if (parts.length > 1 && point.normalize('NFC') === point) found.add(parts.at(-1) as string)
  }
  return [...found, '\u314f', '\uff9e', '\uff9f', '\uffc2']
}
