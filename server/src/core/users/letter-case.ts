import { foldCase } from './text.ts'

export type LetterCase = 'lower' | 'upper'

/** Letters with another case, and what becomes of them: the n-th of one of the n-th of the other. */
export interface CasePairs {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/**
 * The text in lower or upper case, code point by code point and then NFC, so that both engines can do the same and no locale has a say. A letter
 * stays as it is where one would become several (ß in upper case), where folding tells the two apart (the Turkish İ and ı), and where it is both (ǅ).
 */
export function inCase(text: string, letterCase: LetterCase): string {
  if (isAscii(text)) return letterCase === 'lower' ? text.toLowerCase() : text.toUpperCase()
  let changed = ''
  for (const point of text) changed += pointInCase(point, letterCase)
  return changed.normalize('NFC')
}

const known = new Map<LetterCase, CasePairs>()

/** Beyond ASCII, where every program agrees. */
export function casePairs(letterCase: LetterCase): CasePairs {
  const pairs = known.get(letterCase) ?? listPairs(letterCase)
  known.set(letterCase, pairs)
  return pairs
}

function listPairs(letterCase: LetterCase): CasePairs {
  const [from, to]: [string[], string[]] = [[], []]
  for (let code = 0x80; code <= lastCased; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const point = String.fromCodePoint(code)
    const changed = pointInCase(point, letterCase)
    if (changed === point) continue
    from.push(point)
    to.push(changed)
  }
  return { from, to }
}

/** Beyond it there are ideographs, tags and private use. */
const lastCased = 0x1ffff

function pointInCase(point: string, letterCase: LetterCase): string {
  const changed = letterCase === 'lower' ? point.toLowerCase() : point.toUpperCase()
  if (changed === point || isSeveral(changed) || markOrBoth.test(point)) return point
  return foldCase(changed) === foldCase(point) ? changed : point
}

const markOrBoth = /[\p{M}\p{Lt}]/u

function isSeveral(text: string): boolean {
  return text.length > String.fromCodePoint(text.codePointAt(0) ?? 0).length
}

function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text)
}
