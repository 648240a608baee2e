import { limits } from '../limits.ts'
import { foldCase } from './text.ts'

export type LetterCase = 'lower' | 'upper'

/**
 * The text in lower or upper case, code point by code point and then NFC, so that both engines can do the same and no locale has a say. A letter
 * stays as it is where one would become several (ß in upper case), where folding tells the two apart (the Turkish İ and ı), and where it is both (ǅ).
 */
export function inCase(text: string, letterCase: LetterCase): string {
  if (isAscii(text)) return letterCase === 'lower' ? text.toLowerCase() : text.toUpperCase()
  let changed = ''
  for (const point of text) changed += rememberedInCase(point, letterCase)
  return changed.normalize('NFC')
}

const remembered = { lower: new Map<string, string>(), upper: new Map<string, string>() } as const

function rememberedInCase(point: string, letterCase: LetterCase): string {
  const known = remembered[letterCase].get(point)
  if (known !== undefined) return known
  const changed = pointInCase(point, letterCase)
  if (remembered[letterCase].size < limits.rememberedLettersMax) remembered[letterCase].set(point, changed)
  return changed
}

/** Each letter that has another case, with that. */
export function casesOf(letterCase: LetterCase): ReadonlyMap<string, string> {
  const cases = new Map<string, string>()
  for (let code = 0; code <= lastCased; code += 1) {
    if (code === firstOfHan) code = lastOfHan + 1
    if (code === firstOfHangul) code = lastOfPrivateUse + 1
    const point = String.fromCodePoint(code)
    const changed = pointInCase(point, letterCase)
    if (changed !== point) cases.set(point, changed)
  }
  return cases
}

/** Between these, and beyond the last, no letter has case. */
const [firstOfHan, lastOfHan, firstOfHangul, lastOfPrivateUse, lastCased] = [0x2e80, 0xa4cf, 0xac00, 0xf8ff, 0x1e943]

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
